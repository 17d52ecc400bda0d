package dev.syncline.server.document;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.syncline.testkit.automerge.GeneratedChange;
import dev.syncline.testkit.automerge.SyncPayload;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@NullMarked
@ExtendWith(QuietLog.class)
final class StoreFailuresTest {

  private final Stage stage = new Stage();
  private final GeneratedChange first = stage.generator.on(List.of());

  @Test
  void nothingIsAcknowledgedBeforeItIsDurable() {
    Line line = stage.join("a");
    stage.send(line, List.of(first));
    stage.turns.giveAll();
    assertTrue(line.heard.isEmpty());
    assertEquals(1, stage.store.sync());
    stage.turns.giveAll();
    assertEquals(List.of(first.hash()), line.syncs().getLast().heads());
  }

  @Test
  void aChangeThatCouldNotBeStoredIsNotAcknowledgedAndItsSenderIsToldToComeBack() {
    Line line = stage.join("a");
    stage.send(line, List.of(first));
    stage.turns.giveAll();
    stage.store.fail("the disk is full");
    stage.turns.giveAll();
    assertTrue(line.heard.isEmpty());
    assertEquals(Optional.of(Outbox.Reason.TRY_AGAIN_LATER), line.closed());
    assertEquals(1013, Outbox.Reason.TRY_AGAIN_LATER.code());
    assertEquals(1, stage.server.metrics().trouble().storeFailures());
  }

  @Test
  void aChangeThatBuildsOnOneThatCouldNotBeStoredIsNotToldToAnybody() {
    GeneratedChange second = stage.generator.on(List.of(first.hash()));
    Line author = stage.join("a");
    Line reader = stage.join("b");
    reader.sync(stage.name, SyncPayload.EMPTY);
    stage.send(author, List.of(first));
    stage.send(author, List.of(second));
    stage.turns.giveAll();
    reader.heard.clear();
    stage.store.fail("the disk is full");
    stage.settle();
    assertEquals(List.of(), reader.types());
    assertEquals(0, stage.stored());
  }

  @Test
  void whoComesBackAfterTheFailureIsServedAndAcknowledged() {
    Line line = stage.join("a");
    stage.send(line, List.of(first));
    stage.turns.giveAll();
    stage.store.fail("the disk is full");
    stage.turns.giveAll();
    line.hangUp();
    stage.settle();

    Line again = stage.join("a");
    stage.send(again, List.of(first));
    stage.settle();
    assertEquals(List.of(first.hash()), again.syncs().getLast().heads());
    assertEquals(1, stage.stored());
  }

  @Test
  void whoOpensADocumentThatCantBeReadIsToldToComeBack() {
    Line line = stage.join("a");
    stage.store.unreadable("the database is away");
    stage.send(line, List.of(first));
    stage.settle();
    assertTrue(line.heard.isEmpty());
    assertEquals(Optional.of(Outbox.Reason.TRY_AGAIN_LATER), line.closed());
    line.hangUp();
    stage.settle();
    assertEquals(0, stage.server.metrics().open().documents());

    stage.store.readable();
    Line again = stage.join("a");
    stage.send(again, List.of(first));
    stage.settle();
    assertEquals(List.of(first.hash()), again.syncs().getLast().heads());
  }

  @Test
  void aFailureOfOneDocumentCostsNoOtherOneAnything() {
    Line line = stage.join("a");
    Line other = stage.join("b");
    stage.send(line, List.of(first));
    stage.turns.giveAll();
    stage.store.fail("the disk is full");
    stage.turns.giveAll();
    String elsewhere = new dev.syncline.core.model.DocumentId(3, 4).toString();
    other.sync(elsewhere, Stage.with(List.of(first)));
    stage.settle();
    assertEquals(Optional.empty(), other.closed());
    assertEquals(List.of(first.hash()), other.syncs().getLast().heads());
  }

  @Test
  void everyFrameIsLetGoOfEvenWhenTheStoreFails() {
    Line line = stage.join("a");
    int before = line.handled();
    stage.send(line, List.of(first));
    stage.turns.giveAll();
    stage.store.fail("the disk is full");
    stage.turns.giveAll();
    assertEquals(before + 1, line.handled());
  }

  @Test
  void aServerThatLostADocumentGetsItBackFromAClientThatThoughtItSafe() {
    Line line = stage.join("a");
    var shared = new SyncPayload.Have(List.of(first.hash()), new byte[0]);
    line.sync(
        stage.name, new SyncPayload(List.of(first.hash()), List.of(), List.of(shared), List.of()));
    stage.settle();
    // The reset says: agree from nothing.
    SyncPayload reset = line.syncs().getLast();
    assertEquals(List.of(), reset.heads());
    assertEquals(List.of(), reset.have().getFirst().lastSync());
    stage.send(line, List.of(first));
    stage.settle();
    assertEquals(List.of(first.hash()), line.syncs().getLast().heads());
  }
}
