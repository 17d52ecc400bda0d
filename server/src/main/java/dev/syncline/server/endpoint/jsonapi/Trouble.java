package dev.syncline.server.endpoint.jsonapi;

import java.time.Duration;
import java.util.Optional;

/**
 * Why there is nothing to be had.
 *
 * @param kind what has to happen next
 * @param reason a sentence for people that says what to do
 * @param pause how long the source wants to be left alone, if it said so
 */
record Trouble(Kind kind, String reason, Optional<Duration> pause) {

  /** What has to happen next. */
  enum Kind {
    /** It may work later. */
    UNREACHABLE,
    /** It needs other credentials. */
    DENIED,
    /** Somebody has to look at what it sends. */
    UNUSABLE
  }

  static Trouble unreachable(String reason) {
    return new Trouble(Kind.UNREACHABLE, reason, Optional.empty());
  }

  static Trouble unusable(String reason) {
    return new Trouble(Kind.UNUSABLE, reason, Optional.empty());
  }
}
