package dev.syncline.core.merge;

import dev.syncline.core.model.FileVersion;
import java.util.Optional;
import java.util.function.Function;

/**
 * One path on three occasions: as both sides last agreed on it, and as each side has it now. Empty
 * means that there was no file.
 *
 * @param base the common ancestor
 * @param ours the ledger's
 * @param theirs the endpoint's
 */
public record ThreeWay(
    Optional<FileVersion> base, Optional<FileVersion> ours, Optional<FileVersion> theirs) {

  /** Whether all three are files, so that their contents can be compared line by line. */
  public boolean allFiles() {
    return isFile(base) && isFile(ours) && isFile(theirs);
  }

  /** Whether both sides are files, even if there was none before. */
  public boolean bothFiles() {
    return isFile(ours) && isFile(theirs);
  }

  /**
   * The oldest rule of merging: what only one side changed is taken from that side. Empty if both
   * changed it, differently.
   */
  public static <T> Optional<T> oneSided(T base, T ours, T theirs) {
    if (ours.equals(theirs) || theirs.equals(base)) {
      return Optional.of(ours);
    }
    return ours.equals(base) ? Optional.of(theirs) : Optional.empty();
  }

  /** The same rule for a part of the versions; empty too if one of the three is not there. */
  public <T> Optional<T> oneSidedPart(Function<FileVersion, T> part) {
    return base.isPresent() && ours.isPresent() && theirs.isPresent()
        ? oneSided(part.apply(base.get()), part.apply(ours.get()), part.apply(theirs.get()))
        : Optional.empty();
  }

  private static boolean isFile(Optional<FileVersion> version) {
    return version.isPresent() && version.get().mode().isFile();
  }
}
