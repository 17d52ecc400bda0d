package dev.syncline.server.forge;

import dev.syncline.core.model.SyncException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/**
 * Asks one forge with one login: waits as it says, repeats what may be repeated, follows it where
 * it sends us on the same host, and never shows the token to another one. Thread-safe.
 */
final class ForgeHttp {

  /** One request is waited for this long in all if the forge says that we ask too much. */
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private static final int ATTEMPTS = 4;
  private static final int MOST_REDIRECTS = 5;
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 307, 308);

  private final ForgeRepository repository;
  private final Manners manners;
  private final Login login;
  private final Wire wire;
  private final Etags etags = new Etags();
  private final Limits limits = new Limits();

  ForgeHttp(ForgeRepository repository, Login login, Wire wire) {
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

  /** A request that reads, repeated while the forge has trouble. */
  Answer read(Call call) {
    return write(call, Function.identity(), Optional::empty);
  }

  /** A request that reads and must be answered with what it asks for. */
  Answer good(Call call) {
    return orRefuse(call, read(call));
  }

  /** A request that changes something, and does no harm if it is done twice. */
  Answer repeatable(Call call) {
    return orRefuse(call, write(call, Function.identity(), Optional::empty));
  }

  /**
   * A request that changes something once.
   *
   * @param read makes something of the answer, whatever that is
   * @param lookup looks whether it was done, when its answer was lost
   */
  <T> T write(Call call, Function<Answer, T> read, Supplier<Optional<T>> lookup) {
    for (int attempt = 1; ; attempt++) {
      switch (once(call)) {
        case Reply.Answered(Answer answer) -> {
          return read.apply(answer);
        }
        case Reply.Lost(String why) -> {
          if (attempt == ATTEMPTS) {
            throw lost(call, why);
          }
          backOff(attempt);
          Optional<T> done = lookup.get();
          if (done.isPresent()) {
            return done.get();
          }
        }
      }
    }
  }

  /**
   * A request that does harm if it is done twice, whose answer says nothing new.
   *
   * @param isDone looks whether it was done, when its answer was lost
   */
  void onlyOnce(Call call, BooleanSupplier isDone) {
    write(
        call,
        answer -> orRefuse(call, answer).isGood(),
        () -> Optional.of(isDone.getAsBoolean()).filter(is -> is));
  }

  /** Waits a little longer after each failure: 1 s, 2 s, 4 s. */
  void backOff(int attempt) {
    wire.pause(Duration.ofSeconds(1L << (attempt - 1)));
  }

  /** The items of a list, as the forge orders them, from no more than so many pages. */
  List<JsonNode> list(Call call, int mostPages) {
    var items = new ArrayList<JsonNode>();
    Optional<Call> next = Optional.of(call);
    for (int page = 0; page < mostPages && next.isPresent(); page++) {
      Answer answer = good(next.get());
      answer.body().forEach(items::add);
      next = answer.link("next").map(address -> Call.get(call.doing(), address));
    }
    return items;
  }

  /** The last items of a list that begins with the oldest, from few pages. */
  List<JsonNode> end(Call call, int most) {
    Answer first = good(call);
    Optional<String> last = first.link("last");
    if (last.isEmpty()) {
      return newest(items(first), most);
    }
    var items = new ArrayList<JsonNode>();
    Optional<String> page = last;
    while (page.isPresent() && items.size() < most) {
      Answer answer = good(Call.get(call.doing(), page.get()));
      items.addAll(0, items(answer));
      page = answer.link("prev");
    }
    return newest(items, most);
  }

  private static List<JsonNode> items(Answer answer) {
    var items = new ArrayList<JsonNode>();
    answer.body().forEach(items::add);
    return items;
  }

  private static List<JsonNode> newest(List<JsonNode> items, int most) {
    return List.copyOf(items.subList(Math.max(0, items.size() - most), items.size()));
  }

  /**
   * The answer, if it is a good one.
   *
   * @throws SyncException of the class that fits if it is not
   */
  Answer orRefuse(Call call, Answer answer) {
    if (answer.isGood()) {
      return answer;
    }
    throw refused(call, answer);
  }

  /** What follows from an answer that is a refusal. */
  SyncException refused(Call call, Answer answer) {
    int status = answer.status();
    String said =
        repository.kind().title()
            + " answers "
            + status
            + " ("
            + answer.said()
            + ") when asked to "
            + call.doing();
    return switch (status) {
      case 401 -> new SyncException.Denied(said + ": give it a token that is valid");
      case 403 -> new SyncException.Denied(said + ": " + permission(answer));
      case 404 ->
          new SyncException.Denied(
              said
                  + ": check that "
                  + repository.path()
                  + " is there, and that the token's owner may see and change it");
      case 423 -> new SyncException.Denied(said + ": the repository may be archived");
      case 408, 425 -> new SyncException.Unavailable(said);
      default ->
          status >= 500 ? new SyncException.Unavailable(said) : new SyncException.Invalid(said);
    };
  }

  private static String permission(Answer answer) {
    return "the token needs a permission that it lacks"
        + answer.header("X-Accepted-GitHub-Permissions").map(needed -> ": " + needed).orElse("");
  }

  private SyncException.Unavailable lost(Call call, String why) {
    String said = repository.kind().title() + " can't be asked to " + call.doing() + ": " + why;
    return new SyncException.Unavailable(said);
  }

  /** Asks once; again only where the forge said that it did not even look at it. */
  Reply once(Call call) {
    Instant end = wire.now().plus(PATIENCE);
    boolean isRenewed = false;
    while (true) {
      await(call, end);
      Reply reply = follow(call);
      if (!(reply instanceof Reply.Answered(Answer answer))) {
        return reply;
      }
      if (answer.status() == 401 && !isRenewed && login.renew()) {
        isRenewed = true;
      } else if (!limited(answer)) {
        return answer.status() < 500
            ? reply
            : new Reply.Lost("it answers " + answer.status() + " (" + answer.said() + ")");
      }
    }
  }

  private synchronized boolean limited(Answer answer) {
    return limits.heed(answer, wire.now());
  }

  private synchronized Instant notBefore() {
    return limits.notBefore();
  }

  private void await(Call call, Instant end) {
    Instant moment = notBefore();
    if (moment.isAfter(end)) {
      String said =
          repository.kind().title()
              + " wants no request before "
              + moment
              + ": it could not be asked to "
              + call.doing();
      throw new SyncException.Unavailable(said, new IOException(said), moment);
    }
    if (moment.isAfter(wire.now())) {
      wire.pause(Duration.between(wire.now(), moment));
    }
  }

  private Reply follow(Call call) {
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
    throw new SyncException.Invalid(
        repository.kind().title() + " at " + repository.api() + " sends us in a circle");
  }

  private Reply answered(
      Call call, URI at, String token, HttpResponse<byte[]> heard, boolean moved) {
    String text = hide(new String(heard.body(), StandardCharsets.UTF_8), token);
    JsonNode body;
    try {
      body = text.isBlank() ? MissingNode.getInstance() : JsonMapper.shared().readTree(text);
    } catch (JacksonException _) {
      if (heard.statusCode() / 100 == 2) {
        return new Reply.Lost("it answers without JSON: is its API at " + repository.api() + "?");
      }
      body = MissingNode.getInstance();
    }
    var answer = new Answer(heard.statusCode(), heard.headers(), body, moved);
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
          repository.kind().title()
              + " at "
              + repository.api()
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
          repository.kind().title()
              + " at "
              + repository.api()
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

  private static String hide(String text, String token) {
    return token.isEmpty() ? text : text.replace(token, "***");
  }
}
