package dev.syncline.core.model;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * All files of one side at one moment. Immutable. A ledger's snapshots are Git trees, read as far
 * as somebody asks, so that comparing two costs what differs between them.
 */
public interface Snapshot {

  /** What a path holds; empty if there is no file. */
  Optional<FileVersion> at(FilePath path);

  /** Whether files lie below a path. */
  boolean isFolder(FilePath path);

  /** What changed since an older snapshot of the same ledger. */
  Changes since(Snapshot older);

  /**
   * Some files of a folder, in the order of paths.
   *
   * @param folder empty for all files
   * @param after only those behind this path
   * @param limit at most so many
   */
  default SortedMap<FilePath, FileVersion> page(
      Optional<FilePath> folder, Optional<FilePath> after, int limit) {
    var page = new TreeMap<FilePath, FileVersion>();
    forEach((path, file) -> {
      if (page.size() < limit
          && folder.map(path::isUnder).orElse(true)
          && after.map(last -> path.compareTo(last) > 0).orElse(true)) {
        page.put(path, file);
      }
    });
    return page;
  }

  /**
   * What lies in a folder itself: cheaper than asking for each.
   *
   * @param folder empty for the root
   */
  default Listing list(Optional<FilePath> folder) {
    var files = new HashMap<FilePath, FileVersion>();
    var folders = new HashSet<FilePath>();
    page(folder, Optional.empty(), Integer.MAX_VALUE)
        .forEach((path, file) -> {
          if (path.parent().equals(folder)) {
            files.put(path, file);
          } else {
            path.above().filter(above -> above.parent().equals(folder)).forEach(folders::add);
          }
        });
    return new Listing(files, folders);
  }

  /** The files and folders of one folder; a folder that is missing has none. */
  record Listing(Map<FilePath, FileVersion> files, Set<FilePath> folders) {}

  /** Shows every file, in the order of paths. */
  void forEach(BiConsumer<FilePath, FileVersion> visitor);
}
