package dev.syncline.server.forge;

import dev.syncline.core.model.SyncException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Tokens with which an app may change one repository. GitHub gives one for an hour; a new one is
 * asked for after half of that, so that none ends in the middle of a push, and a change of the
 * app's permissions counts soon. Thread-safe.
 *
 * @see <a href="https://docs.github.com/rest/apps/apps">the endpoints</a>
 */
public final class InstallationTokens implements Supplier<String> {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final int CREATED = 201;
  private static final int MISSING = 404;
  private static final int UNPROCESSABLE = 422;

  private final GitHubApp app;
  private final ForgeRepository repository;
  private GitHubApp.Purpose purpose;
  private final InstantSource clock;
  private Optional<Long> installation;
  private Optional<Token> latest = Optional.empty();

  private record Token(String secret, Instant renewAt) {}

  public InstallationTokens(
      GitHubApp app, ForgeRepository repository, GitHubApp.Purpose purpose, InstantSource clock) {
    this.app = app;
    this.repository = repository;
    this.purpose = purpose;
    this.clock = clock;
    this.installation = app.installation();
  }

  /**
   * A token that is good for half an hour at least.
   *
   * @throws SyncException.Denied if GitHub doesn't take the app for what it says it is
   * @throws SyncException.Unavailable if GitHub can't be asked now
   */
  @Override
  public synchronized String get() {
    if (latest.isEmpty() || !clock.instant().isBefore(latest.get().renewAt())) {
      latest = Optional.empty();
      latest = Optional.of(ask());
    }
    return latest.get().secret();
  }

  /** Told when GitHub takes the last one no more: the next one is new. */
  synchronized void forget() {
    latest = Optional.empty();
  }

  private Token ask() {
    Instant now = clock.instant();
    // One talk in half an hour: nothing of it is worth keeping.
    try (var client = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
      Answer answer = token(client, now);
      if (answer.status() == MISSING && !installation.equals(app.installation())) {
        // The app may have been installed anew.
        installation = Optional.empty();
        answer = token(client, now);
      }
      if (answer.status() == UNPROCESSABLE
          && purpose == GitHubApp.Purpose.PULL_REQUESTS_AND_TEAMS) {
        // The installation may lack what is only good to have.
        purpose = GitHubApp.Purpose.PULL_REQUESTS;
        answer = token(client, now);
      }
      if (answer.status() != CREATED) {
        throw refused(answer, now);
      }
      return read(answer, now);
    } catch (IOException e) {
      throw new SyncException.Unavailable(api() + " can't be reached: " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SyncException.Unavailable("interrupted while GitHub was asked for a token", e);
    }
  }

  /** No more than is needed, whatever else the app may do. */
  private Map<String, String> permissions() {
    return switch (purpose) {
      case CONTENTS -> Map.of("contents", "write");
      case PULL_REQUESTS -> Map.of("contents", "write", "pull_requests", "write");
      case PULL_REQUESTS_AND_TEAMS ->
          Map.of("contents", "write", "pull_requests", "write", "members", "read");
    };
  }

  private Answer token(HttpClient client, Instant now) throws IOException, InterruptedException {
    if (installation.isEmpty()) {
      String path = "/repos/" + repository.path() + "/installation";
      Answer answer = send(client, request(path, now).build());
      if (!answer.body().path("id").isNumber()) {
        throw refused(answer, now);
      }
      installation = Optional.of(answer.body().path("id").asLong());
    }
    ObjectNode body = JsonMapper.shared().createObjectNode();
    body.putArray("repositories").add(repository.name());
    ObjectNode asked = body.putObject("permissions");
    new TreeMap<>(permissions()).forEach(asked::put);
    String path = "/app/installations/" + installation.get() + "/access_tokens";
    return send(
        client,
        request(path, now)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body.toString()))
            .build());
  }

  private HttpRequest.Builder request(String path, Instant now) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(repository.api() + path))
            .timeout(PATIENCE)
            .header("User-Agent", "Syncline")
            .header("Authorization", "Bearer " + AppKey.read(app.key()).proof(app.id(), now));
    Manners.of(ForgeKind.GITHUB).headers().forEach(request::header);
    return request;
  }

  private Answer send(HttpClient client, HttpRequest request)
      throws IOException, InterruptedException {
    HttpResponse<String> heard = client.send(request, BodyHandlers.ofString());
    Optional<JsonNode> body = Answer.json(heard.body());
    if (body.isEmpty() && heard.statusCode() / 100 == 2) {
      throw new SyncException.Unavailable(api() + " answers without JSON");
    }
    return new Answer(
        heard.statusCode(), heard.headers(), body.orElse(MissingNode.getInstance()), false);
  }

  private Token read(Answer answer, Instant now) {
    try {
      Instant ends = Instant.parse(answer.body().path("expires_at").asString(""));
      // By GitHub's own clock, since ours may be another.
      Duration life = Duration.between(answer.date().orElse(now), ends);
      return new Token(answer.body().path("token").asString(""), now.plus(life.dividedBy(2)));
    } catch (DateTimeException e) {
      throw new SyncException.Unavailable(api() + " answers with something else than a token", e);
    }
  }

  private SyncException refused(Answer answer, Instant now) {
    return new AppRefusal(app, repository, purpose, installation).of(answer, now);
  }

  private String api() {
    return "GitHub's API at " + repository.api();
  }
}
