package dev.syncline.server.endpoint.folder;

import dev.syncline.core.model.FilePath;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What the threads of a scan come across. Thread-safe.
 *
 * @param unseen what could not be looked at, with the reason
 * @param dropped what was in the index and is no longer there
 * @param unread how many files were left for the next observation
 * @param read how many files were read
 */
record ScanFindings(
    Map<FilePath, String> unseen, Queue<FilePath> dropped, AtomicLong unread, AtomicLong read) {

  static ScanFindings none() {
    return new ScanFindings(
        new ConcurrentHashMap<>(),
        new ConcurrentLinkedQueue<>(),
        new AtomicLong(),
        new AtomicLong());
  }
}
