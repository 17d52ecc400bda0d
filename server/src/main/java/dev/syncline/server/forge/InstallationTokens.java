package dev.syncline.server.forge;

import dev.syncline.core.model.SyncException;
import java.io.IOException;
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
import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Tokens with which an app may read and write the contents of one repository. GitHub gives one for
 * an hour; a new one is asked for after half of that, so that none ends in the middle of a push,
 * and a change of the app's permissions counts soon. Thread-safe.
 *
 * @see <a href="https://docs.github.com/rest/apps/apps">the endpoint</a>
 */
public final class InstallationTokens implements Supplier<String> {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** Clocks that are further apart than this explain why a proof isn't accepted. */
  private static final Duration CLOCKS_APART = Duration.ofSeconds(55);

  private static final Duration LONGEST_WAIT = Duration.ofHours(1);

  private final GitHubApp app;
  private final InstantSource clock;
  private Optional<Token> latest = Optional.empty();

  private record Token(String secret, Instant renewAt) {}

  public InstallationTokens(GitHubApp app, InstantSource clock) {
    this.app = app;
    this.clock = clock;
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

  private Token ask() {
    Instant now = clock.instant();
    HttpRequest request =
        HttpRequest.newBuilder(app.tokens())
            .timeout(PATIENCE)
            .header("Accept", "application/vnd.github+json")
            .header("X-GitHub-Api-Version", "2022-11-28")
            .header("User-Agent", "Syncline")
            .header("Content-Type", "application/json")
            .header("Authorization", "Bearer " + AppKey.read(app.key()).proof(app.id(), now))
            .POST(BodyPublishers.ofString(body().toString()))
            .build();
    // One request in half an hour: nothing of it is worth keeping.
    try (var client = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
      HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
      if (answer.statusCode() != 201) {
        throw refused(answer, now);
      }
      return token(answer, now);
    } catch (IOException e) {
      throw new SyncException.Unavailable(
          "GitHub's API at " + app.api() + " can't be reached: " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SyncException.Unavailable("interrupted while GitHub was asked for a token", e);
    }
  }

  /** No more than is needed, whatever else the app may do. */
  private ObjectNode body() {
    ObjectNode body = JsonMapper.shared().createObjectNode();
    body.putArray("repositories").add(app.repository());
    body.putObject("permissions").put("contents", "write");
    return body;
  }

  private Token token(HttpResponse<String> answer, Instant now) {
    try {
      JsonNode body = JsonMapper.shared().readTree(answer.body());
      Instant ends = Instant.parse(body.path("expires_at").asString());
      // By GitHub's own clock, since ours may be another.
      Duration life = Duration.between(serverTime(answer).orElse(now), ends);
      return new Token(body.path("token").asString(), now.plus(life.dividedBy(2)));
    } catch (JacksonException | DateTimeException e) {
      throw new SyncException.Unavailable(
          "GitHub's API at " + app.api() + " answers with something else than a token", e);
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
              "it has no installation "
                  + app.installation()
                  + ": take the number at the end of the address of the installation's page";
          case 422 ->
              "its installation "
                  + app.installation()
                  + " needs the repository "
                  + app.repository()
                  + " and the permission Contents: read and write";
          default -> "check that " + app.api() + " is GitHub's API";
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
