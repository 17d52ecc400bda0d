package dev.syncline.server.forge;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * When a forge wants the next request, after all that it said about its limits. Confined to the
 * turn of a {@link ForgeHttp}.
 *
 * @see <a href="https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api">what
 *     GitHub asks for</a>
 */
final class Limits {

  private static final Duration FIRST = Duration.ofMinutes(1);
  private static final Duration SOONEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofHours(1);
  private static final int MOST_DOUBLINGS = 4;

  /** GitHub's names, and those of GitLab. */
  private static final List<String> PREFIXES = List.of("X-RateLimit-", "RateLimit-");

  private Instant notBefore = Instant.MIN;
  private int inARow;

  Instant notBefore() {
    return notBefore;
  }

  /**
   * Takes an answer into account.
   *
   * @return whether it says no more than that we ask too much
   */
  boolean heed(Answer answer, Instant now) {
    if (!isLimit(answer)) {
      inARow = 0;
      reset(answer)
          .or(() -> back(answer, now))
          .ifPresent(moment -> notBefore = atMost(moment, now));
      return false;
    }
    inARow++;
    Duration usual = FIRST.multipliedBy(1L << Math.min(inARow - 1, MOST_DOUBLINGS));
    notBefore = end(answer, now, usual);
    return true;
  }

  /** When a host that has trouble says that it will be there again (RFC 9110). */
  private static Optional<Instant> back(Answer answer, Instant now) {
    return answer.status() >= 500 ? retryAfter(answer).map(now::plus) : Optional.empty();
  }

  /** How long an answer asks to wait. */
  private static Optional<Duration> retryAfter(Answer answer) {
    return answer.number("Retry-After").map(Duration::ofSeconds);
  }

  /** Before which moment an answer wants no other request; empty if it is about no limit. */
  static Optional<Instant> notBefore(Answer answer, Instant now) {
    return isLimit(answer) ? Optional.of(end(answer, now, FIRST)) : Optional.empty();
  }

  private static Instant end(Answer answer, Instant now, Duration usual) {
    Instant asked =
        retryAfter(answer).map(now::plus).or(() -> reset(answer)).orElseGet(() -> now.plus(usual));
    // Clocks differ: what is over by ours may not be by theirs.
    Instant soonest = now.plus(SOONEST);
    return atMost(asked.isBefore(soonest) ? soonest : asked, now);
  }

  private static Instant atMost(Instant moment, Instant now) {
    Instant latest = now.plus(LONGEST);
    return moment.isAfter(latest) ? latest : moment;
  }

  private static boolean isLimit(Answer answer) {
    return answer.status() == 429
        || (answer.status() == 403
            && (answer.header("Retry-After").isPresent()
                || reset(answer).isPresent()
                || answer.says("rate limit")
                || answer.says("abuse detection")));
  }

  /** When there will be more, if none is left. */
  private static Optional<Instant> reset(Answer answer) {
    return PREFIXES.stream()
        .filter(prefix -> answer.number(prefix + "Remaining").filter(left -> left == 0).isPresent())
        .flatMap(prefix -> answer.number(prefix + "Reset").stream())
        .map(Instant::ofEpochSecond)
        .findFirst();
  }
}
