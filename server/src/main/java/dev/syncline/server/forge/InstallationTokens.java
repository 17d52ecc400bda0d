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
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
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

  /** Clocks that are further apart than this explain why a proof isn't accepted. */
  private static final Duration CLOCKS_APART = Duration.ofSeconds(55);

  private static final Duration LONGEST_WAIT = Duration.ofHours(1);

  private static final int CREATED = 201;
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
      long number = installation(client, now);
      HttpResponse<String> answer = token(client, number, now);
      if (answer.statusCode() == UNPROCESSABLE
          && purpose == GitHubApp.Purpose.PULL_REQUESTS_AND_TEAMS) {
        // The installation may lack what is only good to have.
        purpose = GitHubApp.Purpose.PULL_REQUESTS;
        answer = token(client, number, now);
      }
      if (answer.statusCode() != CREATED) {
        throw refused(answer, now);
      }
      return token(answer, now);
    } catch (IOException e) {
      throw new SyncException.Unavailable(
          "GitHub's API at " + repository.api() + " can't be reached: " + e, e);
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

  private long installation(HttpClient client, Instant now)
      throws IOException, InterruptedException {
    if (installation.isEmpty()) {
      String path = "/repos/" + repository.path() + "/installation";
      HttpResponse<String> answer =
          client.send(request(path, now).build(), BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw refused(answer, now);
      }
      installation = Optional.of(json(answer).path("id").asLong());
    }
    return installation.get();
  }

  private HttpResponse<String> token(HttpClient client, long number, Instant now)
      throws IOException, InterruptedException {
    ObjectNode body = JsonMapper.shared().createObjectNode();
    body.putArray("repositories").add(repository.name());
    ObjectNode asked = body.putObject("permissions");
    new TreeMap<>(permissions()).forEach(asked::put);
    HttpRequest request =
        request("/app/installations/" + number + "/access_tokens", now)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body.toString()))
            .build();
    return client.send(request, BodyHandlers.ofString());
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

  private JsonNode json(HttpResponse<String> answer) {
    try {
      return JsonMapper.shared().readTree(answer.body());
    } catch (JacksonException e) {
      throw new SyncException.Unavailable(
          "GitHub's API at " + repository.api() + " answers without JSON", e);
    }
  }

  private Token token(HttpResponse<String> answer, Instant now) {
    JsonNode body = json(answer);
    try {
      Instant ends = Instant.parse(body.path("expires_at").asString(""));
      // By GitHub's own clock, since ours may be another.
      Duration life = Duration.between(serverTime(answer).orElse(now), ends);
      return new Token(body.path("token").asString(""), now.plus(life.dividedBy(2)));
    } catch (DateTimeException e) {
      throw new SyncException.Unavailable(
          "GitHub's API at " + repository.api() + " answers with something else than a token", e);
    }
  }

  private SyncException refused(HttpResponse<String> answer, Instant now) {
    int status = answer.statusCode();
    String said = "GitHub answers " + status + " (" + message(answer) + ") to the app " + app.id();
    Optional<Instant> notBefore = notBefore(answer, now);
    if (status == 429 || status >= 500 || (status == 403 && notBefore.isPresent())) {
      return new SyncException.Unavailable(said, new IOException(said), notBefore.orElse(now));
    }
    String advice =
        switch (status) {
          case 401 ->
              clocks(answer, now)
                  .orElse("check that the id is the app's, and that the key is one of its keys");
          case 403 -> "the app or its installation may be suspended: look at its settings";
          case 404 ->
              installation
                  .map(number ->
                      "it has no installation "
                          + number
                          + ": take the number at the end of the address of the"
                          + " installation's page")
                  .orElse("install it for " + repository.path());
          case UNPROCESSABLE ->
              "its installation needs the repository "
                  + repository.name()
                  + " and the permission"
                  + switch (purpose) {
                    case CONTENTS -> " Contents: read and write";
                    case PULL_REQUESTS, PULL_REQUESTS_AND_TEAMS ->
                        "s Contents: read and write, and Pull requests: read and write";
                  };
          default -> "check that " + repository.api() + " is GitHub's API";
        };
    return new SyncException.Denied(said + ": " + advice);
  }

  /** What explains a refusal if one of the clocks is wrong. */
  private static Optional<String> clocks(HttpResponse<String> answer, Instant now) {
    return serverTime(answer)
        .map(theirs -> Duration.between(theirs, now))
        .filter(apart -> apart.abs().compareTo(CLOCKS_APART) > 0)
        .map(apart ->
            "this machine's clock is "
                + apart.abs().toSeconds()
                + " seconds "
                + (apart.isNegative() ? "behind" : "ahead of")
                + " GitHub's: set it right");
  }

  private static String message(HttpResponse<String> answer) {
    try {
      String text = JsonMapper.shared().readTree(answer.body()).path("message").asString("");
      return text.isBlank() ? "without a word" : text;
    } catch (JacksonException _) {
      return "without a word";
    }
  }

  private static Optional<Instant> notBefore(HttpResponse<String> answer, Instant now) {
    Optional<Instant> asked =
        header(answer, "Retry-After")
            .map(now::plusSeconds)
            .or(() ->
                header(answer, "X-RateLimit-Remaining")
                    .filter(left -> left == 0)
                    .flatMap(none -> header(answer, "X-RateLimit-Reset"))
                    .map(Instant::ofEpochSecond));
    Instant longest = now.plus(LONGEST_WAIT);
    return asked.map(moment -> moment.isAfter(longest) ? longest : moment);
  }

  private static Optional<Long> header(HttpResponse<String> answer, String name) {
    return answer
        .headers()
        .firstValue(name)
        .filter(text -> text.matches("[0-9]{1,12}"))
        .map(Long::valueOf);
  }

  private static Optional<Instant> serverTime(HttpResponse<String> answer) {
    try {
      return answer
          .headers()
          .firstValue("Date")
          .map(text -> ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }
}
