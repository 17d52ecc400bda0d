package dev.syncline.server.endpoint.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.syncline.core.model.SyncException;
import dev.syncline.core.port.Observed;
import dev.syncline.server.config.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What follows from a Relay Server or a store that is not well, and from floods of messages. */
final class RelayTroubleTest {

  private static RelayPeer peer;
  private static RelayUser ada;
  private RelayId folder;
  private LookedAt looked;

  @BeforeAll
  static void startPeer() {
    peer = RelayPeer.start();
    ada = peer.user("ada");
  }

  @AfterAll
  static void stopPeer() {
    peer.close();
  }

  @BeforeEach
  void open() {
    folder = peer.folder();
    looked = new LookedAt(peer, folder);
  }

  @AfterEach
  void close() {
    peer.well();
    looked.close();
  }

  @Test
  void oneBrokenDocumentOfManyStopsNoOther() {
    List<RelayId> notes = peer.seed(folder, 50, 20);
    peer.fault(RelayFault.status(500).at("/d/" + notes.get(9)));
    Observed seen = looked.look();
    assertEquals(49, looked.files().size());
    assertEquals(1, seen.unseen().size());
    ada.insert(notes.get(3), 0, "changed ");
    peer.resetCounts();
    looked.heard(notes.get(3));
    assertEquals(0, peer.counts().requests("as-update", notes.get(9)), "it is left alone for now");
    looked.clock.move(Duration.ofSeconds(5));
    assertTrue(looked.isDue());
    looked.heard();
    assertFalse(looked.isDue(), "the longer it lasts, the more rarely it is asked");
    looked.clock.move(Duration.ofSeconds(9));
    assertFalse(looked.isDue());
    peer.well();
    looked.clock.move(Duration.ofSeconds(1));
    assertTrue(looked.isDue());
    looked.heard();
    assertEquals(50, looked.files().size());
    assertEquals(0, peer.counts().requests("as-update", folder), "no reconcile was needed");
    assertEquals(List.of(), looked.notices.all());
  }

  @Test
  void manyBrokenDocumentsDoNotStopOneThatIsWell() {
    List<RelayId> notes = peer.seed(folder, 60, 20);
    looked.look();
    List<RelayId> broken = notes.subList(0, 12);
    broken.forEach(note -> peer.fault(RelayFault.status(500).at("/d/" + note)));
    for (RelayId note : broken) {
      ada.insert(note, 0, "x");
      looked.heard(note);
    }
    ada.insert(notes.get(30), 0, "well ");
    looked.heard(notes.get(30));
    assertEquals(1, looked.files().values().stream().filter(it -> it.startsWith("well ")).count());
    peer.well();
    looked.look();
    assertEquals(12, looked.files().values().stream().filter(it -> it.startsWith("x")).count());
  }

  @Test
  void aServerInTroubleIsAskedNoFurther() {
    List<RelayId> notes = peer.seed(folder, 200, 20);
    notes.forEach(note -> peer.fault(RelayFault.status(500).at("/d/" + note)));
    peer.resetCounts();
    assertThrows(SyncException.Unavailable.class, looked::look);
    assertTrue(peer.counts().requests("as-update") < 50, () -> peer.counts().toString());
  }

  @Test
  void aKeyThatIsRefusedIsDeniedUntilItsFileHoldsAnother(@TempDir Path directory)
      throws IOException {
    ada.note(folder, "/a.md", "a");
    Path file = Files.writeString(directory.resolve("key"), "wr0ng");
    try (var other = new LookedAt(peer, folder, Secret.file(file), Duration.ofSeconds(30))) {
      var denied = assertThrows(SyncException.Denied.class, other::look);
      assertFalse(String.valueOf(denied.getMessage()).contains("wr0ng"));
      Files.writeString(file, peer.readKey().value() + "\n");
      other.look();
      assertEquals(Map.of("a.md", "a"), other.files());
    }
  }

  @Test
  void aKeyThatIsRevokedDuringALookIsDenied() {
    List<RelayId> notes = peer.seed(folder, 20, 20);
    peer.fault(RelayFault.refused().at("/d/" + notes.get(7)));
    assertThrows(SyncException.Denied.class, looked::look);
    peer.well();
    looked.look();
    assertEquals(20, looked.files().size());
  }

  @Test
  void aServerThatNeverAnswersIsGivenUp() {
    List<RelayId> notes = peer.seed(folder, 40, 20);
    try (var other = new LookedAt(peer, folder, peer.readKey(), Duration.ofMillis(500))) {
      peer.fault(RelayFault.wedged().at("/d/" + folder).times(1));
      assertThrows(SyncException.Unavailable.class, other::look);
      notes.forEach(note -> peer.fault(RelayFault.wedged().at("/d/" + note).times(1)));
      assertThrows(SyncException.Unavailable.class, other::look);
      peer.well();
      other.look();
      assertEquals(40, other.files().size(), "no connection is held by what was given up");
      peer.fault(RelayFault.wedged().at("/d/" + notes.get(0)));
      ada.insert(notes.get(1), 0, "x");
      other.heard(notes.get(0), notes.get(1));
      assertEquals(1, other.files().values().stream().filter(it -> it.startsWith("x")).count());
    }
  }

  @Test
  void whenToComeAgainTheServerSays() {
    ada.note(folder, "/a.md", "a");
    peer.fault(RelayFault.status(503, Duration.ofSeconds(77)));
    var thrown = assertThrows(SyncException.Unavailable.class, looked::look);
    assertEquals(Optional.of(looked.clock.instant().plusSeconds(77)), thrown.notBefore());
  }

  @Test
  void whatIsNoDocumentChangesNothing() {
    RelayId note = ada.note(folder, "/a.md", "a");
    ada.note(folder, "/b.md", "b");
    looked.look();
    for (RelayFault fault :
        List.of(
            RelayFault.body("<html>sorry</html>".getBytes(StandardCharsets.UTF_8)),
            RelayFault.body(new byte[0]),
            RelayFault.body((byte) 1, (byte) -1, (byte) -1, (byte) -1, (byte) -1),
            RelayFault.cut())) {
      peer.fault(fault.at("/d/" + note));
      Observed seen = looked.heard(note);
      assertEquals(List.of(), seen.edits(), fault.toString());
      assertTrue(LookedAt.unseen(seen, "a.md").isPresent(), fault.toString());
      peer.well();
      peer.fault(fault.at("/d/" + folder));
      assertThrows(SyncException.Unavailable.class, () -> looked.heard(folder), fault.toString());
      peer.well();
    }
    looked.lookTwice();
    assertEquals(Map.of("a.md", "a", "b.md", "b"), looked.files());
  }

  @Test
  void aListThatIsSuddenlyGoneDeletesNothing() {
    ada.note(folder, "/a.md", "a");
    looked.look();
    peer.fault(RelayFault.body((byte) 0, (byte) 0).at("/d/" + folder));
    for (int i = 0; i < 3; i++) {
      var thrown = assertThrows(SyncException.Unavailable.class, looked::look);
      assertTrue(String.valueOf(thrown.getMessage()).contains("Nothing is deleted"));
      looked.clock.move(Duration.ofHours(1));
    }
    looked.restart();
    assertThrows(SyncException.Unavailable.class, looked::look);
    assertEquals(Map.of("a.md", "a"), looked.files());
  }

  @Test
  void anAttachmentThatIsNotTheOneIsLeftOut() {
    ada.attachment(folder, "/p.png", new byte[] {'p'}, RelayUser.Upload.STORED);
    ada.attachment(folder, "/missing.png", new byte[] {'m'}, RelayUser.Upload.HASHED);
    ada.note(folder, "/a.md", "a");
    peer.fault(RelayFault.body((byte) 'x').at("/files/"));
    Observed seen = looked.look();
    assertEquals(Map.of("a.md", "a"), looked.files());
    assertTrue(LookedAt.unseen(seen, "p.png").orElse("").contains("SHA-256"));
    assertTrue(LookedAt.unseen(seen, "missing.png").isPresent());
    peer.well();
    peer.fault(RelayFault.status(400).at("/files/"));
    assertTrue(
        LookedAt.unseen(looked.look(), "p.png").orElse("").contains("docs/endpoints/relay.md"));
    peer.well();
    peer.fault(RelayFault.cut().at("/files/").times(1));
    assertTrue(LookedAt.unseen(looked.look(), "p.png").isPresent());
    looked.look();
    assertEquals(Map.of("a.md", "a", "p.png", "p"), looked.files());
  }

  @Test
  void aLargeAttachmentComesWhole() {
    byte[] large = new byte[20 << 20];
    Arrays.fill(large, (byte) 'x');
    ada.attachment(folder, "/large.bin", large, RelayUser.Upload.STORED);
    looked.look();
    assertEquals(large.length, looked.files().getOrDefault("large.bin", "").length());
  }

  @Test
  void aFloodOnStrangersCostsNextToNothing() {
    ada.note(folder, "/a.md", "a");
    looked.look();
    peer.resetCounts();
    var strangers = new ArrayList<RelayId>();
    for (int i = 0; i < 10_000; i++) {
      strangers.add(new RelayId(folder.relay(), UUID.randomUUID().toString()));
    }
    looked.heard(strangers.toArray(RelayId[]::new));
    assertEquals(1, peer.counts().requests("as-update"));
    assertEquals(List.of(), looked.notices.all());
    assertFalse(looked.hear(strangers.toArray(RelayId[]::new)), "they were asked for just now");
    assertFalse(looked.hear(new RelayId(peer.folder().relay(), folder.resource())));
    assertEquals(1, peer.counts().requests("as-update"));
  }

  @Test
  void aFloodOnOneFolderCostsOneLook() {
    List<RelayId> notes = peer.seed(folder, 10, 20);
    looked.look();
    peer.resetCounts();
    for (int i = 0; i < 10_000; i++) {
      looked.hear(i % 100 == 0 ? folder : notes.get(i % 10));
    }
    assertEquals(11, looked.notices.keeps());
    looked.heard();
    assertTrue(peer.counts().requests("as-update") <= 11);
    assertEquals(List.of(), looked.notices.all());
  }
}
