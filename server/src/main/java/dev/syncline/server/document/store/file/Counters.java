package dev.syncline.server.document.store.file;

import dev.syncline.server.measure.Histogram;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What {@link dev.syncline.core.port.ChunkStore#status} and the metrics tell. Thread-safe.
 *
 * @param syncs group commits; their times are in {@code syncTimes}
 * @param documentBytes sum of the document files' lengths
 * @param plannedBytes what that will be once everything in the log is in document files
 * @param logBytes sum of the log segments' lengths
 */
record Counters(
    AtomicLong damaged,
    AtomicLong syncs,
    AtomicLong documentBytes,
    AtomicLong plannedBytes,
    AtomicLong logBytes,
    Histogram appendTimes,
    Histogram syncTimes) {
  Counters() {
    this(
        new AtomicLong(),
        new AtomicLong(),
        new AtomicLong(),
        new AtomicLong(),
        new AtomicLong(),
        new Histogram(),
        new Histogram());
  }
}
