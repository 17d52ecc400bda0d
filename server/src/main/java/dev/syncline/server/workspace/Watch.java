package dev.syncline.server.workspace;

import dev.syncline.core.plan.Run;
import dev.syncline.core.port.Hints;
import java.util.Optional;
import java.util.function.Consumer;

/** Tells when an endpoint may have changed. It may miss something, and may tell too often. */
@FunctionalInterface
public interface Watch {

  /** Nobody tells. */
  Watch NONE = listener -> () -> {};

  /**
   * Starts watching.
   *
   * @param listener hears where something may have changed, on any thread
   */
  Watching start(Consumer<Hints> listener);

  /** A watch that goes on until it is closed. */
  @FunctionalInterface
  interface Watching extends AutoCloseable {

    @Override
    void close();

    /** A run of the link ended, whoever had asked for it. */
    default void ended(Run run) {}

    /** Why changes may be found late, and what to do; empty while all is watched. */
    default Optional<String> problem() {
      return Optional.empty();
    }
  }
}
