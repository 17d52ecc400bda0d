package dev.syncline.server.document.store.file;

import java.util.concurrent.atomic.AtomicLong;

/**
 * What {@link dev.syncline.core.port.ChunkStore#status} tells. Thread-safe.
 *
 * @param documentBytes sum of the document files' lengths
 * @param logBytes sum of the log segments' lengths
 */
record Counters(
    AtomicLong damaged, AtomicLong syncs, AtomicLong documentBytes, AtomicLong logBytes) {
  Counters() {
    this(new AtomicLong(), new AtomicLong(), new AtomicLong(), new AtomicLong());
  }
}
