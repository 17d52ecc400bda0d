package dev.syncline.core.merge;

/**
 * The same place in all three versions.
 *
 * @param by who changed it
 */
record Region(Change by, Span base, Span ours, Span theirs) {

  enum Change {
    NOBODY,
    OURS,
    THEIRS,
    /** Both, and they made the same of it. */
    BOTH_ALIKE,
    BOTH
  }
}
