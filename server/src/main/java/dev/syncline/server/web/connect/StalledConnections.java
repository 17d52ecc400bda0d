package dev.syncline.server.web.connect;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.util.NanoTime;

/**
 * Closes HTTP connections on which no request arrives whole in time. An idle timeout alone doesn't
 * see them: a byte now and then, for ever, resets it (the attack called Slowloris). Requests that
 * are being answered, and WebSockets, are left alone.
 *
 * <p>Thread-safe. {@link #sweep} is to be called every few seconds.
 */
public final class StalledConnections implements Connection.Listener {

  private final Traffic traffic;
  private final long patienceNanos;
  private final Map<Connection, Progress> waiting = new ConcurrentHashMap<>();

  public StalledConnections(Duration patience, Traffic traffic) {
    this.traffic = traffic;
    this.patienceNanos = patience.toNanos();
  }

  @Override
  public void onOpened(Connection connection) {
    if (connection instanceof ConnectionMetaData) {
      waiting.put(connection, new Progress(0, NanoTime.now()));
    }
  }

  @Override
  public void onClosed(Connection connection) {
    // Also told when an HTTP connection becomes a WebSocket.
    waiting.remove(connection);
  }

  /** Closes those that have waited too long. */
  public void sweep() {
    long now = NanoTime.now();
    waiting.replaceAll((connection, last) -> next(connection, last, now));
    waiting.forEach((connection, last) -> {
      if (now - last.since() > patienceNanos) {
        traffic.stall();
        connection.getEndPoint().close();
      }
    });
  }

  private static Progress next(Connection connection, Progress last, long now) {
    long requests = connection.getMessagesIn();
    boolean answering = requests > connection.getMessagesOut();
    return answering || requests != last.requests() ? new Progress(requests, now) : last;
  }

  /** Requests seen whole, and since when there were no more. */
  private record Progress(long requests, long since) {}
}
