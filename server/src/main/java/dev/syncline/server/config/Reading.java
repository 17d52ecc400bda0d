package dev.syncline.server.config;

import dev.syncline.core.model.SyncException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What came of reading a configuration. */
public sealed interface Reading {

  /**
   * It can be used.
   *
   * @param file the file that was read; none if empty
   */
  record Accepted(Configuration configuration, Values values, Optional<Path> file)
      implements Reading {}

  /** It can't be used, for these reasons: all that there are, not only the first. */
  record Refused(List<Problem> problems) implements Reading {
    public Refused {
      problems = List.copyOf(problems);
    }

    /** The problems, a line each. */
    public String text() {
      return problems.stream().map(Problem::toString).collect(Collectors.joining("\n"));
    }
  }

  /**
   * The configuration, for whoever can't go on without one.
   *
   * @throws SyncException.Invalid with all problems, a line each
   */
  default Configuration orThrow() {
    return switch (this) {
      case Accepted accepted -> accepted.configuration();
      case Refused refused -> throw new SyncException.Invalid(refused.text());
    };
  }
}
