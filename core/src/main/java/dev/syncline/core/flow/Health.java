package dev.syncline.core.flow;

import dev.syncline.core.model.FilePath;
import dev.syncline.core.plan.Outcome;
import dev.syncline.core.plan.Run;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How a link is, and when it has to run again by itself. Changes with each run that ends.
 *
 * @param condition in one word
 * @param reason in one sentence; empty if there is nothing to say
 * @param failures how many runs failed in a row
 * @param again how many runs in a row ended with "again"
 * @param retry when it tries again by itself; empty if it waits for a signal
 * @param equalSince the last moment at which both sides were proven equal
 * @param lastIn when something last went into the ledger
 * @param lastOut when something last went to the endpoint
 * @param totals of all runs
 */
public record Health(
    Condition condition,
    String reason,
    int failures,
    int again,
    Optional<Instant> retry,
    Optional<Instant> equalSince,
    Optional<Instant> lastIn,
    Optional<Instant> lastOut,
    Totals totals) {

  /** A link that has not run since the start. */
  public static final Health NEW =
      new Health(
          Condition.IDLE,
          "it has not run since Syncline started",
          0,
          0,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          new Totals(0, 0, 0, Duration.ZERO));

  /** After so many runs that found things moving, the next one waits a little. */
  private static final int RESTLESS = 10;

  /** How a link is, in one word. */
  public enum Condition {
    /** Both sides are the same, and nothing is to do. */
    IDLE,
    /** A run is under way. */
    SYNCING,
    /** It runs again in a moment. */
    WAITING,
    /** A person has to approve what it would do. */
    HELD,
    /** All is the same but for conflicts that a person has to settle. */
    CONFLICT,
    /** Its endpoint can't be reached; it tries again by itself. */
    UNREACHABLE,
    /** Its endpoint wants other credentials; it tries again slowly. */
    DENIED,
    /** It stopped, for something is damaged or can't be done as it is told. */
    HALTED,
    /** A person stopped it. */
    PAUSED
  }

  /**
   * Counts since the process started.
   *
   * @param runs how many ended
   * @param failures how many of them failed
   * @param conflictsResolved how many conflicts people settled
   * @param time how long they took together
   */
  public record Totals(long runs, long failures, long conflictsResolved, Duration time) {}

  /**
   * How it is after a run.
   *
   * @param run that ended
   * @param now when
   * @param chance any number from 0 to 1, for the wait before a retry
   */
  public Health after(Run run, Instant now, double chance) {
    Optional<Instant> in = run.work().toLedger() > 0 ? Optional.of(now) : lastIn;
    Optional<Instant> out = run.work().toEndpoint() > 0 ? Optional.of(now) : lastOut;
    return switch (run.outcome()) {
      case Outcome.Equal() ->
          new Health(
              run.work().waiting() > 0 ? Condition.CONFLICT : Condition.IDLE,
              sentence(run.work()),
              0,
              0,
              Optional.empty(),
              isAllEqual(run.work()) ? Optional.of(run.started()) : equalSince,
              in,
              out,
              counted(run, 0));
      case Outcome.Again(String why) -> {
        Duration wait =
            again < RESTLESS ? Duration.ZERO : Backoff.after(again - RESTLESS + 1, chance);
        yield new Health(
            Condition.WAITING,
            why,
            0,
            again + 1,
            Optional.of(now.plus(wait)),
            equalSince,
            in,
            out,
            counted(run, 0));
      }
      case Outcome.Held(String why, String fingerprint) ->
          stopped(run, Condition.HELD, why, Optional.empty(), 0);
      case Outcome.Unavailable(String why, Optional<Instant> notBefore) -> {
        Instant at = now.plus(Backoff.after(failures + 1, chance));
        Instant retryAt = notBefore.filter(at::isBefore).orElse(at);
        yield stopped(run, Condition.UNREACHABLE, why, Optional.of(retryAt), failures + 1);
      }
      case Outcome.Denied(String why) -> {
        Instant at = now.plus(Backoff.after(Integer.MAX_VALUE, chance));
        yield stopped(run, Condition.DENIED, why, Optional.of(at), failures + 1);
      }
      case Outcome.Invalid(String why) ->
          stopped(run, Condition.HALTED, why, Optional.empty(), failures + 1);
      case Outcome.Halted(String why) ->
          stopped(run, Condition.HALTED, why, Optional.empty(), failures + 1);
    };
  }

  /** Whether no path was left out: in conflict, not to be seen or written, or only proposed. */
  private static boolean isAllEqual(Run.Work work) {
    return work.waiting() == 0 && work.problems().isEmpty() && work.reply().proposed() == 0;
  }

  /** The same with another condition, as long as that lasts. */
  public Health during(Condition other, String why) {
    return new Health(other, why, failures, again, retry, equalSince, lastIn, lastOut, totals);
  }

  /** The same with one more sentence for people. */
  public Health noting(String sentence) {
    return during(condition, reason.isEmpty() ? sentence : reason + "; " + sentence);
  }

  /** The same after a person settled a conflict. */
  public Health settled() {
    var counted =
        new Totals(totals.runs(), totals.failures(), totals.conflictsResolved() + 1, totals.time());
    return new Health(
        condition, reason, failures, again, retry, equalSince, lastIn, lastOut, counted);
  }

  /** Whether a signal may start a run: what a person stopped or has to mend waits for a person. */
  public boolean listens() {
    return condition != Condition.HALTED && condition != Condition.PAUSED;
  }

  private Health stopped(
      Run run, Condition how, String why, Optional<Instant> retryAt, int failed) {
    return new Health(
        how,
        why,
        failed,
        0,
        retryAt,
        equalSince,
        lastIn,
        lastOut,
        counted(run, failed > 0 ? 1 : 0));
  }

  private Totals counted(Run run, int failed) {
    return new Totals(
        totals.runs() + 1,
        totals.failures() + failed,
        totals.conflictsResolved(),
        totals.time().plus(run.took()));
  }

  private static String sentence(Run.Work work) {
    if (work.waiting() > 0) {
      return work.waiting() == 1
          ? "1 conflict waits for an answer"
          : work.waiting() + " conflicts wait for an answer";
    }
    return work.problems().isEmpty()
        ? String.join("; ", work.reply().notes())
        : sentence(new TreeMap<>(work.problems()));
  }

  /** One file and its reason stand for all: mostly it is the same for each. */
  private static String sentence(SortedMap<FilePath, String> problems) {
    String count = problems.size() == 1 ? "1 file" : problems.size() + " files";
    FilePath first = problems.firstKey();
    return count
        + " could not be read or written: "
        + first
        + ": "
        + problems.get(first)
        + (problems.size() == 1 ? "" : "; …");
  }
}
