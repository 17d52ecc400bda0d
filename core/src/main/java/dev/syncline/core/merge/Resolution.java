package dev.syncline.core.merge;

import dev.syncline.core.model.FileVersion;
import java.util.Optional;

/** A person's answer to a conflict. */
public sealed interface Resolution {

  /** This side's version for both. */
  record Choose(Side side) implements Resolution {}

  /** The ledger's where it is, the endpoint's beside it under a name of its own. */
  record Both() implements Resolution {}

  /**
   * Something else for both.
   *
   * @param version already among the ledger's contents; empty to delete the file
   */
  record Supply(Optional<FileVersion> version) implements Resolution {}
}
