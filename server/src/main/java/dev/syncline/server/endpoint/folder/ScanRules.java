package dev.syncline.server.endpoint.folder;

import dev.syncline.core.model.FilePath;
import java.util.Optional;
import java.util.Set;

/**
 * What of a folder is looked at.
 *
 * @param foreign paths at which the base has a commit of another repository: what is there is
 *     another repository's
 */
record ScanRules(Spelling spelling, IgnoreRules ignored, Set<FilePath> foreign) {

  /** Whether a folder is to be looked at, given that those that it is in are. */
  boolean isWantedFolder(String where) {
    return !isNeverSynced(where) && isWanted(where, FileStat.Kind.FOLDER);
  }

  /** Whether a path is to be looked at, if it is not one that never is. */
  boolean isWanted(String where, FileStat.Kind kind) {
    if (kind == FileStat.Kind.FOLDER || !foreign.isEmpty()) {
      Optional<FilePath> path = spelling.toLedger(where);
      if (path.isEmpty() || foreign.contains(path.get())) {
        return false;
      }
    }
    return !ignored.ignores(where, kind);
  }

  /** Whether it is ours, or the inside of a repository. */
  static boolean isNeverSynced(String where) {
    int slash = where.indexOf('/');
    return slash < 0
        ? isNeverSynced("", where)
        : where.substring(0, slash).equalsIgnoreCase(PrivateFolder.NAME)
            || isNeverSynced(KnownFolder.parentOf(where), KnownFolder.nameOf(where));
  }

  /** The same for a name in a folder that is synced. */
  static boolean isNeverSynced(String folder, String name) {
    return name.equalsIgnoreCase(".git")
        || (folder.isEmpty() && name.equalsIgnoreCase(PrivateFolder.NAME));
  }
}
