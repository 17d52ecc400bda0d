package dev.syncline.server.endpoint.folder;

import java.util.concurrent.atomic.AtomicLong;

/** How much one observation may still read. Thread-safe. */
final class Allowance {

  private final AtomicLong files;
  private final AtomicLong bytes;

  Allowance(long files, long bytes) {
    this.files = new AtomicLong(files);
    this.bytes = new AtomicLong(bytes);
  }

  /** Whether a file of this size may be read. One always may, however large it is. */
  boolean take(long size) {
    return bytes.getAndAdd(-size) > 0 && files.getAndDecrement() > 0;
  }

  boolean isUsedUp() {
    return files.get() <= 0 || bytes.get() <= 0;
  }
}
