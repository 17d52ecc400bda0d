package dev.syncline.server.workspace;

import dev.syncline.core.port.Hints;
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
   * @return ends it
   */
  AutoCloseable start(Consumer<Hints> listener);
}
