package dev.syncline.server.workspace;

import dev.syncline.core.flow.Health;
import dev.syncline.core.flow.LinkRunner;
import dev.syncline.core.model.LinkName;
import dev.syncline.core.model.PathMapping;
import dev.syncline.core.model.RunId;
import dev.syncline.core.model.SyncException;
import dev.syncline.core.model.WorkspaceName;
import dev.syncline.core.plan.Outcome;
import dev.syncline.core.plan.Plan;
import dev.syncline.core.plan.Run;
import dev.syncline.core.port.Hints;
import dev.syncline.core.port.Ledger;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the links of one workspace, one run at a time on one thread of its own. Signals that come
 * while a run is under way cause one more run, however many they are.
 *
 * <p>Thread-safe.
 */
public final class WorkspaceEngine implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(WorkspaceEngine.class);
  private static final Duration LONGEST_SLEEP = Duration.ofMinutes(1);

  private final WorkspaceName name;
  private final Ledger ledger;
  private final LinkRunner runner;
  private final Supplier<RunId> ids;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final Map<LinkName, LinkState> links = new LinkedHashMap<>();
  private final Map<LinkName, Watch.Watching> watches = new ConcurrentHashMap<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Thread thread;
  private volatile Runnable listener = () -> {};
  private boolean busy;
  private boolean closed;

  /**
   * An engine that doesn't run yet.
   *
   * @param name of the workspace
   * @param runner of its ledger's runs
   * @param plans its links
   * @param ids new names for runs
   * @param random for waits
   */
  public WorkspaceEngine(
      WorkspaceName name,
      LinkRunner runner,
      List<LinkPlan> plans,
      Supplier<RunId> ids,
      RandomGenerator random) {
    this.name = name;
    this.runner = runner;
    this.ledger = runner.ledger();
    this.clock = runner.clock();
    this.ids = ids;
    this.random = random;
    Instant now = clock.instant();
    plans.forEach(plan -> links.put(plan.link().name(), new LinkState(plan, now)));
    this.thread = Thread.ofVirtual().name("workspace-" + name).unstarted(this::loop);
  }

  /**
   * Whom to tell that the ledger or a link's condition may have changed; told on any thread, and
   * must not block. To be named before it starts.
   */
  void tell(Runnable other) {
    listener = other;
  }

  /** Begins to watch and to run. */
  public void start() {
    for (LinkState state : links.values()) {
      LinkName link = state.plan().link().name();
      watches.put(link, state.plan().watch().start(hints -> signal(link, hints)));
    }
    run();
  }

  private void run() {
    if (thread.getState() == Thread.State.NEW) {
      thread.start();
    }
  }

  public WorkspaceName name() {
    return name;
  }

  public Ledger ledger() {
    return ledger;
  }

  /** Something may have changed at a link's endpoint. */
  public void signal(LinkName link, Hints hints) {
    locked(() -> {
      state(link).signal(hints);
      changed.signalAll();
      return link;
    });
  }

  /** The ledger has changed, by somebody else than a link: every endpoint has to follow. */
  public void ledgerMoved() {
    locked(() -> {
      links.values().forEach(state -> state.signal(new Hints.At(Set.of())));
      changed.signalAll();
      return name;
    });
    listener.run();
  }

  /**
   * Runs every link, or one, until nothing more is to do by itself, whatever stood in the way
   * before; then says how each is.
   */
  public Map<LinkName, Health> sync(Optional<LinkName> only) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      run();
      only.ifPresent(this::state);
      links.forEach((link, state) -> {
        if (only.isEmpty() || only.get().equals(link)) {
          state.insist();
        }
      });
      changed.signalAll();
      while (!closed && (busy || next(clock.instant()).isPresent())) {
        changed.await();
      }
    } finally {
      lock.unlock();
    }
    return health();
  }

  /** How each link is. */
  public Map<LinkName, Health> health() {
    return locked(() -> {
      var all = new LinkedHashMap<LinkName, Health>();
      links.forEach((link, state) -> all.put(link, noted(link, state.health())));
      return all;
    });
  }

  private Health noted(LinkName link, Health health) {
    return Optional.ofNullable(watches.get(link))
        .flatMap(Watch.Watching::problem)
        .filter(problem -> health.condition() != Health.Condition.UNREACHABLE)
        .map(health::noting)
        .orElse(health);
  }

  /** The last run of a link. */
  public Optional<Run> last(LinkName link) {
    return locked(() -> state(link).last());
  }

  /** How many files are known to have yet to be carried, those in conflict included. */
  public int pending(LinkName link) {
    LinkState state = locked(() -> state(link));
    PathMapping mapping = state.plan().link().mapping();
    int outward =
        mapping.toEndpoint(ledger.head().files().since(ledger.base(link).files())).byPath().size();
    return outward + locked(state::signalled);
  }

  /** What a run of a link would do now. Runs wait for it, and it for them. */
  public Plan preview(LinkName link) {
    LinkState previewed =
        locked(() -> {
          LinkState state = state(link);
          while (busy && !closed) {
            changed.awaitUninterruptibly();
          }
          busy = true;
          return state;
        });
    try {
      return runner.preview(previewed.plan().link());
    } finally {
      locked(this::rest);
    }
  }

  private boolean rest() {
    busy = false;
    changed.signalAll();
    return true;
  }

  /** A person let go on what a run was held for: every link that is held tries again. */
  void approved() {
    locked(() -> {
      links.values().stream()
          .filter(state -> state.health().condition() == Health.Condition.HELD)
          .forEach(state -> state.signal(new Hints.Everywhere()));
      changed.signalAll();
      return name;
    });
  }

  /** A person settled a conflict of a link. */
  void settled(LinkName link) {
    locked(() -> {
      Optional.ofNullable(links.get(link)).ifPresent(LinkState::settled);
      return link;
    });
  }

  /** Stops a link, or lets it go on. */
  public void pause(LinkName link, boolean stop) {
    locked(() -> {
      state(link).pause(stop);
      changed.signalAll();
      return link;
    });
    listener.run();
  }

  @Override
  public void close() {
    locked(() -> {
      closed = true;
      changed.signalAll();
      return name;
    });
    watches.values().forEach(watch -> quietly(watch::close));
    thread.interrupt();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    links.values().forEach(state -> state.plan().link().endpoint().close());
    ledger.close();
  }

  private void loop() {
    try {
      for (var begun = begin(); begun.isPresent(); begun = begin()) {
        run(begun.get().state(), begun.get().hints());
      }
    } catch (InterruptedException e) {
      // Closed: what a run left half done, the next start finishes.
    }
  }

  private record Begun(LinkState state, Hints hints) {}

  /** Waits for a link that is due, and begins its run; empty if it is closed. */
  private Optional<Begun> begin() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!closed) {
        Instant now = clock.instant();
        Optional<LinkState> next = next(now);
        if (next.isPresent() && !busy) {
          busy = true;
          return next.map(state -> new Begun(state, state.begin(now)));
        }
        long left = changed.awaitNanos(busy ? LONGEST_SLEEP.toNanos() : nanosUntilDue(now) + 1);
        LOG.atTrace().addKeyValue("left", left).log("awake");
      }
      return Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  private void run(LinkState state, Hints hints) {
    Run run;
    try {
      run = runner.run(ids.get(), state.plan().link(), hints);
    } catch (RuntimeException | Error e) {
      LOG.atError().setCause(e).addKeyValue("workspace", name).log("a run failed");
      run =
          broken(
              state,
              TooLittleMemory.isCauseOf(e)
                  ? TooLittleMemory.advice()
                  : "Syncline met a bug of its own; its log has the details");
    }
    report(run);
    Run ended = run;
    Optional.ofNullable(watches.get(run.link()))
        .ifPresent(watch -> quietly(() -> watch.ended(ended)));
    locked(() -> {
      state.end(ended, hints, clock.instant(), random.nextDouble());
      if (ended.work().toLedger() > 0) {
        links.values().stream()
            .filter(other -> other != state)
            .forEach(other -> other.signal(new Hints.At(Set.of())));
      }
      return rest();
    });
    listener.run();
  }

  /** The link that has waited longest for a run that is due. */
  private Optional<LinkState> next(Instant now) {
    return links.values().stream()
        .filter(state -> state.due(now).filter(at -> !at.isAfter(now)).isPresent())
        .findFirst();
  }

  /** How long the thread may sleep if nobody wakes it. */
  private long nanosUntilDue(Instant now) {
    return links.values().stream()
        .flatMap(state -> state.due(now).stream())
        .map(at -> Duration.between(now, at))
        .filter(until -> until.compareTo(LONGEST_SLEEP) < 0)
        .min(Duration::compareTo)
        .orElse(LONGEST_SLEEP)
        .toNanos();
  }

  private Run broken(LinkState state, String reason) {
    return new Run(
        ids.get(),
        state.plan().link().name(),
        clock.instant(),
        Duration.ZERO,
        new Outcome.Unavailable(reason, Optional.empty()),
        Run.Work.NONE);
  }

  private void report(Run run) {
    boolean quiet =
        run.outcome() instanceof Outcome.Equal
            && run.work().toLedger() + run.work().toEndpoint() == 0;
    (quiet ? LOG.atDebug() : LOG.atInfo())
        .addKeyValue("workspace", name)
        .addKeyValue("link", run.link())
        .addKeyValue("run", run.id())
        .addKeyValue("outcome", run.outcome().getClass().getSimpleName().toLowerCase(Locale.ROOT))
        .addKeyValue("toLedger", run.work().toLedger())
        .addKeyValue("toEndpoint", run.work().toEndpoint())
        .addKeyValue("conflicts", run.work().waiting())
        .addKeyValue("millis", run.took().toMillis())
        .addKeyValue("reason", run.outcome().reason())
        .log("run");
  }

  private LinkState state(LinkName link) {
    LinkState state = links.get(link);
    if (state == null) {
      throw new SyncException.Invalid("workspace " + name + " has no link " + link);
    }
    return state;
  }

  private <T> T locked(Supplier<T> work) {
    lock.lock();
    try {
      return work.get();
    } finally {
      lock.unlock();
    }
  }

  /** Whatever a watch makes of it, the runs of the workspace go on. */
  private static void quietly(Runnable step) {
    try {
      step.run();
    } catch (RuntimeException e) {
      LOG.atWarn().setCause(e).log("a watch could not be told or ended");
    }
  }
}
