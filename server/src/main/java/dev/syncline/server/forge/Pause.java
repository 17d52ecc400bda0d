package dev.syncline.server.forge;

import dev.syncline.core.model.SyncException;
import java.time.Duration;

/** How one waits, so that tests need not. */
@FunctionalInterface
public interface Pause {

  /** Waits as time goes. */
  Pause REAL = Thread::sleep;

  void sleep(Duration time) throws InterruptedException;

  /**
   * Waits.
   *
   * @throws SyncException.Unavailable if the thread is interrupted
   */
  default void take(Duration time) {
    try {
      if (time.isPositive()) {
        sleep(time);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SyncException.Unavailable("interrupted while a forge asked to wait", e);
    }
  }
}
