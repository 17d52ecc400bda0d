package dev.syncline.server.endpoint.folder;

import dev.syncline.core.model.Author;
import dev.syncline.core.model.LinkName;
import dev.syncline.core.model.SyncException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Which folder, and how.
 *
 * @param root the folder
 * @param link whose folder it is: the mark in the folder names it
 * @param author who is named as the author of what changes there
 * @param style which names files get there
 * @param quiet how long nothing happens there before changes are told
 * @param mostFiles how many new or changed files an observation reads at most; the rest comes with
 *     the next
 * @param mostBytes how many bytes it reads at most, but for the last file
 * @param apart a folder in it that is never looked at or written to, by its path there: Syncline's
 *     own data, if it is kept there
 */
public record FolderSettings(
    Path root,
    LinkName link,
    Author author,
    NameStyle style,
    Duration quiet,
    int mostFiles,
    long mostBytes,
    Optional<String> apart) {

  /** Long enough for an editor's few steps of one save, and short enough to be no wait. */
  public static final Duration QUIET = Duration.ofMillis(20);

  /** Which names files get in the folder. */
  public enum NameStyle {
    /** As they are in the ledger, as far as the folder's file system can hold them. */
    NATIVE,
    /** So that Windows could hold them too, on every system. */
    PORTABLE
  }

  public FolderSettings {
    if (mostFiles < 1 || mostBytes < 1) {
      throw new SyncException.Invalid("an observation reads at least one file and one byte");
    }
  }

  /** A folder with what suits most. */
  public static FolderSettings of(Path root, LinkName link, Author author) {
    return new FolderSettings(
        root, link, author, NameStyle.NATIVE, QUIET, 50_000, 4L << 30, Optional.empty());
  }

  /**
   * The same, without a directory that may be in the folder.
   *
   * @throws SyncException.Invalid if the folder is in that directory, or is it
   */
  public FolderSettings without(Path directory) {
    Path own = real(directory);
    Path folder = real(root);
    if (folder.startsWith(own)) {
      throw new SyncException.Invalid(
          root + " is in Syncline's own data directory " + directory + ": choose another folder");
    }
    return own.startsWith(folder)
        ? new FolderSettings(
            root,
            link,
            author,
            style,
            quiet,
            mostFiles,
            mostBytes,
            Optional.of(
                folder.relativize(own).toString().replace(own.getFileSystem().getSeparator(), "/")))
        : this;
  }

  private static Path real(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException e) {
      return path.toAbsolutePath().normalize(); // It isn't there yet.
    }
  }

  public FolderSettings withStyle(NameStyle other) {
    return new FolderSettings(root, link, author, other, quiet, mostFiles, mostBytes, apart);
  }

  public FolderSettings withMost(int files, long bytes) {
    return new FolderSettings(root, link, author, style, quiet, files, bytes, apart);
  }

  public FolderSettings withQuiet(Duration other) {
    return new FolderSettings(root, link, author, style, other, mostFiles, mostBytes, apart);
  }
}
