package dev.syncline.server.document;

import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Whatever the order of edits, messages, crashes and full disks: in the end everybody has
 * everything, and nothing that the server said it has is ever lost. {@code -Dsyncline.full=true}
 * draws thousands; {@code -Dsyncline.seed=N} repeats one.
 */
@NullMarked
@ExtendWith(QuietLog.class)
final class RandomHistoriesTest {

  private static final int SHORT = 200;
  private static final int FULL = 5000;

  @Test
  void endWithEqualHeadsEverywhereAndNothingAcknowledgedLost() {
    Long only = Long.getLong("syncline.seed");
    if (only != null) {
      live(only);
      return;
    }
    int count = Boolean.getBoolean("syncline.full") ? FULL : SHORT;
    for (long seed = 0; seed < count; seed++) {
      live(seed);
    }
  }

  private static void live(long seed) {
    var bug = new AtomicReference<@Nullable Throwable>();
    Thread thread = Thread.currentThread();
    Thread.UncaughtExceptionHandler before = thread.getUncaughtExceptionHandler();
    // A mailbox reports bugs to its thread's handler and goes on.
    thread.setUncaughtExceptionHandler((_, thrown) -> bug.compareAndSet(null, thrown));
    try {
      new RandomHistory(seed).run();
      assertNull(bug.get());
    } catch (RuntimeException | AssertionError e) {
      var failure = new AssertionError("seed " + seed + ": -Dsyncline.seed=" + seed, e);
      Throwable hidden = bug.get();
      if (hidden != null) {
        failure.addSuppressed(hidden);
      }
      throw failure;
    } finally {
      thread.setUncaughtExceptionHandler(before);
    }
  }
}
