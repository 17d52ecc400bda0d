package dev.syncline.server.web.connect;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.NanoTime;

/**
 * Closes HTTP connections on which no request arrives whole in time. An idle timeout alone doesn't
 * see them: a byte now and then, for ever, resets it (the attack called Slowloris). Requests that
 * are being answered, and WebSockets, are left alone.
 *
 * <p>Thread-safe. {@link #sweep} is to be called every few seconds.
 */
public final class StalledConnections implements Connection.Listener {

  private final long patienceNanos;
  private final Traffic traffic;
  private final Map<Connection, Progress> open = new ConcurrentHashMap<>();

  public StalledConnections(Duration patience, Traffic traffic) {
    this.patienceNanos = patience.toNanos();
    this.traffic = traffic;
  }

  @Override
  public void onOpened(Connection connection) {
    if (connection instanceof ConnectionMetaData) {
      open.put(connection, new Waiting(NanoTime.now()));
    }
  }

  @Override
  public void onClosed(Connection connection) {
    // Also told when an HTTP connection becomes a WebSocket.
    open.remove(connection);
  }

  /**
   * Must be told of every request whose headers are there. Jetty's own count of messages won't do:
   * it counts an answer when it begins, and a backup may be sent for an hour.
   */
  public void answering(Request request) {
    Connection connection = request.getConnectionMetaData().getConnection();
    open.replace(connection, new Answering());
    // Not put: a connection that was closed meanwhile must not come back.
    Request.addCompletionListener(
        request, failure -> open.replace(connection, new Waiting(NanoTime.now())));
  }

  /** Closes those that have waited too long. */
  public void sweep() {
    long now = NanoTime.now();
    open.forEach((connection, progress) -> {
      if (progress instanceof Waiting waiting && now - waiting.since() > patienceNanos) {
        traffic.stall();
        connection.getEndPoint().close();
      }
    });
  }

  private sealed interface Progress {}

  private record Waiting(long since) implements Progress {}

  private record Answering() implements Progress {}
}
