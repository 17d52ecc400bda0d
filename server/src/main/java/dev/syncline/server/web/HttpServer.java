package dev.syncline.server.web;

import dev.syncline.core.model.SyncException;
import dev.syncline.server.config.ServerSettings;
import dev.syncline.server.web.connect.Certificates;
import dev.syncline.server.web.connect.ConnectionLimits;
import dev.syncline.server.web.connect.Door;
import dev.syncline.server.web.connect.StalledConnections;
import dev.syncline.server.web.connect.Traffic;
import dev.syncline.server.web.connect.TrustedProxies;
import dev.syncline.server.web.connect.Upgrade;
import java.io.IOException;
import java.net.BindException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.server.WebSocketUpgradeHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything that the server offers over the network, on one port: WebSockets on any path, and
 * pages, probes, metrics and the administration API for plain requests. Thread-safe.
 */
public final class HttpServer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);

  /** For probes, and for handshakes that are refused: they need a connection to be told so. */
  private static final int CONNECTIONS_BESIDE_SOCKETS = 512;

  private static final int MAX_TEXT_BYTES = 64 << 10;

  private final ServerSettings settings;
  private final Patience patience;
  private final Traffic traffic;
  private final Optional<Certificates> certificates;
  private final StalledConnections stalled;
  private final Server server;
  private final ServerConnector connector;
  private final Routes routes;

  /**
   * @param maxFrameBytes longest message that a WebSocket may send
   * @throws SyncException.Invalid if the settings can't be used, the TLS files above all
   */
  public HttpServer(
      ServerSettings settings,
      int maxFrameBytes,
      Patience patience,
      Upgrade upgrade,
      Served served) {
    this.settings = settings;
    this.patience = patience;
    ServerSettings.Connections limits = settings.connections();
    this.traffic = new Traffic(new ConnectionLimits(limits.max(), limits.maxPerAddress()));
    this.certificates = settings.tls().map(Certificates::new);
    this.stalled = new StalledConnections(patience.request(), traffic);
    this.server = Engine.server(patience);
    this.connector = Engine.connector(server, settings, certificates, patience);
    var door = new Door(TrustedProxies.parse(limits.trustedProxies()), traffic, upgrade);
    connector.addBean(stalled);
    connector.addBean(door.leases());
    server.addConnector(connector);
    server.addBean(
        new NetworkConnectionLimit(
            Math.addExact(limits.max(), CONNECTIONS_BESIDE_SOCKETS), connector));
    server.setRequestLog((request, response) -> traffic.answered(response.getStatus()));
    // Only pages are refused once the server stops: a client on Node that gets an error in answer
    // to
    // its upgrade throws it, while a WebSocket that ends is a reason to come back.
    this.routes = new Routes(served, traffic);
    var pages = new GracefulHandler(routes);
    server.setHandler(watched(sockets(maxFrameBytes, door, pages)));
  }

  /**
   * Opens the port.
   *
   * @throws SyncException.Unavailable if another program has it
   * @throws SyncException.Invalid if this machine has no such address, or doesn't allow the port
   */
  public void start() {
    try {
      connector.open();
    } catch (IOException | UnresolvedAddressException e) {
      throw cannotListen(e);
    }
    try {
      server.start();
    } catch (Exception e) {
      throw new IllegalStateException("Jetty did not start", e);
    }
    sweepLater();
  }

  /** The port that is listened on: the one that the system chose, if the settings say 0. */
  public int port() {
    return connector.getLocalPort();
  }

  /**
   * Takes no more connections, tells open WebSockets that the server goes away (1001), waits a
   * little for answers that are under way, and closes the rest.
   */
  @Override
  public void close() {
    routes.close();
    try {
      server.stop();
    } catch (TimeoutException e) {
      // Somebody took too long, and was cut off; all the rest was stopped as it should be.
      LOG.atInfo().log("connections that were still busy were closed");
    } catch (Exception e) {
      throw new IllegalStateException("Jetty did not stop", e);
    }
  }

  private Handler sockets(int maxFrameBytes, Door door, Handler pages) {
    var upgrades =
        WebSocketUpgradeHandler.from(
            server,
            container -> {
              container.setMaxBinaryMessageSize(maxFrameBytes);
              container.setMaxTextMessageSize(MAX_TEXT_BYTES);
              container.setIdleTimeout(patience.socket());
              container.addMapping("/*", door);
            });
    upgrades.setHandler(pages);
    return upgrades;
  }

  private Handler watched(Handler inner) {
    return new Handler.Wrapper(inner) {
      @Override
      public boolean handle(Request request, Response response, Callback callback)
          throws Exception {
        stalled.answering(request);
        return super.handle(request, response, callback);
      }
    };
  }

  private void sweepLater() {
    server
        .getScheduler()
        .schedule(
            () -> {
              try {
                // Not on the scheduler's only thread: a file system may take its time.
                server.getThreadPool().execute(this::sweep);
              } catch (RejectedExecutionException e) {
                // The server stops; there is nothing left to sweep.
              }
            },
            patience.sweep());
  }

  private void sweep() {
    stalled.sweep();
    certificates.ifPresent(Certificates::reload);
    if (server.isRunning()) {
      sweepLater();
    }
  }

  private SyncException cannotListen(Exception cause) {
    String where =
        "port " + settings.port() + (settings.host().isBlank() ? "" : " of " + settings.host());
    Throwable root = cause;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    if (root instanceof BindException
        && String.valueOf(root.getMessage()).contains("already in use")) {
      return new SyncException.Unavailable(
          where + " is in use: stop the program that has it, or choose another with server.port",
          cause);
    }
    return new SyncException.Invalid("can't listen on " + where + ": " + root.getMessage(), cause);
  }
}
