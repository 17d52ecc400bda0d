package dev.syncline.core.model;

import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiPredicate;

/**
 * What differs between two snapshots, path by path. A path that is not here is the same in both.
 *
 * @param byPath in the order of paths; can't be changed
 */
public record Changes(SortedMap<FilePath, FileChange> byPath) {

  /** Nothing differs. */
  public static final Changes NONE = new Changes(new TreeMap<>());

  public Changes {
    byPath = PathMap.copyOf(byPath);
  }

  public static Changes of(Map<FilePath, FileChange> byPath) {
    return new Changes(new TreeMap<>(byPath));
  }

  /** What happened to a path; empty if nothing did. */
  public Optional<FileChange> at(FilePath path) {
    return Optional.ofNullable(byPath.get(path));
  }

  public boolean isEmpty() {
    return byPath.isEmpty();
  }

  /** Those of them that pass. */
  public Changes only(BiPredicate<FilePath, FileChange> wanted) {
    var some = PathMap.some(byPath, wanted);
    return some.size() == byPath.size() ? this : new Changes(some);
  }

  /** The way back. */
  public Changes reversed() {
    var back = new TreeMap<FilePath, FileChange>();
    byPath.forEach((path, change) -> back.put(path, change.reversed()));
    return new Changes(back);
  }

  /** These changes and then others, as one step from before the first to after the second. */
  public Changes followedBy(Changes next) {
    if (isEmpty() || next.isEmpty()) {
      return isEmpty() ? next : this;
    }
    var both = new TreeMap<>(byPath);
    next.byPath.forEach((path, change) ->
        FileChange.between(at(path).map(FileChange::before).orElse(change.before()), change.after())
            .ifPresentOrElse(whole -> both.put(path, whole), () -> both.remove(path)));
    return new Changes(both);
  }

  /** By how many files the later snapshot has more. */
  public long growth() {
    return byPath.values().stream()
        .mapToLong(
            change -> (change.after().isPresent() ? 1 : 0) - (change.before().isPresent() ? 1 : 0))
        .sum();
  }
}
