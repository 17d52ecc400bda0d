package dev.syncline.server.endpoint.folder;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.FileChannel;
import java.util.Collection;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Makes many files durable at the same time: the file system then needs few commits of its journal,
 * where one after the other would need one each.
 */
final class ForcedTogether {

  private static final int MOST_THREADS = 16;

  private ForcedTogether() {}

  /** Makes them durable and closes them, whatever happens. */
  static void force(Collection<FileChannel> files) throws IOException {
    var failures = new ConcurrentLinkedQueue<IOException>();
    var forced = new AtomicInteger();
    if (files.size() == 1) {
      files.forEach(file -> force(file, forced, failures));
    } else if (!files.isEmpty()) {
      // Closing waits for all of them. Platform threads: an fsync holds its carrier.
      try (ExecutorService threads =
          Executors.newFixedThreadPool(
              Math.min(MOST_THREADS, files.size()),
              Thread.ofPlatform().daemon().name("folder-force").factory())) {
        files.forEach(file -> threads.execute(() -> force(file, forced, failures)));
      }
    }
    if (!failures.isEmpty()) {
      throw new IOException(failures.element().getMessage(), failures.element());
    }
    // Whoever is interrupted while waiting drops what no thread has begun.
    if (forced.get() < files.size()) {
      closeAll(files);
      throw new InterruptedIOException("interrupted before all files were durable");
    }
  }

  /** Closes files that are not needed. */
  static void closeAll(Collection<FileChannel> files) throws IOException {
    for (FileChannel file : files) {
      file.close();
    }
  }

  private static void force(FileChannel file, AtomicInteger forced, Queue<IOException> failures) {
    try (file) {
      file.force(true);
      forced.incrementAndGet();
    } catch (IOException e) {
      failures.add(e);
    }
  }
}
