package dev.syncline.server.web.connect;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;

/**
 * Gives the places of WebSockets back when their network connections end, however they end: also if
 * a handshake was accepted and never finished. Thread-safe.
 */
final class Leases implements Connection.Listener {

  private final Map<EndPoint, Admission.Lease> held = new ConcurrentHashMap<>();

  /** Keeps the lease until the network connection is closed. */
  void hold(EndPoint endPoint, Admission.Lease lease) {
    Admission.Lease before = held.put(endPoint, lease);
    if (before != null) {
      before.close();
    }
    // It may have been closed before we put the lease: then nobody else takes it out.
    if (!endPoint.isOpen()) {
      release(endPoint);
    }
  }

  @Override
  public void onClosed(Connection connection) {
    EndPoint endPoint = connection.getEndPoint();
    // An HTTP connection that becomes a WebSocket is told as closed too, while the network
    // connection goes on.
    if (!endPoint.isOpen()) {
      release(endPoint);
    }
  }

  private void release(EndPoint endPoint) {
    Admission.Lease lease = held.remove(endPoint);
    if (lease != null) {
      lease.close();
    }
  }
}
