package dev.syncline.server.endpoint.folder;

import dev.syncline.core.model.FileMode;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.FileVersion;
import dev.syncline.core.port.Applied.Result;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** Looks whether a path still holds what a delivery starts from, and can hold what it asks for. */
final class StepCheck {

  /** Whether a change can be made. */
  sealed interface Answer {

    /**
     * It can.
     *
     * @param seen how the file there looks; empty if there is none
     */
    record Go(Optional<FileStat> seen) implements Answer {}

    /** It can't, or need not. */
    record No(Result result) implements Answer {}
  }

  private static final int LONGEST_PATH = 4095;

  private final FolderTree tree;
  private final KnownFolder known;
  private final Spelling spelling;
  private final IgnoreRules ignored;
  private final FileGuard guard;

  StepCheck(FolderTree tree, KnownFolder known, Spelling spelling, IgnoreRules ignored) {
    this.tree = tree;
    this.known = known;
    this.spelling = spelling;
    this.ignored = ignored;
    this.guard = new FileGuard(tree.nativeFiles());
  }

  Answer look(
      FilePath path, String where, Optional<FileVersion> before, Optional<FileVersion> after)
      throws IOException {
    refuseWhatIsOurs(where);
    if (ignored.ignoresOrIsUnder(where)) {
      throw new CannotHoldException(
          "a " + IgnoreFile.NAME + " in the folder says that this path is to be left alone");
    }
    if (after.isPresent()) {
      refuseTooLong(where);
    }
    try (OpenFolder parent = tree.open(KnownFolder.parentOf(where))) {
      Path file = parent.file(KnownFolder.nameOf(where));
      Optional<FileStat> stat = FileStat.ifThere(file);
      if (stat.isPresent() && stat.get().kind() == FileStat.Kind.FOLDER && before.isEmpty()) {
        if (EmptyFolders.removeAll(tree, where)) {
          known.removeFolder(where);
          return new Answer.Go(Optional.empty());
        }
        return new Answer.No(inTheWay(where));
      }
      return compare(path, file, stat, before, after);
    } catch (NoSuchFileException _) {
      return before.isEmpty()
          ? new Answer.Go(Optional.empty())
          : new Answer.No(after.isEmpty() ? new Result.Done() : new Result.Moved());
    }
  }

  /** What it means that a file is where a folder should be. */
  Result inTheWay(FilePath path) {
    String where = new Placement(spelling, known.root()).existing(path);
    return inTheWay(where);
  }

  private Result inTheWay(String where) {
    for (int slash = where.indexOf('/'); slash >= 0; slash = where.indexOf('/', slash + 1)) {
      Optional<Result> blocked = blocked(where.substring(0, slash));
      if (blocked.isPresent()) {
        return blocked.get();
      }
    }
    return blocked(where).orElseGet(Result.Moved::new);
  }

  /** A file that is never reported will never be out of the way by itself. */
  private Optional<Result> blocked(String where) {
    try {
      Optional<FileStat> stat = ScanScope.stat(tree, where);
      if (stat.isEmpty() || stat.get().kind() == FileStat.Kind.FOLDER) {
        return Optional.empty();
      }
      if (!stat.get().isFileOrLink() || ignored.ignores(where, stat.get().kind())) {
        return Optional.of(
            new Result.Refused(
                "\"" + where + "\" is in the way, and is nothing that is synced: remove it"));
      }
    } catch (IOException _) {
      return Optional.of(new Result.Moved());
    }
    return Optional.of(new Result.Moved());
  }

  private Answer compare(
      FilePath path,
      Path file,
      Optional<FileStat> stat,
      Optional<FileVersion> before,
      Optional<FileVersion> after)
      throws IOException {
    if (stat.isEmpty()) {
      if (before.isEmpty()) {
        return new Answer.Go(stat);
      }
      return new Answer.No(after.isEmpty() ? new Result.Done() : new Result.Moved());
    }
    if (!stat.get().isFileOrLink()) {
      return new Answer.No(
          stat.get().kind() == FileStat.Kind.OTHER
              ? new Result.Refused("it is neither a file nor a symbolic link there: remove it")
              : new Result.Moved());
    }
    Optional<FileVersion> now = version(path, file, stat.get(), before.or(() -> after));
    if (now.isPresent() && now.equals(before)) {
      return new Answer.Go(stat);
    }
    return new Answer.No(now.equals(after) ? new Result.Done() : new Result.Moved());
  }

  private Optional<FileVersion> version(
      FilePath path, Path file, FileStat stat, Optional<FileVersion> like) throws IOException {
    Optional<IndexEntry> entry = known.find(path);
    boolean settled =
        entry.isPresent()
            && entry.get().freshness() == IndexEntry.Freshness.SETTLED
            && entry.get().stat().equals(stat);
    return settled
        ? entry.get().version()
        : guard.versionOf(file, like.map(FileVersion::mode).orElse(FileMode.REGULAR));
  }

  private static void refuseWhatIsOurs(String where) throws CannotHoldException {
    int slash = where.indexOf('/');
    String first = slash < 0 ? where : where.substring(0, slash);
    if (first.equalsIgnoreCase(PrivateFolder.NAME)) {
      throw new CannotHoldException(
          "\"" + PrivateFolder.NAME + "\" is Syncline's own: rename it in the ledger");
    }
  }

  private void refuseTooLong(String where) throws CannotHoldException {
    for (String name : where.split("/", -1)) {
      if (spelling.names().isTooLong(name)) {
        throw new CannotHoldException(
            "the name \"" + name.substring(0, 40) + "…\" is longer than 255: shorten it");
      }
    }
    int length = RawName.bytes(tree.root().toString()).length + 1 + RawName.bytes(where).length;
    if (length > LONGEST_PATH) {
      throw new CannotHoldException(
          "its path would have " + length + " bytes, and no more than 4,095 work: shorten it");
    }
  }
}
