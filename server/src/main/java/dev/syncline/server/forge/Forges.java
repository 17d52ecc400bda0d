package dev.syncline.server.forge;

import dev.syncline.core.port.PullRequests;
import dev.syncline.core.port.VerifiedCommits;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Speaks with forges, with each of them one request after another. Thread-safe. */
public final class Forges implements AutoCloseable {

  private static final Duration CONNECT = Duration.ofSeconds(10);

  private final InstantSource clock;
  private final Pause pause;
  private final HttpClient client =
      HttpClient.newBuilder()
          .connectTimeout(CONNECT)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();
  private final Map<String, Wire> wires = new ConcurrentHashMap<>();

  public Forges(InstantSource clock, Pause pause) {
    this.clock = clock;
    this.pause = pause;
  }

  /** The pull requests of a repository; nothing is asked yet. Keep it: it remembers answers. */
  public PullRequests pullRequests(ForgeRepository repository, Login login) {
    Wire wire =
        wires.computeIfAbsent(
            String.valueOf(repository.api().getAuthority()),
            host -> new Wire(client, clock, pause));
    var http = new ForgeHttp(repository, login, wire);
    Dialect dialect =
        switch (repository.kind()) {
          case GITHUB -> new GitHubDialect(http, repository);
          case GITLAB -> new GitLabDialect(http, repository);
          case GITEA -> new GiteaDialect(http, repository);
        };
    return new ForgePullRequests(http, dialect, commits(http, repository, login));
  }

  private static Optional<VerifiedCommits> commits(
      ForgeHttp http, ForgeRepository repository, Login login) {
    return switch (login) {
      case Login.App _ -> Optional.of(new GitHubCommits(http, repository));
      case Login.Token _ -> Optional.empty();
    };
  }

  @Override
  public void close() {
    client.shutdownNow();
    client.close();
  }
}
