package dev.syncline.server.document;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.syncline.core.model.DocumentId;
import dev.syncline.server.config.DocumentSettings;
import dev.syncline.testkit.automerge.ChangeGenerator;
import dev.syncline.testkit.automerge.ClientFrames;
import dev.syncline.testkit.automerge.GeneratedChange;
import dev.syncline.testkit.automerge.HostileFrames;
import dev.syncline.testkit.automerge.SyncPayload;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A bad frame costs whoever sent it the connection, and nobody else anything. */
@NullMarked
@ExtendWith(QuietLog.class)
final class HostileFramesTest {

  private static final int FRAMES = 4_000;
  private static final int FULL_ROUNDS = 50;

  private final Stage stage = new Stage();

  @Test
  void aHealthyClientIsServedAfterEachHostileFrame() {
    long seed = Long.getLong("syncline.seed", 42);
    int rounds = Boolean.getBoolean("syncline.full") ? FULL_ROUNDS : 1;
    for (int round = 0; round < rounds; round++) {
      besiege(new Stage(), seed + round);
    }
  }

  private static void besiege(Stage stage, long seed) {
    var bug = new AtomicReference<@Nullable Throwable>();
    Thread.UncaughtExceptionHandler before = Thread.currentThread().getUncaughtExceptionHandler();
    Thread.currentThread().setUncaughtExceptionHandler((_, thrown) -> bug.set(thrown));
    String target = new DocumentId(5, 6).toString();
    Line healthy = stage.join("healthy");
    GeneratedChange last = stage.generator.on(List.of());
    stage.send(healthy, List.of(last));
    try {
      var hostile = new HostileFrames(new Random(seed), "hostile", target);
      for (int i = 0; i < FRAMES; i++) {
        String where = "frame " + i + " of -Dsyncline.seed=" + seed;
        byte[] frame = hostile.next();
        Line line = stage.join("hostile");
        try {
          line.say(frame);
          stage.settle();
        } catch (RuntimeException | Error e) {
          throw new AssertionError(where + ": " + HexFormat.of().formatHex(frame), e);
        }
        assertNull(bug.get(), where);
        // The join and the hostile frame: what is not let go of takes memory for ever.
        assertEquals(2, line.handled(), where);
        line.hangUp();
        last = stage.generator.on(List.of(last.hash()));
        stage.send(healthy, List.of(last));
        stage.settle();
        assertEquals(Optional.empty(), healthy.closed(), where);
        assertEquals(List.of(last.hash()), healthy.syncs().getLast().heads(), where);
      }
      assertTrue(stage.server.metrics().rejected().getOrDefault("malformed", 0L) > FRAMES / 4);
      assertTrue(stage.server.metrics().open().bytes() < 8 << 20);
    } finally {
      Thread.currentThread().setUncaughtExceptionHandler(before);
    }
  }

  @Test
  void aDeflatedChangeThatInflatesToMoreThanAFrameIsRefused() {
    byte[] body = ChangeGenerator.body(List.of(), new byte[16], 1, new byte[2 << 20]);
    refused(ChangeGenerator.deflated(List.of(), body, ChangeGenerator.deflate(body)));
  }

  @Test
  void aChangeWithAWrongChecksumIsRefused() {
    GeneratedChange change = stage.generator.on(List.of());
    change.chunk()[5] ^= 1;
    refused(change);
  }

  @Test
  void aChangeFollowedByMoreBytesInItsColumnsThanThereAreIsRefused() {
    GeneratedChange change = stage.generator.on(List.of());
    byte[] chunk = java.util.Arrays.copyOf(change.chunk(), change.chunk().length - 1);
    refused(new GeneratedChange(change.hash(), List.of(), chunk));
  }

  @Test
  void manyChangesWithoutACommonRootAreStoredInReasonableTime() {
    // Each is a head of its own: the work must not grow with the square of them.
    var large =
        new Stage(
            new DocumentSettings.Limits(
                64 << 20, 10_000, 256L << 20, 32L << 20, Duration.ofSeconds(30)));
    var changes = new java.util.ArrayList<GeneratedChange>();
    for (int i = 0; i < 30_000; i++) {
      changes.add(large.generator.on(List.of(), 1));
    }
    Line line = large.join("a");
    long start = System.nanoTime();
    large.send(line, changes);
    large.settle();
    long millis = (System.nanoTime() - start) / 1_000_000;
    assertEquals(30_000, line.syncs().getLast().heads().size());
    assertTrue(millis < 5_000, "took " + millis + " ms");
  }

  private void refused(GeneratedChange change) {
    Line line = stage.join("hostile");
    line.say(
        ClientFrames.sync(
            "hostile",
            stage.name,
            new SyncPayload(
                    List.of(change.hash()),
                    List.of(),
                    SyncPayload.EMPTY.have(),
                    List.of(change.chunk()))
                .encode()));
    stage.settle();
    assertEquals(Optional.of(Outbox.Reason.BAD_FRAME), line.closed());
    assertEquals(0, stage.stored());
    assertEquals(1, stage.server.metrics().rejected().get("malformed"));
  }
}
