package dev.syncline.server.app;

import java.time.Duration;
import java.time.Instant;

/**
 * Says when to collect garbage so that memory which documents took goes back to the system: a heap
 * shrinks only when it is collected, and a server that has become quiet makes no garbage that would
 * lead to that. Confined to the clockwork.
 */
final class Relief {

  private static final long WORTH_IT = 1 << 20;
  private static final Duration BETWEEN = Duration.ofMinutes(1);

  private Instant last;
  private long most;

  Relief(Instant start) {
    this.last = start;
  }

  /**
   * Whether documents have let go of half of what they had since the last time, or more.
   *
   * @param bytes what they take now
   */
  boolean isDue(long bytes, Instant now) {
    most = Math.max(most, bytes);
    if (now.isBefore(last)) {
      last = now; // the clock was set back
    }
    if (most < WORTH_IT || bytes > most / 2 || now.isBefore(last.plus(BETWEEN))) {
      return false;
    }
    last = now;
    most = bytes;
    return true;
  }
}
