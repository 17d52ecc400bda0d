package dev.syncline.core.port;

import dev.syncline.core.model.FilePath;
import java.util.Set;

/**
 * Where an endpoint may have changed. A hint can be wrong, and can be missing; it only saves work.
 */
public sealed interface Hints {

  /** Look everywhere. */
  record Everywhere() implements Hints {}

  /** Look at these files, and at all files in those of them that are folders now or were. */
  record At(Set<FilePath> paths) implements Hints {
    public At {
      paths = Set.copyOf(paths);
    }
  }
}
