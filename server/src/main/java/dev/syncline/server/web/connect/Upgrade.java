package dev.syncline.server.web.connect;

import java.net.InetAddress;
import java.util.Optional;
import org.eclipse.jetty.websocket.api.Session;

/** Decides about each WebSocket before it opens, whatever its path. Thread-safe. */
@FunctionalInterface
public interface Upgrade {

  /** Asked once for each handshake, after the limits of connections have let it pass. */
  Answer decide(Visitor visitor);

  /**
   * Who knocks.
   *
   * @param token from {@code Authorization: Bearer}, else from the query's {@code token}; as
   *     presented, never logged
   * @param address where the client is, as far as trusted proxies can tell
   */
  record Visitor(Optional<String> token, InetAddress address) {
    @Override
    public String toString() {
      return "Visitor[" + address.getHostAddress() + "]";
    }
  }

  /** What becomes of the handshake. */
  sealed interface Answer {

    /** It opens. {@code listener} is for this WebSocket alone. */
    record Accepted(Session.Listener listener) implements Answer {}

    /**
     * It doesn't.
     *
     * @param status of HTTP: 401 without a token that is known, 403 with one that is not enough,
     *     503 while no connections are taken
     * @param sentence for the person who looks at the client
     */
    record Refused(int status, String sentence) implements Answer {}
  }
}
