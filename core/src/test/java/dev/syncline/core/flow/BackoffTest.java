package dev.syncline.core.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How long to wait before trying again. */
final class BackoffTest {

  @Test
  void theFirstTriesAreQuickAndEachMayWaitTwiceAsLong() {
    assertEquals(Duration.ofSeconds(1), Backoff.after(1, 1));
    assertEquals(Duration.ofSeconds(2), Backoff.after(2, 1));
    assertEquals(Duration.ofSeconds(16), Backoff.after(5, 1));
    assertEquals(Duration.ZERO, Backoff.after(5, 0));
  }

  @Test
  void whoIsDownForLongIsLeftAlone() {
    assertEquals(Duration.ofMinutes(5), Backoff.after(6, 0));
    assertEquals(Duration.ofMinutes(10), Backoff.after(6, 1));
    assertEquals(Duration.ofMinutes(10), Backoff.after(Integer.MAX_VALUE, 1));
  }

  @Test
  void thoseWhoFailedTogetherDoNotComeBackTogether() {
    assertTrue(Backoff.after(4, 0.2).compareTo(Backoff.after(4, 0.7)) < 0);
  }
}
