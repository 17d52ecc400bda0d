package dev.syncline.server.workspace;

import dev.syncline.core.model.FilePath;
import dev.syncline.core.port.Hints;
import java.util.HashSet;
import java.util.Set;

/** Signals that wait for a link's next run, as one. Not thread-safe. */
final class Pending {

  /** With more paths than this, looking everywhere costs less than remembering them. */
  private static final int MANY = 10_000;

  private final Set<FilePath> paths = new HashSet<>();
  private boolean any;
  private boolean everywhere;

  void add(Hints hints) {
    any = true;
    switch (hints) {
      case Hints.Everywhere() -> everywhere = true;
      case Hints.At(Set<FilePath> at) -> paths.addAll(at);
    }
    if (everywhere || paths.size() > MANY) {
      everywhere = true;
      paths.clear();
    }
  }

  boolean isEmpty() {
    return !any;
  }

  /** How many paths it names. */
  int size() {
    return paths.size();
  }

  /** All of them; none are left. */
  Hints take() {
    Hints hints = everywhere ? new Hints.Everywhere() : new Hints.At(paths);
    paths.clear();
    any = false;
    everywhere = false;
    return hints;
  }
}
