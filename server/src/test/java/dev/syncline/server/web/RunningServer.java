package dev.syncline.server.web;

import dev.syncline.server.config.ServerSettings;
import dev.syncline.server.view.AdminAccess;
import dev.syncline.server.view.AdminAccess.Decision;
import dev.syncline.server.web.api.Synced;
import dev.syncline.server.web.connect.Upgrade;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** A server on a free port of this machine, with everything behind it in memory. */
public final class RunningServer implements AutoCloseable {

  public static final String ADMIN = "the administrator's token";
  public static final Instant NOW = Instant.parse("2026-11-21T03:04:05Z");

  /** Nothing is swept within a test, unless the test asks for it. */
  public static final Patience PATIENCE =
      new Patience(
          Duration.ofSeconds(20),
          Duration.ofSeconds(20),
          Duration.ofSeconds(20),
          Duration.ofSeconds(5),
          Duration.ofSeconds(20));

  public final MemoryDocuments documents = new MemoryDocuments();
  public final MemoryTokens tokens = new MemoryTokens();
  public final MemoryArchive archive = new MemoryArchive();
  public final MemoryWorkspaces workspaces = new MemoryWorkspaces();
  public final SettableView view = new SettableView();
  public final HttpServer server;
  private final HttpClient client = HttpClient.newHttpClient();

  public RunningServer(ServerSettings settings, Patience patience, Upgrade upgrade) {
    this(settings, patience, upgrade, Optional.empty());
  }

  /** With real workspaces behind it. */
  public RunningServer(Synced synced) {
    this(settings(), PATIENCE, RunningServer::noSockets, Optional.of(synced));
  }

  private RunningServer(
      ServerSettings settings, Patience patience, Upgrade upgrade, Optional<Synced> synced) {
    AdminAccess access =
        token ->
            switch (token) {
              case ADMIN -> Decision.ALLOWED;
              case "reader" -> Decision.NOT_ENOUGH;
              default -> Decision.UNKNOWN;
            };
    server =
        new HttpServer(
            settings,
            1 << 20,
            patience,
            upgrade,
            new Served(
                view,
                documents,
                tokens,
                archive,
                synced.orElseGet(() ->
                    new Synced(
                        workspaces, new NoFiles(), new NoFiles(), new NoFiles(), new NoFiles())),
                access,
                InstantSource.fixed(NOW)));
    server.start();
  }

  public RunningServer() {
    this(settings(), PATIENCE, RunningServer::noSockets);
  }

  private static Upgrade.Answer noSockets(Upgrade.Visitor visitor) {
    return new Upgrade.Answer.Refused(403, "no sockets here");
  }

  public static ServerSettings settings() {
    return settings(new ServerSettings.Connections(100, 100, List.of()));
  }

  public static ServerSettings settings(ServerSettings.Connections connections) {
    return new ServerSettings("127.0.0.1", 0, Optional.empty(), connections);
  }

  public URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.port() + path);
  }

  /** A request as nobody in particular. */
  public HttpResponse<String> get(String path, String... headers)
      throws IOException, InterruptedException {
    return send(request(path, headers).GET());
  }

  /** A request to the administration API as the administrator. */
  public HttpRequest.Builder admin(String path) {
    return request("/api/v1/" + path, "Authorization", "Bearer " + ADMIN);
  }

  public HttpRequest.Builder request(String path, String... headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri(path));
    return headers.length == 0 ? request : request.headers(headers);
  }

  public HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return client.send(request.build(), BodyHandlers.ofString());
  }

  @Override
  public void close() {
    client.shutdownNow();
    server.close();
  }
}
