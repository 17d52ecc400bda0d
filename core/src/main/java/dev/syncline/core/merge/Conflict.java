package dev.syncline.core.merge;

import dev.syncline.core.model.Author;
import dev.syncline.core.model.FileMode;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.FileVersion;
import dev.syncline.core.model.LinkName;
import java.time.Instant;

/**
 * Two versions of a path that no policy may choose between. The ledger keeps its own and the
 * endpoint keeps its own until a person answers, and all else goes on.
 *
 * @param link whose endpoint holds the other version
 * @param path in the ledger
 * @param sides the versions; the ledger's is "ours"
 * @param reason why it waits, in one sentence
 * @param since when it was first seen
 * @param theirsBy who made the endpoint's version
 */
public record Conflict(
    LinkName link, FilePath path, ThreeWay sides, String reason, Instant since, Author theirsBy) {

  public ConflictId id() {
    return ConflictId.of(link, path);
  }

  /** What kind of file a person's own answer becomes: as one of the sides, if that is a file. */
  public FileMode modeOfAnswer() {
    return sides
        .ours()
        .or(sides::theirs)
        .map(FileVersion::mode)
        .filter(FileMode::isFile)
        .orElse(FileMode.REGULAR);
  }
}
