package dev.syncline.server.document.store.file;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Forces many files at the same time: the file system then makes new files durable with few commits
 * of its journal, where one after the other would need one each.
 */
final class ForceTogether {

  private static final int MOST_THREADS = 16;

  /** Up to here threads cost more than they save. */
  private static final int FEW = 4;

  private ForceTogether() {}

  static void force(List<Disk.OpenFile> files) throws IOException {
    if (files.size() <= FEW) {
      for (Disk.OpenFile file : files) {
        file.force();
      }
      return;
    }
    var failures = new ConcurrentLinkedQueue<Throwable>();
    var forced = new AtomicInteger();
    // Closing waits for all of them. Platform threads: an fsync holds its carrier.
    try (ExecutorService threads =
        Executors.newFixedThreadPool(
            Math.min(MOST_THREADS, files.size()),
            Thread.ofPlatform().daemon().name("store-force").factory())) {
      files.forEach(file -> threads.execute(() -> force(file, forced, failures)));
    }
    Throwable failure = failures.peek();
    if (failure != null) {
      throw new IOException(failure.getMessage(), failure);
    }
    // Whoever is interrupted while waiting drops what no thread has begun.
    if (forced.get() < files.size()) {
      throw new InterruptedIOException("interrupted before all files were forced");
    }
  }

  private static void force(Disk.OpenFile file, AtomicInteger forced, Queue<Throwable> failures) {
    try {
      file.force();
      forced.incrementAndGet();
    } catch (IOException | RuntimeException | Error e) {
      failures.add(e);
    }
  }
}
