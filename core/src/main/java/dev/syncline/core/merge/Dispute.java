package dev.syncline.core.merge;

import dev.syncline.core.model.ContentId;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.FileVersion;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A path that both sides changed, differently, with all that a policy may ask about it.
 *
 * @param kind what is disputed
 * @param path at the endpoint
 * @param sides the versions
 * @param oursAt when the ledger recorded its version
 * @param theirsAt when the endpoint's version can have been made at the latest, by our clock
 * @param contents reads contents by their id; the same id always gives the same bytes
 */
public record Dispute(
    Kind kind,
    FilePath path,
    ThreeWay sides,
    Supplier<Instant> oursAt,
    Supplier<Instant> theirsAt,
    Function<ContentId, byte[]> contents) {

  /** What is disputed. */
  public enum Kind {
    /** What a file holds, or whether it is there. */
    FILE,
    /** Whether there is a file or a folder; what is in the two can't be combined. */
    FILE_OR_FOLDER
  }

  /** The same question about a place that is a file on one side and a folder on the other. */
  public Dispute asFileOrFolder() {
    return new Dispute(Kind.FILE_OR_FOLDER, path, sides, oursAt, theirsAt, contents);
  }

  byte[] ours() {
    return read(sides.ours()).orElseThrow();
  }

  byte[] theirs() {
    return read(sides.theirs()).orElseThrow();
  }

  /** The base's contents; empty if it was no file. */
  Optional<byte[]> base() {
    return read(sides.base().filter(version -> version.mode().isFile()));
  }

  private Optional<byte[]> read(Optional<FileVersion> version) {
    return version.map(FileVersion::content).map(contents);
  }
}
