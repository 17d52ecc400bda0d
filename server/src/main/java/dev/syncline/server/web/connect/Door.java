package dev.syncline.server.web.connect;

import dev.syncline.server.web.connect.Traffic.Refusal;
import java.net.InetAddress;
import java.util.List;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.server.ServerUpgradeRequest;
import org.eclipse.jetty.websocket.server.ServerUpgradeResponse;
import org.eclipse.jetty.websocket.server.WebSocketCreator;
import org.jspecify.annotations.Nullable;

/**
 * Where WebSockets come in: holds them to the limits, then asks the {@link Upgrade}, and counts
 * both. Thread-safe.
 */
public final class Door implements WebSocketCreator {

  private static final String RETRY_AFTER_SECONDS = "5";

  private final TrustedProxies proxies;
  private final Traffic traffic;
  private final Upgrade upgrade;
  private final Leases leases = new Leases();

  public Door(TrustedProxies proxies, Traffic traffic, Upgrade upgrade) {
    this.proxies = proxies;
    this.traffic = traffic;
    this.upgrade = upgrade;
  }

  /** Must be told of every connection's end, or places are never given back. */
  public Connection.Listener leases() {
    return leases;
  }

  @Override
  public @Nullable Object createWebSocket(
      ServerUpgradeRequest request, ServerUpgradeResponse response, Callback callback) {
    InetAddress address = proxies.client(request);
    return switch (traffic.limits().acquire(address)) {
      case Admission.Full full -> {
        var refused =
            new Upgrade.Answer.Refused(503, "all " + full.limit() + " connections are taken");
        yield refuse(Refusal.TOO_MANY_CONNECTIONS, refused, response, callback);
      }
      case Admission.AddressFull full -> {
        var refused =
            new Upgrade.Answer.Refused(
                429, "all " + full.limit() + " connections of one address are taken");
        yield refuse(Refusal.TOO_MANY_FROM_ADDRESS, refused, response, callback);
      }
      case Admission.Lease lease -> {
        var visitor = new Upgrade.Visitor(Presented.token(request), address);
        yield ask(lease, visitor, request, response, callback);
      }
    };
  }

  private @Nullable Object ask(
      Admission.Lease lease,
      Upgrade.Visitor visitor,
      Request request,
      ServerUpgradeResponse response,
      Callback callback) {
    Upgrade.Answer answer;
    try {
      answer = upgrade.decide(visitor);
    } catch (RuntimeException e) {
      lease.close();
      throw e;
    }
    return switch (answer) {
      case Upgrade.Answer.Accepted accepted -> {
        // Compression would keep 300 KB of native memory for each busy connection, and changes that
        // are worth it come deflated already.
        response.setExtensions(List.of());
        leases.hold(request.getConnectionMetaData().getConnection().getEndPoint(), lease);
        traffic.accept();
        yield accepted.listener();
      }
      case Upgrade.Answer.Refused refused -> {
        lease.close();
        yield refuse(Refusal.DENIED, refused, response, callback);
      }
    };
  }

  /** Null is Jetty's word for: the answer was given already, and there is no WebSocket. */
  private @Nullable Object refuse(
      Refusal reason, Upgrade.Answer.Refused answer, Response response, Callback callback) {
    traffic.refuse(reason);
    response.setStatus(answer.status());
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/plain; charset=utf-8");
    switch (answer.status()) {
      case 401 -> response.getHeaders().put(HttpHeader.WWW_AUTHENTICATE, "Bearer");
      case 429, 503 -> response.getHeaders().put(HttpHeader.RETRY_AFTER, RETRY_AFTER_SECONDS);
      default -> {}
    }
    Content.Sink.write(response, true, answer.sentence() + "\n", callback);
    return null;
  }
}
