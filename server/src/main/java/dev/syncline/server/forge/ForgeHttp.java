package dev.syncline.server.forge;

import dev.syncline.core.model.SyncException;
import dev.syncline.server.forge.Courier.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/**
 * Asks one forge with one login: waits as it says, and repeats what may be repeated. Thread-safe.
 */
final class ForgeHttp {

  /** One request is waited for this long in all if the forge says that we ask too much. */
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private static final int ATTEMPTS = 4;

  private final Courier courier;
  private final Failures failures;
  private final Login login;
  private final Wire wire;
  private final Limits limits = new Limits();

  ForgeHttp(ForgeRepository repository, Login login, Wire wire) {
    this.courier = new Courier(repository, login, wire);
    this.failures = new Failures(repository);
    this.login = login;
    this.wire = wire;
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
            throw failures.lost(call, why);
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
    return failures.refused(call, answer);
  }

  /** Asks once; again only where the forge said that it did not even look at it. */
  Reply once(Call call) {
    Instant end = wire.now().plus(PATIENCE);
    boolean isRenewed = false;
    while (true) {
      await(call, end);
      Reply reply = courier.bring(call);
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
      throw failures.notBefore(call, moment);
    }
    if (moment.isAfter(wire.now())) {
      wire.pause(Duration.between(wire.now(), moment));
    }
  }
}
