package dev.syncline.core.flow;

import java.time.Duration;

/**
 * How long to wait before trying again: a few quick tries, then slowly, for ever. The wait is drawn
 * from the whole span below its bound (full jitter), so that many who failed together don't come
 * back together.
 */
final class Backoff {

  private static final int QUICK_TRIES = 5;
  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final Duration SLOW = Duration.ofMinutes(10);

  private Backoff() {}

  /**
   * The wait after some failures in a row.
   *
   * @param failures how many, at least one
   * @param chance where in its span the wait lies, from 0 to 1
   */
  static Duration after(int failures, double chance) {
    Duration bound = failures > QUICK_TRIES ? SLOW : FIRST.multipliedBy(1L << (failures - 1));
    // A slow try keeps away for half of its time at least: whoever is down for long is left alone.
    Duration least = failures > QUICK_TRIES ? SLOW.dividedBy(2) : Duration.ZERO;
    return least.plusMillis((long) (bound.minus(least).toMillis() * chance));
  }
}
