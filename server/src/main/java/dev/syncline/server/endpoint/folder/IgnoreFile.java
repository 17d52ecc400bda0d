package dev.syncline.server.endpoint.folder;

import java.util.List;
import java.util.Optional;

/**
 * The rules of one {@code .synclineignore}.
 *
 * @param stat how the file looked when it was read
 * @param patterns its lines, in order: the last that matches counts
 */
record IgnoreFile(FileStat stat, List<IgnorePattern> patterns) {

  /** What such a file is called. */
  static final String NAME = ".synclineignore";

  static IgnoreFile of(FileStat stat, String text) {
    String plain = text.startsWith("\uFEFF") ? text.substring(1) : text;
    return new IgnoreFile(
        stat, plain.lines().map(IgnorePattern::of).flatMap(Optional::stream).toList());
  }

  /**
   * What it says about a path.
   *
   * @param names from this file's folder down
   */
  Optional<IgnorePattern.Effect> effectOn(List<String> names, FileStat.Kind kind) {
    for (int i = patterns.size() - 1; i >= 0; i--) {
      IgnorePattern pattern = patterns.get(i);
      boolean reached = pattern.reach() == IgnorePattern.Reach.ALL || kind == FileStat.Kind.FOLDER;
      if (reached && pattern.matches(names)) {
        return Optional.of(pattern.effect());
      }
    }
    return Optional.empty();
  }
}
