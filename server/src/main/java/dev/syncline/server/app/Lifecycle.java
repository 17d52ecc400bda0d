package dev.syncline.server.app;

import dev.syncline.core.model.SyncException;
import dev.syncline.server.config.Configuration;
import dev.syncline.server.config.DocumentSettings;
import dev.syncline.server.document.websocket.Sockets;
import dev.syncline.server.ledger.remote.LocalSsh;
import dev.syncline.server.view.ServerStatus;
import dev.syncline.server.web.HttpServer;
import dev.syncline.server.web.Patience;
import dev.syncline.server.web.Served;
import dev.syncline.server.web.api.AdminToken;
import dev.syncline.server.web.api.Synced;
import dev.syncline.server.workspace.LiveWorkspaces;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A server from its start to its end. */
final class Lifecycle implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Lifecycle.class);
  private static final String ADMIN_TOKEN = "admin-token";
  private static final int ADMIN_TOKEN_BYTES = 32;
  private static final int PING_SECONDS = 15;

  private final Holdings holdings;
  private final LiveView view;
  private final Sockets sockets;
  private final HttpServer http;
  private final InstantSource clock;
  private final Relief relief;
  private final ScheduledExecutorService clockwork =
      Executors.newSingleThreadScheduledExecutor(
          task -> Thread.ofPlatform().daemon().name("clockwork").unstarted(task));

  private Lifecycle(
      Holdings holdings, LiveView view, Sockets sockets, HttpServer http, InstantSource clock) {
    this.holdings = holdings;
    this.view = view;
    this.sockets = sockets;
    this.http = http;
    this.clock = clock;
    this.relief = new Relief(clock.instant());
  }

  /**
   * Starts a server; it takes clients when this returns.
   *
   * @throws SyncException if it can't; then nothing is left open
   */
  static Lifecycle start(Configuration configuration, String version, InstantSource clock) {
    Holdings holdings = Holdings.open(configuration, LiveWorkspaces.Work.ALWAYS, clock);
    try {
      String token = drawToken();
      Path tokenFile = holdings.directory().writePrivate(ADMIN_TOKEN, token);
      Lifecycle server = assemble(holdings, configuration, version, new AdminToken(token), clock);
      server.start(configuration, tokenFile);
      return server;
    } catch (RuntimeException e) {
      holdings.close();
      throw e;
    }
  }

  private static String drawToken() {
    byte[] random = new byte[ADMIN_TOKEN_BYTES];
    new SecureRandom().nextBytes(random);
    return HexFormat.of().formatHex(random);
  }

  private static Lifecycle assemble(
      Holdings holdings,
      Configuration configuration,
      String version,
      AdminToken adminToken,
      InstantSource clock) {
    DocumentSettings documents = configuration.documents();
    String storage =
        switch (documents.storage()) {
          case FILES -> "files in " + holdings.directory().path();
          case DATABASE ->
              configuration.database().map(database -> database.safeUrl()).orElse("the database");
        };
    var view = new LiveView(holdings, version, storage, clock);
    var sockets = new Sockets(holdings.server());
    var served =
        new Served(
            view,
            holdings.documents(),
            new EndingTokens(holdings.tokens(), holdings.server()),
            holdings.archive(),
            synced(holdings, configuration, clock),
            new Administrators(adminToken, documents.auth(), holdings.tokens(), clock),
            clock);
    var http =
        new HttpServer(
            configuration.server(),
            documents.limits().maxFrameBytes(),
            Patience.DEFAULTS,
            new Reception(documents.auth(), holdings.tokens(), sockets, clock),
            served);
    return new Lifecycle(holdings, view, sockets, http, clock);
  }

  private static Synced synced(
      Holdings holdings, Configuration configuration, InstantSource clock) {
    LiveWorkspaces workspaces = holdings.workspaces();
    var ssh = new LocalSsh(configuration.dataDir(), configuration.keys().ssh());
    return new Synced(
        workspaces,
        workspaces.files(),
        workspaces.signals(),
        new LedgerClones(workspaces),
        new RelayHooks(
            configuration.keys().webhooks(), holdings.relays()::hear, ssh::usual, clock));
  }

  private void start(Configuration configuration, Path tokenFile) {
    http.start();
    every(1, this::tick);
    every(PING_SECONDS, sockets::ping);
    view.enter(ServerStatus.Phase.RUNNING);
    URI url = Addresses.local(configuration.server(), http.port());
    holdings.directory().announce(url, tokenFile);
    LOG.atInfo()
        .addKeyValue("url", url)
        .addKeyValue("storage", view.status().storage())
        .log("ready");
    if (configuration.documents().auth() == DocumentSettings.Auth.NONE
        && Addresses.isPublic(configuration.server().host())) {
      LOG.atWarn()
          .log(
              "open to everybody who can reach it, and this machine has a public address: "
                  + "set documents.auth to token, or server.host to a private address");
    }
  }

  int port() {
    return http.port();
  }

  /** Ends it with nothing lost. */
  @Override
  public void close() {
    LOG.atInfo().log("stopping");
    view.enter(ServerStatus.Phase.STOPPING);
    clockwork.shutdown();
    http.close();
    holdings.close();
    LOG.atInfo().log("stopped");
  }

  private void tick() {
    view.watch();
    holdings.server().sweep();
    if (relief.isDue(holdings.server().memory(), clock.instant())) {
      System.gc();
    }
    holdings
        .server()
        .sendAway(
            access -> access instanceof TokenAccess token && token.hasExpired(),
            "the token has expired");
  }

  /** A failed run is reported, and the next one is tried all the same. */
  private void every(int seconds, Runnable task) {
    Runnable guarded =
        () -> {
          try {
            task.run();
          } catch (RuntimeException e) {
            LOG.atError().setCause(e).log("a regular task failed");
          }
        };
    ScheduledFuture<?> _ =
        clockwork.scheduleWithFixedDelay(guarded, seconds, seconds, TimeUnit.SECONDS);
  }
}
