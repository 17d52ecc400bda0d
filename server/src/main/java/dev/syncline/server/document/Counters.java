package dev.syncline.server.document;

import java.util.concurrent.atomic.LongAdder;

/** What the document server has done since it started. Thread-safe. */
public final class Counters {

  final LongAdder framesReceived = new LongAdder();
  final LongAdder framesRejected = new LongAdder();
  final LongAdder framesSent = new LongAdder();
  final LongAdder changesStored = new LongAdder();
  final LongAdder changesRefused = new LongAdder();
  final LongAdder chunksUnreadable = new LongAdder();
  final LongAdder storeFailures = new LongAdder();
  final LongAdder documentsLoaded = new LongAdder();

  /**
   * The counters at one moment.
   *
   * @param framesRejected frames that ended their connection because they were not sound
   * @param changesRefused changes from clients that may not write
   * @param chunksUnreadable whole-document chunks that were answered with a request for plain
   *     changes
   * @param storeFailures appends and reads that the store could not do
   */
  public record Snapshot(
      long framesReceived,
      long framesRejected,
      long framesSent,
      long changesStored,
      long changesRefused,
      long chunksUnreadable,
      long storeFailures,
      long documentsLoaded) {}

  Snapshot snapshot() {
    return new Snapshot(
        framesReceived.sum(),
        framesRejected.sum(),
        framesSent.sum(),
        changesStored.sum(),
        changesRefused.sum(),
        chunksUnreadable.sum(),
        storeFailures.sum(),
        documentsLoaded.sum());
  }
}
