package dev.syncline.server.document.store.file;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
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
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
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

  boolean isFree() {
    lock.lock();
    try {
      return job == null;
    } finally {
      lock.unlock();
    }
  }

  void start(Job next) {
    change(() -> job = next);
  }

  /** Waits until the checkpoint under way is done, or has failed and will be tried again. */
  void awaitProgress() {
    lock.lock();
    try {
      while (job != null && trouble.now().isEmpty()) {
        changed.awaitUninterruptibly();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Ends the thread after the checkpoint under way; one that fails now is left to the log. */
  void close() {
    change(() -> closed = true);
  }

  @Override
  public void run() {
    for (Optional<Job> next = await(); next.isPresent(); next = await()) {
      boolean done = attempt(next.get());
      while (!done && pauseUnlessClosed()) {
        done = attempt(next.get());
      }
      change(() -> job = null);
    }
  }

  private boolean attempt(Job now) {
    try {
      writer.write(now.snapshot().list());
      LogFiles.drop(disk, settings.log(), now.upTo(), counters);
      tails.settle(now.snapshot());
      trouble.isOver();
      return true;
    } catch (IOException | RuntimeException | Error e) {
      // Errors too: without this thread appends would wait for ever, and nobody would know why.
      trouble.is(DiskTrouble.writing(settings.directory(), e));
      change(() -> {});
      return false;
    }
  }

  private Optional<Job> await() {
    lock.lock();
    try {
      while (job == null && !closed) {
        changed.awaitUninterruptibly();
      }
      return Optional.ofNullable(job);
    } finally {
      lock.unlock();
    }
  }

  /** Waits for the time of the next attempt; false if there is to be none. */
  private boolean pauseUnlessClosed() {
    lock.lock();
    try {
      long left = settings.retry().toNanos();
      while (!closed && left > 0) {
        try {
          left = changed.awaitNanos(left);
        } catch (InterruptedException _) {
          // Nobody interrupts the store's threads: they end when it is closed.
        }
      }
      return !closed;
    } finally {
      lock.unlock();
    }
  }

  private void change(Runnable change) {
    lock.lock();
    try {
      change.run();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
