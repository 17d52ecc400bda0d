package dev.syncline.server.document;

import java.time.Duration;

/**
 * What the document server lets clients take.
 *
 * @param maxFrameBytes longest WebSocket message
 * @param maxDocumentsPerConnection documents that one connection may have open
 * @param maxDocumentMemory most memory for the graph of one document, in bytes
 * @param cacheBytes memory for graphs of documents that nobody works on, in bytes
 * @param idleAfter how long a document stays in memory after its last message
 */
public record DocumentLimits(
    int maxFrameBytes,
    int maxDocumentsPerConnection,
    long maxDocumentMemory,
    long cacheBytes,
    Duration idleAfter) {

  /** Changes that wait for a missing one may take this part of a document's memory. */
  private static final int WAITING_SHARE = 4;

  /** A longer answer goes out in pieces of this size. */
  static final int MESSAGE_BYTES = 1 << 20;

  /** A connection that has more than this queued is told the rest when it has caught up. */
  static final long QUEUE_BYTES = 1 << 20;

  /** For a machine with 512 MB. */
  public static final DocumentLimits DEFAULTS =
      new DocumentLimits(64 << 20, 10_000, 256L << 20, 32L << 20, Duration.ofSeconds(30));

  long maxWaitingBytes() {
    return maxDocumentMemory / WAITING_SHARE;
  }
}
