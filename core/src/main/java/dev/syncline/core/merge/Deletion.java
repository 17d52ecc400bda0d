package dev.syncline.core.merge;

import java.util.Optional;

/** One side deleted what the other changed. */
final class Deletion {

  private Deletion() {}

  /** The change wins, since what was deleted is in the history anyway; empty if none deleted it. */
  static Optional<Settlement> of(Dispute dispute) {
    ThreeWay sides = dispute.sides();
    if (sides.ours().isEmpty()) {
      return Optional.of(new Settlement.Wins(Side.THEIRS));
    }
    return sides.theirs().isEmpty()
        ? Optional.of(new Settlement.Wins(Side.OURS))
        : Optional.empty();
  }
}
