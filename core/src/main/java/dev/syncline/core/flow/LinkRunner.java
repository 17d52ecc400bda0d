package dev.syncline.core.flow;

import dev.syncline.core.model.Base;
import dev.syncline.core.model.Changes;
import dev.syncline.core.model.RunId;
import dev.syncline.core.model.SyncException;
import dev.syncline.core.plan.Outcome;
import dev.syncline.core.plan.Plan;
import dev.syncline.core.plan.Proposal;
import dev.syncline.core.plan.Run;
import dev.syncline.core.port.Applied;
import dev.syncline.core.port.Delivery;
import dev.syncline.core.port.Endpoint;
import dev.syncline.core.port.Head;
import dev.syncline.core.port.Hints;
import dev.syncline.core.port.Journal;
import dev.syncline.core.port.Ledger;
import dev.syncline.core.port.Observed;
import dev.syncline.core.port.Recorded;
import dev.syncline.core.port.Recording;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Runs a link: observe, plan, record, apply, remember. It may be stopped between any two steps;
 * running again from the start leads to the same files.
 *
 * <p>Runs of one workspace are serial: one call at a time.
 *
 * @param ledger the workspace's
 * @param journal where runs are remembered
 * @param clock our own time
 */
public record LinkRunner(Ledger ledger, Journal journal, InstantSource clock) {

  /** One run. Every failure of a port is an outcome; any other exception is a defect of ours. */
  public Run run(RunId id, Link link, Hints hints) {
    Instant start = clock.instant();
    Ended ended;
    try {
      ended = attempt(id, link, hints);
    } catch (SyncException failure) {
      ended = new Ended(outcome(failure), Run.Work.NONE);
    }
    var took = Duration.between(start, clock.instant());
    var run =
        new Run(
            id,
            link.name(),
            start,
            took.isNegative() ? Duration.ZERO : took,
            ended.outcome,
            ended.work);
    return journaled(run);
  }

  /** What the run did, it did: only its outcome can tell that the journal couldn't be written. */
  private Run journaled(Run run) {
    try {
      journal.add(run);
      return run;
    } catch (SyncException failure) {
      return run.outcome() instanceof Outcome.Unavailable
          ? run
          : run.endingIn(
              new Outcome.Unavailable(
                  "a run is not in the journal: " + reason(failure), Optional.empty()));
    }
  }

  /** What a run would do now. Changes nothing, but may put contents into the ledger's database. */
  public Plan preview(Link link) {
    return Look.at(ledger, link, new Hints.Everywhere(), clock).plan();
  }

  private record Ended(Outcome outcome, Run.Work work) {}

  /** The one place that decides what follows from a failure. */
  private static Outcome outcome(SyncException failure) {
    String reason = reason(failure);
    return switch (failure) {
      case SyncException.Unavailable e -> new Outcome.Unavailable(reason, e.notBefore());
      case SyncException.Denied e -> new Outcome.Denied(reason);
      case SyncException.Invalid e -> new Outcome.Invalid(reason);
      case SyncException.Corrupt e -> new Outcome.Halted(reason);
    };
  }

  private static String reason(SyncException failure) {
    return Objects.requireNonNullElse(failure.getMessage(), failure.toString());
  }

  private Ended attempt(RunId id, Link link, Hints hints) {
    Base base = ledger.base(link.name());
    if (!base.mapping().equals(link.mapping())) {
      new Remapping(ledger, link, base).record(id);
    }
    Look look = Look.at(ledger, link, hints, clock);
    Proposal proposal = look.plan().proposal();
    if (look.plan() instanceof Plan.Hold hold && !journal.isApproved(hold.fingerprint())) {
      return new Ended(new Outcome.Held(hold.reason(), hold.fingerprint()), Run.Work.NONE);
    }
    var books = new Bookkeeping(look, clock.instant());
    Head head = look.head();
    Optional<Recording> intake = books.intake(id);
    if (intake.isPresent()) {
      proposal.fresh().values().forEach(ledger::put);
      switch (ledger.record(intake.get())) {
        case Recorded.Committed(Head now) -> head = now;
        case Recorded.Moved() -> {
          return new Ended(new Outcome.Again("the ledger moved meanwhile"), Run.Work.NONE);
        }
      }
    }
    Applied applied;
    try {
      applied = deliver(look, head);
    } catch (SyncException failure) {
      // What the ledger took in stays there: the other links have to hear of it.
      Applied nothing = new Applied(Map.of(), Optional.empty());
      return new Ended(outcome(failure), ended(look, head, nothing).work());
    }
    Optional<Recording> receipt = books.receipt(id, head, applied);
    // The base is nobody's but this run's, so this can't find that it moved.
    receipt.ifPresent(ledger::record);
    return ended(look, head, applied);
  }

  private Applied deliver(Look look, Head head) {
    Changes wanted = look.plan().proposal().toEndpoint();
    Endpoint endpoint = look.link().endpoint();
    // A ledger without a version never wanted anything.
    return head.commit().isEmpty() || (wanted.isEmpty() && !endpoint.proposes())
        ? new Applied(Map.of(), Optional.empty())
        : endpoint.apply(new Delivery(wanted, head.commit().get(), look.seen().tip()), ledger);
  }

  private static Ended ended(Look look, Head head, Applied applied) {
    Proposal proposal = look.plan().proposal();
    var problems = new HashMap<>(look.seen().unseen());
    boolean moved = false;
    int done = 0;
    int proposed = 0;
    for (var result : applied.results().entrySet()) {
      switch (result.getValue()) {
        case Applied.Result.Done() -> done++;
        case Applied.Result.Proposed() -> proposed++;
        case Applied.Result.Moved() -> moved = true;
        case Applied.Result.Refused(String reason) -> problems.put(result.getKey(), reason);
      }
    }
    var work =
        new Run.Work(
            proposal.toLedger().byPath().size(),
            done,
            head.commit(),
            proposal.waiting().size(),
            proposal.overruled(),
            problems,
            new Run.Reply(proposed, applied.notes()));
    if (moved) {
      return new Ended(new Outcome.Again("the endpoint moved meanwhile"), work);
    }
    return new Ended(
        look.seen().rest() == Observed.Rest.MORE
            ? new Outcome.Again("there is more to see")
            : new Outcome.Equal(),
        work);
  }
}
