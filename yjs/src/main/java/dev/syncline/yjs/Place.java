package dev.syncline.yjs;

/** Where an item goes, as its author wrote it. */
sealed interface Place {

  Place BESIDE = new Beside();

  /** Beside its neighbours. */
  record Beside() implements Place {}

  /** Into a type of the document's own. */
  record Root(String name) implements Place {}

  /** Into the type that another item inserted. */
  record In(Id item) implements Place {}
}
