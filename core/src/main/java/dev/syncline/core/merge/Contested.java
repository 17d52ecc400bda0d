package dev.syncline.core.merge;

import java.util.Optional;

/** Disputes that no look into the files can settle. */
final class Contested {

  private Contested() {}

  /**
   * What is done where there are no two files to combine: a change wins over a deletion, since what
   * was deleted is in the history anyway; a file makes room for a folder; a symbolic link is kept
   * beside what it is in dispute with. Empty if there are two files.
   */
  static Optional<Settlement> of(Dispute dispute) {
    ThreeWay sides = dispute.sides();
    if (dispute.kind() == Dispute.Kind.FILE_OR_FOLDER) {
      return Optional.of(new Settlement.Both());
    }
    if (sides.ours().isEmpty()) {
      return Optional.of(new Settlement.Wins(Side.THEIRS));
    }
    if (sides.theirs().isEmpty()) {
      return Optional.of(new Settlement.Wins(Side.OURS));
    }
    return sides.bothFiles() ? Optional.empty() : Optional.of(new Settlement.Both());
  }
}
