package dev.syncline.server.endpoint.relay;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long an {@link EventStream} waits.
 *
 * @param first before it connects for the second time; twice as long each time it fails again
 * @param longest before it connects, however often that failed
 * @param patience until the server has done what it is asked
 * @param silence after which a connection counts as lost
 */
public record StreamPace(Duration first, Duration longest, Duration patience, Duration silence) {

  /** A Relay Server says something every 20 seconds. */
  public static final StreamPace USUAL =
      new StreamPace(
          Duration.ofSeconds(1),
          Duration.ofMinutes(1),
          Duration.ofSeconds(10),
          Duration.ofSeconds(60));

  private static final int MOST_DOUBLINGS = 20;

  /**
   * How long to wait after so many failures in a row: between a half and the whole of the doubled
   * time, so that not all come back at once.
   */
  Duration afterFailures(int failures, RandomGenerator random) {
    long doubled = first.toNanos() << Math.clamp(failures - 1L, 0, MOST_DOUBLINGS);
    long most = Math.min(doubled, longest.toNanos());
    return Duration.ofNanos(most / 2 + random.nextLong(most / 2 + 1));
  }
}
