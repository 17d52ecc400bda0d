package dev.syncline.server.view;

/**
 * The running server, as its status page, its probes and its metrics see it. Thread-safe, and cheap
 * enough to be asked every second.
 */
public interface ServerView {

  /** How the server is. */
  ServerStatus status();

  /** What the document server has counted. */
  DocumentMetrics documents();

  /** What the chunk store has counted. */
  StorageMetrics storage();
}
