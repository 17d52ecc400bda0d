package dev.syncline.server.endpoint.relay;

import dev.syncline.core.port.Notices;
import dev.syncline.core.port.Notices.Notice;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * The documents of one folder that may have changed and were not looked at since, with who had them
 * open; and when it is time to look. A thousand words on one document are one mark.
 *
 * <p>Thread-safe. Time is nanoseconds of a clock that only goes forward.
 */
public final class Marks {

  private final Notices notices;
  private final LongSupplier nanos;
  private final long quiet;
  private final long longest;

  /** By document, by user, the number of the notice. */
  private final Map<String, Map<String, Long>> waiting = new LinkedHashMap<>();

  /** What the look under way took. */
  private final Map<String, Map<String, Long>> taken = new LinkedHashMap<>();

  private long number;
  private boolean isArmed;
  private long first;
  private long last;
  private OptionalLong again = OptionalLong.empty();

  /**
   * Marks, with those that an earlier process left.
   *
   * @param notices keeps them
   * @param quiet for how long nobody may have typed, before it is time …
   * @param longest … unless somebody has typed for so long
   */
  public Marks(Notices notices, Duration quiet, Duration longest, LongSupplier nanos) {
    this.notices = notices;
    this.nanos = nanos;
    this.quiet = quiet.toNanos();
    this.longest = longest.toNanos();
    for (Notice notice : notices.all()) {
      mark(notice);
      number = Math.max(number, notice.number());
    }
  }

  /**
   * Marks a document. Durable when it returns.
   *
   * @param by who has it open, if anybody says so
   * @throws dev.syncline.core.model.SyncException.Unavailable if that can't be kept; the mark is
   *     made all the same
   */
  void add(RelayId document, Optional<String> by) {
    Notice notice;
    synchronized (this) {
      boolean isKnown =
          waiting.getOrDefault(document.resource(), Map.of()).containsKey(by.orElse(""));
      if (isKnown) {
        arm();
        return;
      }
      notice = new Notice(document.resource(), by.orElse(""), ++number);
    }
    try {
      notices.keep(notice);
    } finally {
      synchronized (this) {
        mark(notice);
        arm();
      }
    }
  }

  /** Has a document looked at once more, that much later, though nobody speaks of it. */
  synchronized void lookAgain(String resource, Duration later) {
    waiting.computeIfAbsent(resource, _ -> new LinkedHashMap<>());
    long at = nanos.getAsLong() + later.toNanos();
    again = again.isEmpty() || at - again.getAsLong() < 0 ? OptionalLong.of(at) : again;
    notifyAll();
  }

  /** Waits until it is time to look, and says so once. */
  synchronized void awaitDue() throws InterruptedException {
    for (OptionalLong left = left(); left.isEmpty() || left.getAsLong() > 0; left = left()) {
      if (left.isEmpty()) {
        wait();
      } else {
        wait(Math.ceilDiv(left.getAsLong(), 1_000_000));
      }
    }
    isArmed = false;
    again = OptionalLong.empty();
  }

  /** The documents that are marked. */
  synchronized Set<String> documents() {
    return Set.copyOf(waiting.keySet());
  }

  /** What is to be looked at now, with its users. */
  synchronized Map<String, Set<String>> take() {
    waiting.forEach((document, users) ->
        taken.computeIfAbsent(document, _ -> new LinkedHashMap<>()).putAll(users));
    waiting.clear();
    var documents = new HashMap<String, Set<String>>();
    taken.forEach((document, users) -> {
      var named = new HashSet<>(users.keySet());
      named.remove("");
      documents.put(document, named);
    });
    return documents;
  }

  /** What was taken is marked again if it still has to be looked at. */
  synchronized void keep(String document, Duration later) {
    Optional.ofNullable(taken.remove(document)).ifPresent(users -> putBack(document, users));
    lookAgain(document, later);
  }

  /**
   * The run that took them ended.
   *
   * @param isDone whether the ledger has what was seen
   */
  void ended(boolean isDone) {
    var done = new ArrayList<Notice>();
    synchronized (this) {
      if (isDone) {
        taken.forEach((document, users) ->
            users.forEach((user, number) -> done.add(new Notice(document, user, number))));
      } else {
        taken.forEach(this::putBack);
      }
      taken.clear();
    }
    if (!done.isEmpty()) {
      notices.forget(List.copyOf(done));
    }
  }

  private void putBack(String document, Map<String, Long> users) {
    Map<String, Long> marked = waiting.computeIfAbsent(document, _ -> new LinkedHashMap<>());
    users.forEach((user, number) -> marked.merge(user, number, Math::max));
  }

  private void mark(Notice notice) {
    waiting
        .computeIfAbsent(notice.topic(), _ -> new LinkedHashMap<>())
        .merge(notice.by(), notice.number(), Math::max);
  }

  private void arm() {
    long now = nanos.getAsLong();
    last = now;
    if (!isArmed) {
      first = now;
      isArmed = true;
      // Later words only put it off, and whoever waits finds that out then.
      notifyAll();
    }
  }

  private OptionalLong left() {
    long now = nanos.getAsLong();
    OptionalLong later = again.isPresent() ? left(again.getAsLong() - now) : OptionalLong.empty();
    if (!isArmed) {
      return later;
    }
    OptionalLong typed = left(Math.min(last + quiet - now, first + longest - now));
    return later.isPresent() && later.getAsLong() < typed.getAsLong() ? later : typed;
  }

  private static OptionalLong left(long span) {
    return OptionalLong.of(Math.max(0, span));
  }
}
