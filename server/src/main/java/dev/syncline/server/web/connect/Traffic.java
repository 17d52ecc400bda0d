package dev.syncline.server.web.connect;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts who came in through the door, who was turned away and why. Thread-safe. */
public final class Traffic {

  /** Why a handshake was refused. */
  public enum Refusal {
    /** {@code server.max-connections} are open. */
    TOO_MANY_CONNECTIONS,
    /** {@code server.max-connections-per-address} are open from there. */
    TOO_MANY_FROM_ADDRESS,
    /** The document server said no: to the token, or while it stops. */
    DENIED;

    /** As a label: {@code bad_handshake}. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final ConnectionLimits limits;
  private final LongAdder accepted = new LongAdder();
  private final Map<Refusal, LongAdder> refused = new EnumMap<>(Refusal.class);
  private final LongAdder stalled = new LongAdder();
  private final LongAdder[] answers = zeros(6);

  public Traffic(ConnectionLimits limits) {
    this.limits = limits;
    for (Refusal refusal : Refusal.values()) {
      refused.put(refusal, new LongAdder());
    }
  }

  /** The places that WebSockets take. */
  public ConnectionLimits limits() {
    return limits;
  }

  void accept() {
    accepted.increment();
  }

  void refuse(Refusal refusal) {
    count(refusal).increment();
  }

  void stall() {
    stalled.increment();
  }

  /** Counts an answer to a plain HTTP request by the first digit of its status. */
  public void answered(int status) {
    answers[Math.clamp(status / 100, 0, answers.length - 1)].increment();
  }

  /** Handshakes that became a WebSocket. */
  public long accepted() {
    return accepted.sum();
  }

  /** Handshakes that didn't, by {@link Refusal#label}; all reasons are always there. */
  public Map<String, Long> refused() {
    var counts = new TreeMap<String, Long>();
    for (Refusal refusal : Refusal.values()) {
      counts.put(refusal.label(), count(refusal).sum());
    }
    return counts;
  }

  /** Connections that were closed because no whole request came in time. */
  public long stalled() {
    return stalled.sum();
  }

  /** Answers to plain HTTP requests, by {@code 2xx} to {@code 5xx}. */
  public Map<String, Long> answers() {
    var counts = new TreeMap<String, Long>();
    for (int hundreds = 2; hundreds < answers.length; hundreds++) {
      counts.put(hundreds + "xx", answers[hundreds].sum());
    }
    return counts;
  }

  /** The map is filled when this is made and never changes, so that reading it needs no lock. */
  private LongAdder count(Refusal refusal) {
    return Objects.requireNonNull(refused.get(refusal));
  }

  private static LongAdder[] zeros(int length) {
    var adders = new LongAdder[length];
    Arrays.setAll(adders, i -> new LongAdder());
    return adders;
  }
}
