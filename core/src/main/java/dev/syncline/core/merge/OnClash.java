package dev.syncline.core.merge;

/** What is done where both sides changed the same, differently. */
public enum OnClash {
  /** The ledger's stands. */
  OURS,
  /** The endpoint's stands. */
  THEIRS,
  /** A field that both changed waits for a person. */
  WAIT_FIELD,
  /** So does a record that both changed, be it in different fields. */
  WAIT_RECORD;

  /** What is done if the sides change places. */
  OnClash mirrored() {
    return switch (this) {
      case OURS -> THEIRS;
      case THEIRS -> OURS;
      case WAIT_FIELD, WAIT_RECORD -> this;
    };
  }
}
