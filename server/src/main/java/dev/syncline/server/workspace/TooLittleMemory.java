package dev.syncline.server.workspace;

import java.util.Objects;
import java.util.stream.Stream;

/** A run that needs more memory than the process may have. */
final class TooLittleMemory {

  private static final int MOST_CAUSES = 20;

  private TooLittleMemory() {}

  /** Whether the heap was too small, whoever met it and however it was passed on. */
  static boolean isCauseOf(Throwable failure) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
        .limit(MOST_CAUSES)
        .anyMatch(OutOfMemoryError.class::isInstance);
  }

  /** What to do about it. */
  static String advice() {
    return "a run needs more memory than the "
        + (Runtime.getRuntime().maxMemory() >> 20)
        + " MiB that this server may use; give it more with SYNCLINE_JAVA_OPTS=-Xmx…. Nothing is"
        + " lost";
  }
}
