package dev.syncline.server.document.store.file;

import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Brings tails into document files and drops the log segments that said the same, one checkpoint
 * after the other, on a thread of its own. Thread-safe.
 */
final class Checkpointer implements Runnable {

  private final FileStoreSettings settings;
  private final Disk disk;
  private final DocumentWriter writer;
  private final Tails tails;
  private final Counters counters;
  private final Trouble trouble = new Trouble("bring documents from the log into their files");
  private @Nullable Job job;
  private boolean closed;

  Checkpointer(
      FileStoreSettings settings,
      Disk disk,
      DocumentWriter writer,
      Tails tails,
      Counters counters) {
    this.settings = settings;
    this.disk = disk;
    this.writer = writer;
    this.tails = tails;
    this.counters = counters;
  }

  /**
   * @param upTo the log up to this segment holds nothing that the snapshot and the files lack
   */
  record Job(Tails.Snapshot snapshot, long upTo) {}

  Trouble trouble() {
    return trouble;
  }

  synchronized boolean isFree() {
    return job == null;
  }

  synchronized void start(Job next) {
    job = next;
    notifyAll();
  }

  /** Waits until the checkpoint under way is done, or has failed and will be tried again. */
  synchronized void awaitProgress() {
    while (job != null && trouble.now().isEmpty()) {
      pause(0);
    }
  }

  /** Ends the thread after the checkpoint under way; one that fails now is left to the log. */
  synchronized void close() {
    closed = true;
    notifyAll();
  }

  @Override
  public void run() {
    for (Optional<Job> next = await(); next.isPresent(); next = await()) {
      boolean done = attempt(next.get());
      while (!done && pauseUnlessClosed()) {
        done = attempt(next.get());
      }
      end();
    }
  }

  private boolean attempt(Job now) {
    try {
      writer.write(now.snapshot().list());
      LogFiles.drop(disk, settings.log(), now.upTo(), counters);
      tails.settle(now.snapshot());
      trouble.isOver();
      return true;
    } catch (IOException | RuntimeException e) {
      trouble.is(DiskTrouble.writing(settings.directory(), e));
      synchronized (this) {
        notifyAll();
      }
      return false;
    }
  }

  private synchronized Optional<Job> await() {
    while (job == null && !closed) {
      pause(0);
    }
    return Optional.ofNullable(job);
  }

  private synchronized void end() {
    job = null;
    notifyAll();
  }

  private synchronized boolean pauseUnlessClosed() {
    if (closed) {
      return false;
    }
    pause(settings.retry().toMillis());
    return true;
  }

  private void pause(long millis) {
    try {
      wait(millis);
    } catch (InterruptedException _) {
      // Nobody interrupts the store's threads: they end when it is closed.
    }
  }
}
