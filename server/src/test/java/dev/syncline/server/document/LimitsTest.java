package dev.syncline.server.document;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.syncline.core.model.DocumentId;
import dev.syncline.server.config.DocumentSettings;
import dev.syncline.testkit.automerge.ClientFrames;
import dev.syncline.testkit.automerge.GeneratedChange;
import dev.syncline.testkit.automerge.SyncPayload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

@NullMarked
final class LimitsTest {

  @Test
  void oneDocumentTooManyEndsTheConnectionWithTheReason() {
    var stage = new Stage();
    Line line = stage.join("a");
    for (int i = 0; i < Stage.LIMITS.maxPerConnection(); i++) {
      line.sync(new DocumentId(9, i).toString(), SyncPayload.EMPTY);
    }
    stage.settle();
    assertEquals(Optional.empty(), line.closed());
    line.sync(new DocumentId(9, 99).toString(), SyncPayload.EMPTY);
    assertEquals(Optional.of(Outbox.Reason.REFUSED), line.closed());
    assertTrue(line.closeText().contains("more than 10 documents"), line.closeText());
    assertEquals(1, stage.server.metrics().rejected().get("too-many-documents"));
  }

  @Test
  void aDocumentThatIsTooLargeTakesNoMoreButIsStillThere() {
    var stage =
        new Stage(new DocumentSettings.Limits(1 << 20, 10, 4 << 10, 0, Duration.ofSeconds(30)));
    var changes = new ArrayList<GeneratedChange>();
    for (int i = 0; i < 100; i++) {
      changes.add(stage.generator.on(i == 0 ? List.of() : List.of(changes.get(i - 1).hash())));
    }
    Line line = stage.join("a");
    stage.send(line, changes);
    stage.settle();
    GeneratedChange more = stage.generator.on(List.of(changes.getLast().hash()));
    stage.send(line, List.of(more));
    stage.settle();
    assertEquals(Optional.of(Outbox.Reason.TOO_LARGE), line.closed());
    assertTrue(line.closeText().contains("documents.max-document-memory"));
    assertEquals(100, stage.stored());

    Line reader = stage.join("b");
    reader.sync(stage.name, SyncPayload.EMPTY);
    stage.settle();
    assertEquals(List.of(changes.getLast().hash()), reader.syncs().getLast().heads());
  }

  @Test
  void changesThatWaitForAMissingOneTakeBoundedMemory() {
    var stage =
        new Stage(new DocumentSettings.Limits(1 << 20, 10, 64 << 10, 0, Duration.ofSeconds(30)));
    Line line = stage.join("a");
    GeneratedChange missing = stage.generator.on(List.of());
    for (int i = 0; i < 300; i++) {
      stage.send(line, List.of(stage.generator.on(List.of(missing.hash()), 1000)));
    }
    stage.settle();
    assertTrue(
        stage.server.metrics().open().bytes() < 64 << 10,
        "takes " + stage.server.metrics().open().bytes());
    assertEquals(0, stage.stored());
    stage.send(line, List.of(missing));
    stage.settle();
    assertTrue(stage.stored() > 1, "what waited was not lost");
  }

  @Test
  void aSecondJoinEndsTheConnection() {
    var stage = new Stage();
    Line line = stage.join("a");
    line.say(ClientFrames.join("a"));
    assertEquals(Optional.of(Outbox.Reason.REFUSED), line.closed());
    assertEquals(1, stage.server.metrics().rejected().get("bad-join"));
  }

  @Test
  void aDocumentThatDoesNotExistIsForgottenWithItsClient() {
    var stage = new Stage();
    Line line = stage.join("a");
    line.sync(stage.name, SyncPayload.EMPTY);
    stage.settle();
    assertEquals(List.of("doc-unavailable"), line.types());
    line.hangUp();
    stage.clock.move(Duration.ofMinutes(1));
    stage.server.sweep();
    stage.settle();
    assertEquals(0, stage.server.metrics().open().documents());
  }

  @Test
  void aClientThatDoesNotKeepUpHearsTheNewestInOneMessage() {
    var stage = new Stage();
    Line slow = stage.join("slow");
    slow.sync(stage.name, SyncPayload.EMPTY);
    stage.settle();
    slow.heard.clear();
    slow.queue(Connection.QUEUE_BYTES);
    Line author = stage.join("author");
    var changes = new ArrayList<GeneratedChange>();
    for (int i = 0; i < 20; i++) {
      changes.add(stage.generator.on(i == 0 ? List.of() : List.of(changes.get(i - 1).hash())));
      stage.send(author, List.of(changes.getLast()));
      stage.settle();
    }
    assertEquals(List.of(), slow.types());
    slow.queue(0);
    stage.settle();
    List<SyncPayload> syncs = slow.syncs();
    assertEquals(1, syncs.size());
    assertEquals(20, syncs.getFirst().changes().size());
  }

  @Test
  void aLongAnswerComesInPieces() {
    var stage = new Stage();
    var changes = new ArrayList<GeneratedChange>();
    for (int i = 0; i < 10; i++) {
      changes.add(
          stage.generator.on(i == 0 ? List.of() : List.of(changes.get(i - 1).hash()), 300 << 10));
    }
    Line author = stage.join("author");
    changes.forEach(change -> stage.send(author, List.of(change)));
    stage.settle();
    Line reader = stage.join("reader");
    reader.sync(stage.name, SyncPayload.EMPTY);
    stage.settle();
    List<SyncPayload> syncs = reader.syncs();
    assertTrue(syncs.size() > 2, "came in " + syncs.size());
    assertEquals(10, syncs.stream().mapToInt(sync -> sync.changes().size()).sum());
  }
}
