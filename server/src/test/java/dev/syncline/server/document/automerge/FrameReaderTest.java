package dev.syncline.server.document.automerge;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.syncline.core.model.DocumentId;
import dev.syncline.core.model.SyncException;
import dev.syncline.testkit.automerge.ClientFrames;
import dev.syncline.testkit.automerge.SyncPayload;
import dev.syncline.testkit.automerge.Wire;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

@NullMarked
final class FrameReaderTest {

  private static final String STORAGE = "00000000-0000-0000-0000-0000000000aa";
  private final DocumentId document = new DocumentId(1, 2);

  private static ClientMessage read(byte[] frame) {
    return FrameReader.read(frame, 1 << 20);
  }

  @Test
  void aJoinTellsNameStorageAndVersions() {
    assertEquals(
        new ClientMessage.Join("a", Optional.empty(), List.of("1")), read(ClientFrames.join("a")));
    assertEquals(
        new ClientMessage.Join("a", Optional.of(STORAGE), List.of()),
        read(ClientFrames.join("a", STORAGE)));
  }

  @Test
  void theSwiftClientsVersionWithoutAListIsRead() {
    byte[] frame =
        new Wire()
            .head(5, 3)
            .text("type")
            .text("join")
            .text("senderId")
            .text("swift")
            .text("supportedProtocolVersions")
            .text("1")
            .toByteArray();
    assertEquals(new ClientMessage.Join("swift", Optional.empty(), List.of("1")), read(frame));
  }

  @Test
  void aStorageIdIsAUuidAndNothingElse() {
    byte[] frame = ClientFrames.join("a", "../../etc/passwd");
    assertThrows(SyncException.Invalid.class, () -> read(frame));
  }

  @Test
  void requestAndSyncDifferInKindOnly() {
    byte[] data = SyncPayload.EMPTY.encode();
    for (ClientMessage.Sync.Kind kind : ClientMessage.Sync.Kind.values()) {
      String type = kind == ClientMessage.Sync.Kind.SYNC ? "sync" : "request";
      var message = read(ClientFrames.message(type, "a", document.toString(), data));
      assertEquals(
          List.of("a", document, kind),
          message instanceof ClientMessage.Sync sync
              ? List.of(sync.sender(), sync.document(), sync.kind())
              : List.of());
    }
  }

  @Test
  void anEphemeralMessageIsOpaque() {
    byte[] data = {1, 2, 3};
    var message = read(ClientFrames.ephemeral("a", document.toString(), "s", 7, data));
    if (message instanceof ClientMessage.Ephemeral ephemeral) {
      assertEquals(7, ephemeral.count());
      assertArrayEquals(data, ephemeral.data());
    } else {
      throw new AssertionError(message);
    }
  }

  @Test
  void whatIsNotKnownIsTakenAndIgnored() {
    byte[] frame =
        new Wire().head(5, 2).text("type").text("news").text("x").head(4, 1).u8(0xf7).toByteArray();
    assertEquals(new ClientMessage.Other("news"), read(frame));
  }

  @Test
  void everyCutFrameIsRefused() {
    byte[] frame = ClientFrames.sync("a", document.toString(), SyncPayload.EMPTY.encode());
    for (int length = 0; length < frame.length; length++) {
      byte[] cut = Arrays.copyOf(frame, length);
      assertThrows(SyncException.Invalid.class, () -> read(cut), "length " + length);
    }
    byte[] longer = Arrays.copyOf(frame, frame.length + 1);
    assertThrows(SyncException.Invalid.class, () -> read(longer));
  }

  @Test
  void aDocumentIdIsCheckedBeforeAnythingIsOpened() {
    byte[] data = SyncPayload.EMPTY.encode();
    for (String id : List.of("", "1", "../../x", "1".repeat(60), document + "1")) {
      byte[] frame = ClientFrames.sync("a", id, data);
      assertThrows(SyncException.Invalid.class, () -> read(frame), id);
    }
  }
}
