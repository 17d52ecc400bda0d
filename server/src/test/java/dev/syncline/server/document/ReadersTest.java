package dev.syncline.server.document;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.syncline.core.model.DocumentId;
import dev.syncline.testkit.automerge.GeneratedChange;
import dev.syncline.testkit.automerge.PeerModel;
import dev.syncline.testkit.automerge.SyncPayload;
import java.util.List;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** What a client may do that may read and not write, and one that may do nothing. */
@NullMarked
final class ReadersTest {

  private record Allowed(boolean mayRead) implements Access {
    @Override
    public boolean mayRead(DocumentId document) {
      return mayRead;
    }

    @Override
    public boolean mayWrite(DocumentId document) {
      return false;
    }
  }

  private final Stage stage = new Stage();
  private final GeneratedChange first = stage.generator.on(List.of());

  @Test
  void aReadersChangesAreRefusedAndCounted() {
    Line reader = Line.joined("reader", stage.server, new Allowed(true));
    stage.send(reader, List.of(first));
    stage.settle();
    assertTrue(reader.types().contains("error"));
    assertEquals(0, stage.stored());
    assertEquals(1, stage.server.metrics().trouble().changesDenied());
  }

  @Test
  void aReaderIsNotAskedForChangesThatWouldBeRefused() {
    Line author = stage.join("author");
    stage.send(author, List.of(first));
    stage.settle();
    Line reader = Line.joined("reader", stage.server, new Allowed(true));
    GeneratedChange own = stage.generator.on(List.of());
    var model = new PeerModel(chunk -> java.util.Arrays.equals(chunk, first.chunk()) ? first : own);
    model.add(own);
    int said = 0;
    for (int round = 0; round < 50; round++) {
      var next = model.next();
      if (next.isPresent()) {
        said++;
        reader.sync(stage.name, next.get());
      }
      stage.settle();
      for (SyncPayload payload : reader.syncs()) {
        assertEquals(List.of(), payload.need());
        model.receive(payload);
      }
    }
    assertTrue(model.has(first.hash()), "the reader reads all the same");
    assertTrue(said < 6, "the two never stop talking: " + said);
  }

  @Test
  void whoMayNotReadHearsOfNothing() {
    Line author = stage.join("author");
    stage.send(author, List.of(first));
    stage.settle();
    Line stranger = Line.joined("stranger", stage.server, new Allowed(false));
    stranger.sync(stage.name, SyncPayload.EMPTY);
    stage.settle();
    assertEquals(List.of("doc-unavailable"), stranger.types());
  }
}
