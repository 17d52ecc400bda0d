package dev.syncline.server.endpoint.jsonapi;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How often and when something is tried again.
 *
 * @param tries in all
 * @param first at most so long before the second try; twice that before the third
 * @param longest what a source may ask us to wait within a run
 */
record Pace(int tries, Duration first, Duration longest, RandomGenerator random) {

  static final Pace USUAL =
      new Pace(3, Duration.ofSeconds(2), Duration.ofSeconds(30), RandomGenerator.getDefault());

  /** A person waits. */
  static final Pace ONCE = new Pace(1, Duration.ZERO, Duration.ZERO, RandomGenerator.getDefault());

  /** From half to the whole of what doubles each time, so that many don't come back together. */
  Duration before(int next) {
    long most = first.toMillis() << Math.min(next - 2, 20);
    return Duration.ofMillis(most / 2 + random.nextLong(most / 2 + 1));
  }
}
