package dev.syncline.server.endpoint.relay;

import dev.syncline.core.port.Hints;
import java.util.function.Consumer;

/** Tells when it is time to look at a folder, because of what was heard of it. */
public final class RelayWatch implements AutoCloseable {

  private final Thread thread;

  private RelayWatch(Thread thread) {
    this.thread = thread;
  }

  /**
   * Starts.
   *
   * @param listener told on a thread of the watch
   */
  public static RelayWatch start(RelayEndpoint endpoint, Marks marks, Consumer<Hints> listener) {
    Runnable watching =
        () -> {
          try {
            while (true) {
              marks.awaitDue();
              listener.accept(endpoint.heard());
            }
          } catch (InterruptedException e) {
            // Closed.
          }
        };
    return new RelayWatch(Thread.ofVirtual().name("relay-watch").start(watching));
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
