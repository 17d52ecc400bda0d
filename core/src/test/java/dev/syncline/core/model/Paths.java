package dev.syncline.core.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Short words for tests of the model. */
final class Paths {

  private Paths() {}

  static FilePath path(String path) {
    return new FilePath(path);
  }

  static Set<FilePath> paths(String... paths) {
    return Arrays.stream(paths).map(FilePath::new).collect(Collectors.toSet());
  }

  /** A file of this text; the empty text is no file. */
  static Optional<FileVersion> version(String text) {
    return text.isEmpty()
        ? Optional.empty()
        : Optional.of(FileVersion.regular(ContentId.ofContents(text.getBytes(UTF_8))));
  }

  static FileChange change(String before, String after) {
    return FileChange.between(version(before), version(after)).orElseThrow();
  }

  static Changes changes(Map<String, FileChange> byPath) {
    var changes = new TreeMap<FilePath, FileChange>();
    byPath.forEach((path, change) -> changes.put(new FilePath(path), change));
    return new Changes(changes);
  }
}
