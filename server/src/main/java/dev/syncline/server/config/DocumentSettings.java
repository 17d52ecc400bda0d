package dev.syncline.server.config;

import java.time.Duration;

/** How the document server keeps documents, and for whom. */
public record DocumentSettings(Storage storage, Auth auth, Limits limits) {

  /** Where documents are stored. */
  public enum Storage {
    /** Log files in the data directory. */
    FILES,
    /** The database of {@link DatabaseSettings}, which is given then. */
    DATABASE
  }

  /** What a client has to show. */
  public enum Auth {
    /** Nothing: whoever reaches the server may read and change. */
    NONE,
    /** An access token. */
    TOKEN
  }

  /**
   * What clients may take.
   *
   * @param maxFrameBytes longest WebSocket message
   * @param maxPerConnection documents that one connection may have open
   * @param maxDocumentMemory most memory for one document, in bytes
   * @param cache memory for documents that nobody works on, in bytes
   * @param idleAfter how long a document stays in memory after its last message
   */
  public record Limits(
      int maxFrameBytes,
      int maxPerConnection,
      long maxDocumentMemory,
      long cache,
      Duration idleAfter) {}
}
