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
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.LongStream;

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

  /** What says that a notice could not be kept; those that could have greater numbers. */
  private static final long NOT_KEPT = 0;

  /** By document, by user, the number of the notice. */
  private final Map<String, Map<String, Long>> waiting = new LinkedHashMap<>();

  /** What the look under way took. */
  private final Map<String, Map<String, Long>> taken = new LinkedHashMap<>();

  /** Documents that wait, and are not to be looked at before a time. */
  private final Map<String, Long> later = new HashMap<>();

  private long number;
  private boolean isArmed;
  private long first;
  private long last;

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
      later.remove(document.resource());
      Map<String, Long> marked = waiting.getOrDefault(document.resource(), Map.of());
      if (marked.getOrDefault(by.orElse(""), NOT_KEPT) != NOT_KEPT) {
        arm();
        return;
      }
      notice = new Notice(document.resource(), by.orElse(""), ++number);
    }
    Notice made = new Notice(notice.topic(), notice.by(), NOT_KEPT);
    try {
      notices.keep(notice);
      made = notice;
    } finally {
      synchronized (this) {
        mark(made);
        arm();
      }
    }
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
    long now = nanos.getAsLong();
    later.values().removeIf(at -> at - now <= 0);
  }

  /** The documents that are to be looked at now. */
  synchronized Set<String> documents() {
    var documents = new HashSet<>(waiting.keySet());
    documents.removeAll(later.keySet());
    return documents;
  }

  /** Those that are to wait are to be looked at now, too. */
  synchronized void hasten() {
    later.clear();
  }

  /** What is to be looked at now, with its users. */
  synchronized Map<String, Set<String>> take() {
    for (String document : documents()) {
      taken
          .computeIfAbsent(document, _ -> new LinkedHashMap<>())
          .putAll(Objects.requireNonNull(waiting.remove(document)));
    }
    var documents = new HashMap<String, Set<String>>();
    taken.forEach((document, users) -> {
      var named = new HashSet<>(users.keySet());
      named.remove("");
      documents.put(document, named);
    });
    return documents;
  }

  /** Has a document looked at that much later, whether or not it was taken. */
  synchronized void keep(String document, Duration wait) {
    putBack(document, Optional.ofNullable(taken.remove(document)).orElse(Map.of()));
    later.put(document, nanos.getAsLong() + wait.toNanos());
    notifyAll();
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

  /** How long until it is time, if it ever will be. */
  private OptionalLong left() {
    long now = nanos.getAsLong();
    LongStream typed =
        isArmed
            ? LongStream.of(Math.min(last + quiet - now, first + longest - now))
            : LongStream.empty();
    return LongStream.concat(typed, later.values().stream().mapToLong(at -> at - now)).min();
  }
}
