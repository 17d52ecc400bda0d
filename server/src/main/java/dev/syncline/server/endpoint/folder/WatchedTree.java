package dev.syncline.server.endpoint.folder;

import dev.syncline.core.model.FilePath;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The folders of a root that are watched: all but those that are never synced.
 *
 * <p>Confined to the watch's thread.
 */
final class WatchedTree implements AutoCloseable {

  private final Path configured;
  private final Path root;
  private final long rootId;
  private final WatchSource source;
  private final Spelling spelling;
  private final IgnoreRules ignored;
  private Optional<String> problem = Optional.empty();

  private WatchedTree(FolderSettings settings, WatchSource source, Spelling spelling)
      throws IOException {
    this.configured = settings.root();
    this.ignored = new IgnoreRules(settings.apart());
    this.root = configured.toRealPath();
    this.rootId = FileStat.of(root).id();
    this.source = source;
    this.spelling = spelling;
  }

  /**
   * Watches all folders.
   *
   * @param source is closed with the tree, or at once if this fails
   */
  static WatchedTree open(FolderSettings settings, WatchSource source) throws IOException {
    try {
      // What the endpoint finds out by writing counts for what it writes; here names are only read.
      NameRules rules =
          switch (settings.style()) {
            case NATIVE -> NameRules.assumed();
            case PORTABLE -> NameRules.assumed().portable();
          };
      var tree = new WatchedTree(settings, source, new Spelling(new Names(rules)));
      tree.watch("");
      return tree;
    } catch (IOException | RuntimeException e) {
      source.close();
      throw e;
    }
  }

  WatchSource source() {
    return source;
  }

  /** Why not all is watched. */
  Optional<String> problem() {
    return problem;
  }

  /** Whether the root's path still leads to the folder that is watched. */
  boolean isStillTheRoot() {
    try {
      return FileStat.of(configured.toRealPath()).id() == rootId;
    } catch (IOException _) {
      return false;
    }
  }

  /** Watches a path and the folders below it, if it is one. */
  void watch(String where) {
    var left = new ArrayDeque<String>();
    left.add(where);
    while (!left.isEmpty()) {
      String next = left.remove();
      if (!isWanted(next)) {
        continue;
      }
      try {
        left.addAll(watchOne(next));
      } catch (NoSuchFileException | NotDirectoryException _) {
        // It was a file, or is gone already.
      } catch (IOException e) {
        problem = Optional.of(advice(next, e));
        if (isLimit(e)) {
          return; // none of the others will be watched either
        }
      }
    }
  }

  /** Watches a path and what is below it no longer. */
  void forget(String where) {
    source.remove(where);
    ignored.forget(where);
  }

  /** What to look at after something happened to a path; empty if it is never synced. */
  Optional<FilePath> hint(String where) {
    if (!isOurs(where) && KnownFolder.nameOf(where).equals(IgnoreFile.NAME)) {
      watch(KnownFolder.parentOf(where)); // what was ignored may no longer be
    }
    return isOurs(where) || ignored.ignoresOrIsUnder(where)
        ? Optional.empty()
        : spelling.toLedger(where);
  }

  @Override
  public void close() {
    source.close();
  }

  private List<String> watchOne(String where) throws IOException {
    Path folder = RawName.below(root, where);
    if (FileStat.of(folder).kind() != FileStat.Kind.FOLDER) {
      return List.of();
    }
    // Watched first and listed then: what comes in between is told.
    source.add(where, folder);
    var below = new ArrayList<String>();
    new OpenFolder(folder, -1, Optional.empty())
        .list(
            name -> true,
            (name, stat) -> {
              if (stat.kind() == FileStat.Kind.FOLDER) {
                below.add(IndexedFolder.join(where, name));
              }
            });
    ignored.look(where, folder, FileStat.ifThere(folder.resolve(IgnoreFile.NAME)));
    return below;
  }

  private boolean isWanted(String where) {
    return where.isEmpty()
        || (!isOurs(where)
            && spelling.toLedger(where).isPresent()
            && !ignored.ignores(where, FileStat.Kind.FOLDER));
  }

  private static boolean isOurs(String where) {
    String first = where.indexOf('/') < 0 ? where : where.substring(0, where.indexOf('/'));
    return first.equalsIgnoreCase(PrivateFolder.NAME)
        || KnownFolder.nameOf(where).equalsIgnoreCase(".git");
  }

  private static boolean isLimit(IOException e) {
    String message = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
    return message.contains("limit") || message.contains("no space");
  }

  private static String advice(String where, IOException e) {
    return isLimit(e)
        ? "the system lets nobody watch more folders ("
            + e.getMessage()
            + "), so that changes in some are found by the timer only: raise"
            + " fs.inotify.max_user_watches, for instance with"
            + " sysctl fs.inotify.max_user_watches=1048576"
        : "\""
            + where
            + "\" can't be watched ("
            + e.getMessage()
            + "): changes in it are found by"
            + " the timer only";
  }
}
