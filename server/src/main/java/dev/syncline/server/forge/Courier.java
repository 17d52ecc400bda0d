package dev.syncline.server.forge;

import dev.syncline.core.model.SyncException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * Brings one request to a forge and its answer back: follows it where it sends us on the same host,
 * never shows the token to another one, and lets it not say again what is as it was. Thread-safe.
 */
final class Courier {

  private static final int MOST_REDIRECTS = 5;
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 307, 308);

  private final ForgeRepository repository;
  private final Manners manners;
  private final Login login;
  private final Wire wire;
  private final Etags etags = new Etags();

  Courier(ForgeRepository repository, Login login, Wire wire) {
    this.repository = repository;
    this.manners = Manners.of(repository.kind());
    this.login = login;
    this.wire = wire;
  }

  /** What became of a request. */
  sealed interface Reply {
    record Answered(Answer answer) implements Reply {}

    /** Whether it was done isn't known: nothing came back, or that the host has trouble. */
    record Lost(String why) implements Reply {}
  }

  Reply bring(Call call) {
    URI start = address(call.path());
    URI at = start;
    for (int hop = 0; hop <= MOST_REDIRECTS; hop++) {
      String token = login.token();
      Optional<Etags.Kept> kept = call.isRead() ? etags.find(at, token) : Optional.empty();
      Duration quiet = call.isRead() ? Duration.ZERO : manners.betweenWrites();
      switch (wire.send(request(call, at, token, kept), quiet)) {
        case Wire.Reply.Lost(String why) -> {
          return new Reply.Lost(hide(why, token));
        }
        case Wire.Reply.Heard(HttpResponse<byte[]> heard) -> {
          if (heard.statusCode() == 304 && kept.isPresent()) {
            return new Reply.Answered(kept.get().answer());
          }
          Optional<URI> target = target(at, heard);
          if (target.isEmpty()) {
            return answered(call, at, token, heard, !at.equals(start));
          }
          at = target.get();
        }
      }
    }
    throw new SyncException.Invalid(name() + " sends us in a circle");
  }

  private Reply answered(
      Call call, URI at, String token, HttpResponse<byte[]> heard, boolean moved) {
    String text = hide(new String(heard.body(), StandardCharsets.UTF_8), token);
    Optional<JsonNode> body = Answer.json(text);
    if (body.isEmpty() && heard.statusCode() / 100 == 2) {
      return new Reply.Lost("it answers without JSON: is its API at " + repository.api() + "?");
    }
    var answer =
        new Answer(
            heard.statusCode(), heard.headers(), body.orElse(MissingNode.getInstance()), moved);
    if (call.isRead() && answer.status() == 200) {
      etags.keep(at, token, answer, text.length());
    }
    return new Reply.Answered(answer);
  }

  private Optional<URI> target(URI from, HttpResponse<?> heard) {
    if (!REDIRECTS.contains(heard.statusCode())) {
      return Optional.empty();
    }
    URI to = from.resolve(heard.headers().firstValue("Location").orElse(""));
    if (!isSameHost(from, to)) {
      throw new SyncException.Invalid(
          name()
              + " sends us to another host, "
              + to.getHost()
              + ", which must not see the token: if that is right, use its address");
    }
    return Optional.of(to);
  }

  /** An address below the API's; or one that the forge gave, if it is on the same host. */
  private URI address(String path) {
    if (path.startsWith("/")) {
      return URI.create(repository.api() + path);
    }
    URI given = URI.create(path);
    if (!isSameHost(repository.api(), given)) {
      throw new SyncException.Invalid(
          name()
              + " says that a page of its list is on another host, "
              + given.getHost()
              + ": set its own address right (its root URL)");
    }
    return given;
  }

  private static boolean isSameHost(URI one, URI other) {
    return String.valueOf(one.getScheme()).equalsIgnoreCase(other.getScheme())
        && String.valueOf(one.getAuthority()).equalsIgnoreCase(other.getAuthority());
  }

  private HttpRequest request(Call call, URI at, String token, Optional<Etags.Kept> kept) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(at)
            .header("User-Agent", "Syncline")
            .header("Authorization", manners.scheme() + " " + token);
    manners.headers().forEach(request::header);
    kept.ifPresent(known -> request.header("If-None-Match", known.etag()));
    return call.body()
        .map(body ->
            request
                .header("Content-Type", "application/json")
                .method(call.method(), BodyPublishers.ofString(body.toString())))
        .orElseGet(() -> request.method(call.method(), BodyPublishers.noBody()))
        .build();
  }

  private String name() {
    return repository.kind().title() + " at " + repository.api();
  }

  private static String hide(String text, String token) {
    return token.isEmpty() ? text : text.replace(token, "***");
  }
}
