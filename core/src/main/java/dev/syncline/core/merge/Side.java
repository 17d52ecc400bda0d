package dev.syncline.core.merge;

import dev.syncline.core.model.FileVersion;
import java.util.Optional;

/** The two sides of a link. */
public enum Side {
  /** The ledger. */
  OURS,
  /** The endpoint. */
  THEIRS;

  public Side other() {
    return this == OURS ? THEIRS : OURS;
  }

  /** This side's version. */
  public Optional<FileVersion> of(ThreeWay sides) {
    return this == OURS ? sides.ours() : sides.theirs();
  }
}
