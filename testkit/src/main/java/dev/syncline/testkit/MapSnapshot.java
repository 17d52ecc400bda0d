package dev.syncline.testkit;

import dev.syncline.core.model.Changes;
import dev.syncline.core.model.FileChange;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.FileVersion;
import dev.syncline.core.model.Snapshot;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;

/**
 * A snapshot that is a map.
 *
 * @param files in the order of paths; can't be changed
 */
public record MapSnapshot(SortedMap<FilePath, FileVersion> files) implements Snapshot {

  /** No files. */
  public static final MapSnapshot EMPTY = new MapSnapshot(new TreeMap<>());

  public MapSnapshot {
    files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
  }

  public static MapSnapshot of(Map<FilePath, FileVersion> files) {
    return new MapSnapshot(new TreeMap<>(files));
  }

  /** The same files in a map. */
  public static MapSnapshot of(Snapshot snapshot) {
    if (snapshot instanceof MapSnapshot map) {
      return map;
    }
    var files = new TreeMap<FilePath, FileVersion>();
    snapshot.forEach(files::put);
    return new MapSnapshot(files);
  }

  @Override
  public Optional<FileVersion> at(FilePath path) {
    return Optional.ofNullable(files.get(path));
  }

  @Override
  public boolean isFolder(FilePath path) {
    for (FilePath file : files.tailMap(path).keySet()) {
      if (!file.value().startsWith(path.value())) {
        return false;
      }
      if (file.isUnder(path)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public Changes since(Snapshot older) {
    if (equals(older)) {
      return Changes.NONE;
    }
    SortedMap<FilePath, FileVersion> before = of(older).files;
    var paths = new TreeSet<>(before.keySet());
    paths.addAll(files.keySet());
    var changes = new TreeMap<FilePath, FileChange>();
    for (FilePath path : paths) {
      FileChange.between(Optional.ofNullable(before.get(path)), at(path))
          .ifPresent(change -> changes.put(path, change));
    }
    return new Changes(changes);
  }

  @Override
  public void forEach(BiConsumer<FilePath, FileVersion> visitor) {
    files.forEach(visitor);
  }

  /** The snapshot after these changes. */
  public MapSnapshot with(Changes changes) {
    if (changes.isEmpty()) {
      return this;
    }
    var after = new TreeMap<>(files);
    changes
        .byPath()
        .forEach((path, change) -> {
          after.remove(path);
          change.after().ifPresent(version -> after.put(path, version));
        });
    return new MapSnapshot(after);
  }
}
