package dev.syncline.server.endpoint.folder;

import dev.syncline.core.model.FilePath;
import dev.syncline.core.port.Hints;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which files and folders hints ask to look at: as paths in the folder, none below another.
 *
 * @param targets where to look; the empty path is the whole folder
 */
record ScanScope(Set<String> targets) {

  /** The whole folder. */
  static final ScanScope WHOLE = new ScanScope(Set.of(""));

  static ScanScope of(Hints hints, FolderTree tree, Spelling spelling, IndexedFolder known)
      throws IOException {
    return switch (hints) {
      case Hints.Everywhere _ -> WHOLE;
      case Hints.At(Set<FilePath> paths) -> at(paths, tree, spelling, known);
    };
  }

  boolean isWhole() {
    return targets.contains("");
  }

  /** Whether a path is to be looked at. */
  boolean covers(String where) {
    if (targets.contains("") || targets.contains(where)) {
      return true;
    }
    for (int slash = where.indexOf('/'); slash >= 0; slash = where.indexOf('/', slash + 1)) {
      if (targets.contains(where.substring(0, slash))) {
        return true;
      }
    }
    return false;
  }

  private static ScanScope at(
      Set<FilePath> paths, FolderTree tree, Spelling spelling, IndexedFolder known)
      throws IOException {
    var targets = new TreeSet<String>();
    var folders = new HashSet<String>();
    for (FilePath path : paths) {
      String where = new Placement(spelling, known).existing(path);
      String found = reachable(where, tree, known, folders);
      boolean mayHaveAnotherName =
          !spelling.names().rules().keepEverything() && stat(tree, found).isEmpty();
      boolean isRules = KnownFolder.nameOf(found).equals(IgnoreFile.NAME);
      targets.add(isRules || mayHaveAnotherName ? KnownFolder.parentOf(found) : found);
    }
    var all = new ScanScope(targets);
    var outermost = new HashSet<String>();
    for (String target : targets) {
      if (target.isEmpty()) {
        return WHOLE;
      }
      String parent = KnownFolder.parentOf(target);
      if (parent.isEmpty() || !all.covers(parent)) {
        outermost.add(target);
      }
    }
    return new ScanScope(outermost);
  }

  /** The path itself, or the first folder on the way to it that is none any more, or was none. */
  private static String reachable(
      String where, FolderTree tree, IndexedFolder known, Set<String> folders) throws IOException {
    Optional<IndexedFolder> at = Optional.of(known);
    for (int slash = where.indexOf('/'); slash >= 0; slash = where.indexOf('/', slash + 1)) {
      String folder = where.substring(0, slash);
      String name = KnownFolder.nameOf(folder);
      boolean wasFile = at.filter(parent -> parent.find(name) >= 0).isPresent();
      if (wasFile || (!folders.contains(folder) && !isFolder(tree, folder))) {
        return folder;
      }
      folders.add(folder);
      at = at.flatMap(parent -> parent.folder(name));
    }
    return where;
  }

  private static boolean isFolder(FolderTree tree, String where) throws IOException {
    return stat(tree, where).filter(it -> it.kind() == FileStat.Kind.FOLDER).isPresent();
  }

  static Optional<FileStat> stat(FolderTree tree, String where) throws IOException {
    try {
      return FileStat.ifThere(RawName.below(tree.root(), where));
    } catch (NoSuchFileException _) {
      return Optional.empty();
    }
  }
}
