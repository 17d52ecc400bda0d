package dev.syncline.server.measure;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts durations in fixed buckets, so that a percentile can be told without keeping any of them.
 *
 * <p>Thread-safe; {@link #record} is a search in sixteen numbers and two atomic additions.
 */
public final class Histogram {

  /** Upper bounds in nanoseconds, from a fast disk's fsync to a client's patience. */
  private static final long[] BOUNDS = {
    100_000L,
    250_000L,
    500_000L,
    1_000_000L,
    2_500_000L,
    5_000_000L,
    10_000_000L,
    25_000_000L,
    50_000_000L,
    100_000_000L,
    250_000_000L,
    500_000_000L,
    1_000_000_000L,
    2_500_000_000L,
    5_000_000_000L,
    10_000_000_000L
  };

  /** One more than the bounds: the last counts what is above all of them. */
  private final AtomicLongArray counts = new AtomicLongArray(BOUNDS.length + 1);

  private final LongAdder sum = new LongAdder();

  /**
   * Counts one duration.
   *
   * @param nanos a negative one, which only a bug or a bad clock makes, counts as nothing
   */
  public void record(long nanos) {
    long taken = Math.max(0, nanos);
    int found = Arrays.binarySearch(BOUNDS, taken);
    counts.incrementAndGet(found >= 0 ? found : -found - 1);
    sum.add(taken);
  }

  /** What was counted up to now. A duration that is recorded meanwhile may be seen in part. */
  public Snapshot snapshot() {
    long[] seen = new long[counts.length()];
    Arrays.setAll(seen, counts::get);
    return new Snapshot(boxed(BOUNDS), boxed(seen), sum.sum());
  }

  private static List<Long> boxed(long[] numbers) {
    return Arrays.stream(numbers).boxed().toList();
  }

  /**
   * @param boundsNanos ascending upper bounds; each is part of its bucket
   * @param counts per bucket, not cumulative; one more than the bounds, for what is above all
   * @param sumNanos sum of all durations
   */
  public record Snapshot(List<Long> boundsNanos, List<Long> counts, long sumNanos) {

    public Snapshot {
      boundsNanos = List.copyOf(boundsNanos);
      counts = List.copyOf(counts);
      if (counts.size() != boundsNanos.size() + 1) {
        throw new IllegalArgumentException("a histogram has one bucket more than bounds");
      }
    }

    /** How many durations were counted. */
    public long count() {
      return counts.stream().mapToLong(Long::longValue).sum();
    }
  }
}
