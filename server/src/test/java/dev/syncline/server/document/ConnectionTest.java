package dev.syncline.server.document;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.syncline.core.model.DocumentId;
import dev.syncline.testkit.automerge.SyncPayload;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

@NullMarked
final class ConnectionTest {

  private final Stage stage = new Stage();

  /** Stands for any bug. */
  private static final Access BROKEN =
      new Access() {
        @Override
        public boolean mayRead(DocumentId document) {
          throw new IllegalStateException("on purpose");
        }

        @Override
        public boolean mayWrite(DocumentId document) {
          throw new StackOverflowError("on purpose");
        }
      };

  /** Reads, but whether it may write nobody can say. */
  private static final Access HALF_BROKEN =
      new Access() {
        @Override
        public boolean mayRead(DocumentId document) {
          return true;
        }

        @Override
        public boolean mayWrite(DocumentId document) {
          throw new StackOverflowError("on purpose");
        }
      };

  @Test
  void aFrameThatMeetsABugIsLetGoOfOnceAndItsConnectionEnds() {
    Line line = Line.joined("a", stage.server, BROKEN);
    assertThrows(IllegalStateException.class, () -> line.sync(stage.name, SyncPayload.EMPTY));
    assertEquals(2, line.handled());
    assertEquals(Optional.of(Outbox.Reason.FAULT), line.closed());
  }

  @Test
  void aBugInARoomEndsTheConnectionsOfThatRoomAloneSoThatTheyComeBackToASoundOne() {
    var change = stage.generator.on(List.of());
    Line other = stage.join("other");
    other.sync(new DocumentId(8, 8).toString(), SyncPayload.EMPTY);
    Line healthy = stage.join("healthy");
    stage.send(healthy, List.of(change));
    stage.settle();
    Line broken = Line.joined("a", stage.server, HALF_BROKEN);
    Thread.UncaughtExceptionHandler before = Thread.currentThread().getUncaughtExceptionHandler();
    Thread.currentThread().setUncaughtExceptionHandler((_, _) -> {});
    try {
      broken.sync(stage.name, SyncPayload.EMPTY);
      stage.settle();
    } finally {
      Thread.currentThread().setUncaughtExceptionHandler(before);
    }
    assertEquals(2, broken.handled());
    assertEquals(Optional.of(Outbox.Reason.FAULT), healthy.closed());
    assertEquals(Optional.empty(), other.closed());

    Line again = stage.join("healthy");
    again.sync(stage.name, SyncPayload.EMPTY);
    stage.settle();
    assertEquals(List.of(change.hash()), again.syncs().getLast().heads());
  }
}
