package dev.syncline.core.port;

import dev.syncline.core.model.FilePath;
import java.util.Optional;

/**
 * How a folder holds what would be proposed: the files as they would be, those of before below a
 * folder of their own, and all of it as one diff.
 */
public final class ProposalLayout {

  /** The differences of all files. */
  public static final FilePath DIFF = new FilePath("changes.diff");

  private static final FilePath BEFORE = new FilePath("before");

  private ProposalLayout() {}

  /** Where a file is as it was. */
  public static FilePath before(FilePath file) {
    return new FilePath(BEFORE + "/" + file);
  }

  /** Which file a path of the folder shows as it was; empty if it is something else. */
  public static Optional<FilePath> shownAsItWas(FilePath path) {
    return path.isUnder(BEFORE)
        ? Optional.of(new FilePath(path.value().substring(BEFORE.value().length() + 1)))
        : Optional.empty();
  }
}
