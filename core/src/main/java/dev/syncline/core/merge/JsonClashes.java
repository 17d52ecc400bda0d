package dev.syncline.core.merge;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** Collects where two sides clash, while a merge walks through a document. */
final class JsonClashes {

  /** Nobody reads more, and hostile documents must not fill the memory with paths. */
  static final int MOST_PATHS = 100;

  private static final int LONGEST_PATH = 1000;

  private final Deque<Supplier<String>> steps = new ArrayDeque<>();
  private final Set<String> paths = new LinkedHashSet<>();

  /**
   * Goes to a value inside.
   *
   * @param step how it is called there; asked for only if there is a clash
   */
  void enter(Supplier<String> step) {
    steps.addLast(step);
  }

  void leave() {
    steps.removeLast();
  }

  /** How many values are around the one that was entered last. */
  int depth() {
    return steps.size();
  }

  /** The value that was entered last clashes. */
  void here() {
    if (paths.size() < MOST_PATHS) {
      paths.add(path());
    }
  }

  List<String> paths() {
    return List.copyOf(paths);
  }

  private String path() {
    var path = new StringBuilder();
    for (Supplier<String> name : steps) {
      String step = name.get();
      if (path.length() + step.length() >= LONGEST_PATH) {
        break;
      }
      path.append('/').append(step.replace("~", "~0").replace("/", "~1"));
    }
    return path.toString();
  }
}
