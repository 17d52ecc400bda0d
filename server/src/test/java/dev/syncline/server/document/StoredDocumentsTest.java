package dev.syncline.server.document;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.syncline.core.model.DocumentId;
import dev.syncline.core.model.SyncException;
import dev.syncline.server.view.Documents;
import dev.syncline.testkit.MemoryChunkStore;
import dev.syncline.testkit.SettableClock;
import dev.syncline.testkit.automerge.ChangeGenerator;
import dev.syncline.testkit.automerge.GeneratedChange;
import dev.syncline.testkit.automerge.SyncPayload;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

@NullMarked
final class StoredDocumentsTest {

  private static final byte[] EMPTY_DOCUMENT =
      HexFormat.of().parseHex("856f4a83b81a9544000400000000");

  private final DocumentServer server =
      new DocumentServer(
          new ServerIdentity("server", "00000000-0000-0000-0000-000000000001"),
          Stage.LIMITS,
          MemoryChunkStore.immediate(),
          new SettableClock(),
          new AtOnce());
  private final Documents documents = server.documents();
  private final DocumentId id = new DocumentId(1, 2);
  private final List<GeneratedChange> changes = new ChangeGenerator(new Random(5)).history(50);

  /** Whoever asks does the work: when the answer is there, so is what comes of it. */
  private static final class AtOnce extends Turns {
    @Override
    public void execute(Runnable task) {
      task.run();
    }
  }

  private static ByteArrayInputStream file(List<GeneratedChange> changes) {
    var bytes = new ByteArrayOutputStream();
    changes.forEach(change -> bytes.writeBytes(change.chunk()));
    return new ByteArrayInputStream(bytes.toByteArray());
  }

  @Test
  void whatIsAddedIsExportedAsItCame() throws IOException {
    Documents.Added added = documents.add(id, file(changes));
    assertEquals(new Documents.Added(50, 0, 0, 0), added);
    var out = new ByteArrayOutputStream();
    documents.export(id, out);
    assertArrayEquals(file(changes).readAllBytes(), out.toByteArray());
  }

  @Test
  void whatIsThereAlreadyIsKnown() throws IOException {
    documents.add(id, file(changes.subList(0, 30)));
    assertEquals(new Documents.Added(20, 30, 0, 0), documents.add(id, file(changes)));
  }

  @Test
  void aWholeDocumentIsPassedOverAndCounted() throws IOException {
    var bytes = new ByteArrayOutputStream();
    bytes.writeBytes(EMPTY_DOCUMENT);
    bytes.writeBytes(file(changes).readAllBytes());
    var in = new ByteArrayInputStream(bytes.toByteArray());
    assertEquals(new Documents.Added(50, 0, 0, 1), documents.add(id, in));
  }

  @Test
  void showTellsHeadsAndSizesAndWhoHasItOpen() throws IOException {
    assertEquals(Optional.empty(), documents.show(id));
    documents.add(id, file(changes));
    Line line = Line.joined("a", server, Access.OPEN);
    line.sync(id.toString(), SyncPayload.EMPTY);
    Documents.Detail detail = documents.show(id).orElseThrow();
    assertEquals(Stage.with(changes).heads(), detail.heads());
    assertEquals(50, detail.changes());
    assertEquals(0, detail.waiting());
    assertEquals(file(changes).available(), detail.bytes());
    assertEquals(1, detail.peers());
  }

  @Test
  void aClientHearsOfWhatIsAdded() throws IOException {
    Line line = Line.joined("a", server, Access.OPEN);
    line.sync(id.toString(), SyncPayload.EMPTY);
    documents.add(id, file(changes));
    assertEquals(Stage.with(changes).heads(), line.syncs().getLast().heads());
  }

  @Test
  void aDeletedDocumentIsGoneAndWhoHasItOpenIsSentAway() throws IOException {
    documents.add(id, file(changes));
    Line line = Line.joined("a", server, Access.OPEN);
    line.sync(id.toString(), SyncPayload.EMPTY);
    assertTrue(documents.delete(id));
    assertFalse(documents.delete(id));
    assertEquals(Optional.of(Outbox.Reason.GOING_AWAY), line.closed());
    assertEquals(List.of(), documents.list(Optional.empty(), 10));
    assertThrows(
        SyncException.Invalid.class, () -> documents.export(id, new ByteArrayOutputStream()));
  }

  @Test
  void aDamagedFileIsRefusedAndTheServerGoesOn() throws IOException {
    byte[] bytes = file(changes).readAllBytes();
    bytes[bytes.length - 3] ^= 1;
    assertThrows(
        SyncException.Invalid.class, () -> documents.add(id, new ByteArrayInputStream(bytes)));
    assertEquals(50, documents.add(id, file(changes)).added());
  }

  @Test
  void aListGoesOnWhereItStopped() throws IOException {
    for (int i = 0; i < 5; i++) {
      documents.add(new DocumentId(i, 0), file(changes));
    }
    List<DocumentId> first = documents.list(Optional.empty(), 3);
    assertEquals(3, first.size());
    assertEquals(
        List.of(new DocumentId(3, 0), new DocumentId(4, 0)),
        documents.list(Optional.of(first.getLast()), 3));
  }
}
