package dev.syncline.server.document.websocket;

import dev.syncline.server.document.Access;
import dev.syncline.server.document.DocumentServer;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.websocket.api.Session;

/** All open WebSockets of the document server. Thread-safe. */
public final class Sockets {

  private final DocumentServer server;
  private final Set<DocumentSocket> open = ConcurrentHashMap.newKeySet();

  public Sockets(DocumentServer server) {
    this.server = server;
  }

  /** A listener for one socket that is about to be opened. */
  public Session.Listener listener(Access access) {
    return new DocumentSocket(this, server, access);
  }

  /** To be called every few seconds: finds clients that are gone without a word. */
  public void ping() {
    open.forEach(DocumentSocket::ping);
  }

  void opened(DocumentSocket socket) {
    open.add(socket);
  }

  void closed(DocumentSocket socket) {
    open.remove(socket);
  }
}
