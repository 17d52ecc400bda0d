package dev.syncline.yjs;

/** Consecutive units of one client in a document. */
sealed interface Struct permits Item, Forgotten {

  Id id();

  long length();

  boolean isDeleted();

  /** As it travels. */
  Block toBlock();

  default long end() {
    return id().clock() + length();
  }
}
