package dev.syncline.server.workspace;

import dev.syncline.core.flow.Health;
import dev.syncline.core.plan.Run;
import dev.syncline.core.port.Hints;
import java.time.Instant;
import java.util.Optional;

/** What an engine knows of one of its links. Guarded by the engine's lock. */
final class LinkState {

  private final LinkPlan plan;
  private final Pending pending = new Pending();
  private Health health = Health.NEW;
  private Optional<Run> last = Optional.empty();
  private Instant nextReconcile;

  /** What the next run has to look at besides, though it is no reason to run. */
  private Optional<Hints> owed = Optional.empty();

  private boolean paused;

  LinkState(LinkPlan plan, Instant now) {
    this.plan = plan;
    this.nextReconcile = now;
    pending.add(new Hints.Everywhere());
  }

  LinkPlan plan() {
    return plan;
  }

  Health health() {
    String progress = plan.progress().sentence();
    if (health.condition() == Health.Condition.SYNCING && !progress.isEmpty()) {
      return health.during(Health.Condition.SYNCING, progress);
    }
    return paused ? health.during(Health.Condition.PAUSED, "a person paused it") : health;
  }

  /** The last run that ended. */
  Optional<Run> last() {
    return last;
  }

  void signal(Hints hints) {
    pending.add(hints);
  }

  /** How many paths of its endpoint were signalled, and not looked at yet. */
  int signalled() {
    return pending.size();
  }

  /** A person settled one of its conflicts. */
  void settled() {
    health = health.settled();
  }

  void pause(boolean stop) {
    paused = stop;
  }

  /** A person asks for a run: it is tried whatever stood in the way. */
  void insist() {
    health = health.during(Health.Condition.IDLE, "a person asked for a run");
    pending.add(new Hints.Everywhere());
  }

  /** When it wants to run next; empty if it waits for a signal only. */
  Optional<Instant> due(Instant now) {
    if (paused || !health.listens()) {
      return Optional.empty();
    }
    boolean mustWait =
        health.condition() == Health.Condition.UNREACHABLE
            || health.condition() == Health.Condition.DENIED
            || health.condition() == Health.Condition.WAITING;
    if (mustWait && health.retry().isPresent()) {
      return health.retry();
    }
    return Optional.of(pending.isEmpty() ? nextReconcile : now);
  }

  /** Takes what its next run has to look at. */
  Hints begin(Instant now) {
    if (!now.isBefore(nextReconcile) || health.failures() > 0) {
      pending.add(new Hints.Everywhere());
    }
    owed.ifPresent(pending::add);
    owed = Optional.empty();
    Hints hints = pending.isEmpty() ? new Hints.Everywhere() : pending.take();
    if (hints instanceof Hints.Everywhere) {
      nextReconcile = now.plus(plan.reconcile());
    }
    plan.progress().begin();
    health = health.during(Health.Condition.SYNCING, "a run is under way");
    return hints;
  }

  /**
   * A run ended.
   *
   * @param hints what it was told; told again to the next one if it has to look again
   */
  void end(Run run, Hints hints, Instant now, double chance) {
    health = health.after(run, now, chance);
    last = Optional.of(run);
    if (health.retry().isPresent()) {
      pending.add(
          health.condition() == Health.Condition.WAITING && hints instanceof Hints.At
              ? hints
              : new Hints.Everywhere());
    } else if (health.condition() == Health.Condition.HELD) {
      // Not pending: it would be held again, and again, until a person comes.
      owed = Optional.of(new Hints.Everywhere());
    }
  }
}
