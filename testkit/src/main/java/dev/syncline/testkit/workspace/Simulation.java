package dev.syncline.testkit.workspace;

import dev.syncline.core.flow.Link;
import dev.syncline.core.flow.LinkRunner;
import dev.syncline.core.flow.Resolver;
import dev.syncline.core.merge.Conflict;
import dev.syncline.core.merge.Dispute;
import dev.syncline.core.merge.MergePolicy;
import dev.syncline.core.merge.Policies;
import dev.syncline.core.merge.Resolution;
import dev.syncline.core.merge.Settlement;
import dev.syncline.core.merge.Side;
import dev.syncline.core.model.Author;
import dev.syncline.core.model.Changes;
import dev.syncline.core.model.ContentId;
import dev.syncline.core.model.FileChange;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.FileVersion;
import dev.syncline.core.model.Glob;
import dev.syncline.core.model.LinkName;
import dev.syncline.core.model.PathMapping;
import dev.syncline.core.model.RunId;
import dev.syncline.core.model.SyncException;
import dev.syncline.core.plan.Direction;
import dev.syncline.core.plan.Outcome;
import dev.syncline.core.plan.Planner;
import dev.syncline.core.plan.Run;
import dev.syncline.core.plan.Safeguard;
import dev.syncline.core.port.Hints;
import dev.syncline.core.port.Recorded;
import dev.syncline.testkit.MemoryLedger;
import dev.syncline.testkit.SettableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * One random history of a workspace: people edit at two to five endpoints while links run, crash
 * between any two steps, miss signals and hear them twice, under clocks that are wrong. At every
 * quiet point the invariants of the specification are checked. The same seed gives the same
 * history.
 */
public final class Simulation {

  private static final int ROUNDS = 100;

  private final Random random;
  private final List<Policies> policies;
  private final SettableClock clock = new SettableClock();
  private final MemoryLedger ledger = new MemoryLedger(clock);
  private final MemoryJournal journal = new MemoryJournal();
  private final Lineage lineage = new Lineage();
  private final People people;
  private final List<Place> places = new ArrayList<>();
  private final LinkRunner runner;
  private final List<String> story = new ArrayList<>();
  private boolean calm;
  private int runs;

  /** An endpoint with its link. */
  private record Place(Link link, MemoryEndpoint endpoint) {}

  /**
   * A workspace that nobody has touched yet.
   *
   * @param seed of everything random
   * @param policies that its links may have
   */
  public Simulation(long seed, List<Policies> policies) {
    this.random = new Random(seed);
    this.policies = List.copyOf(policies);
    this.people = new People(random, lineage, story::add);
    this.runner =
        new LinkRunner(new FaultyLedger(ledger, faults(), this::recorded), journal, clock);
    int count = 2 + random.nextInt(4);
    for (int at = 0; at < count; at++) {
      places.add(place("place" + at));
    }
  }

  /** What happened so far, a line for each event. */
  public List<String> story() {
    return List.copyOf(story);
  }

  /** How many runs there were. */
  public int runs() {
    return runs;
  }

  /**
   * Plays some busy times, with a quiet point after each.
   *
   * @throws AssertionError if an invariant doesn't hold
   */
  public void play() {
    int times = 1 + random.nextInt(4);
    for (int time = 0; time < times; time++) {
      int steps = 1 + random.nextInt(25);
      for (int step = 0; step < steps; step++) {
        step();
      }
      becomeQuiet();
      resolveAll();
      check();
    }
  }

  private void step() {
    Place place = any();
    clock.move(Duration.ofSeconds(random.nextInt(100) - 10));
    if (random.nextInt(5) < 2) {
      act(place);
      return;
    }
    try {
      run(place, random.nextBoolean() ? new Hints.Everywhere() : someHints(place));
    } catch (Crash crash) {
      // The next run starts from nothing but what is stored.
      story.add("the process died");
    }
  }

  private void act(Place place) {
    // What is done where a link doesn't look, or at an endpoint that only follows, counts nowhere.
    Link link = place.link();
    people.act(
        place.endpoint(),
        path ->
            link.planner().direction() != Direction.OUT
                && link.mapping().toLedger(path).isPresent());
  }

  private Hints someHints(Place place) {
    var paths = new HashSet<FilePath>();
    for (FilePath path : place.endpoint().files().files().keySet()) {
      if (random.nextBoolean()) {
        paths.add(path);
      }
    }
    return new Hints.At(paths);
  }

  private Run run(Place place, Hints hints) {
    runs++;
    story.add(place.link().name() + " runs with " + hints);
    Run run = runner.run(new RunId("run-" + runs), place.link(), hints);
    story.add(place.link().name() + " ended: " + run.outcome() + " " + run.work());
    if (run.outcome() instanceof Outcome.Equal || run.outcome() instanceof Outcome.Again) {
      lineage.confirmed(place.endpoint().toString(), run.work().problems().keySet());
    }
    if (run.outcome() instanceof Outcome.Held held && (calm || random.nextInt(4) == 0)) {
      journal.approve(place.link().name(), held.fingerprint());
    }
    if (run.outcome() instanceof Outcome.Halted || run.outcome() instanceof Outcome.Invalid) {
      throw new AssertionError("a run ended with " + run.outcome());
    }
    return run;
  }

  /** Nobody edits, nothing fails: soon nothing is left to do. */
  private void becomeQuiet() {
    calm = true;
    boolean busy = true;
    for (int round = 0; busy; round++) {
      require(round < ROUNDS, "the links don't come to rest");
      busy = false;
      for (Place place : places) {
        Run run = run(place, new Hints.Everywhere());
        Run.Work work = run.work();
        busy |=
            !(run.outcome() instanceof Outcome.Equal)
                || work.toLedger() > 0
                || work.toEndpoint() > 0;
      }
    }
    calm = false;
  }

  private void resolveAll() {
    for (int round = 0; !ledger.conflicts().isEmpty(); round++) {
      require(round < ROUNDS, "conflicts come again and again");
      Conflict conflict = ledger.conflicts().get(random.nextInt(ledger.conflicts().size()));
      checkSidesOf(conflict);
      Resolution answer =
          switch (random.nextInt(4)) {
            case 0 -> new Resolution.Choose(Side.OURS);
            case 1 -> new Resolution.Choose(Side.THEIRS);
            case 2 -> new Resolution.Both();
            default -> new Resolution.Supply(conflict.sides().theirs());
          };
      runs++;
      story.add("a person answers " + conflict + " with " + answer);
      Recorded recorded =
          new Resolver(new FaultyLedger(ledger, Faults.NONE, this::recorded))
              .resolve(
                  new RunId("run-" + runs),
                  conflict,
                  answer,
                  new Author("a person", ""),
                  clock.instant());
      require(recorded instanceof Recorded.Committed, "an answer in peace can't come too late");
      Optional<FileVersion> now = ledger.head().files().at(conflict.path());
      for (Side side : Side.values()) {
        if (!side.of(conflict.sides()).equals(now)) {
          lineage.lost(conflict.path(), side.of(conflict.sides()));
        }
      }
      becomeQuiet();
    }
  }

  private void checkSidesOf(Conflict conflict) {
    Place place =
        places.stream()
            .filter(p -> p.link().name().equals(conflict.link()))
            .findFirst()
            .orElseThrow();
    require(
        place.endpoint().files().at(conflict.path()).equals(conflict.sides().theirs()),
        "a conflict shows what the endpoint holds: " + conflict);
    require(
        ledger.head().files().at(conflict.path()).equals(conflict.sides().ours()),
        "a conflict shows what the ledger holds: " + conflict);
  }

  private void check() {
    var paths = new TreeSet<FilePath>();
    var contents = new HashSet<ContentId>();
    ledger
        .head()
        .files()
        .forEach((path, version) -> {
          paths.add(path);
          contents.add(version.content());
        });
    for (Place place : places) {
      paths.addAll(place.endpoint().files().files().keySet());
      place
          .endpoint()
          .files()
          .files()
          .forEach((path, version) -> checkIsKept(place, path, version));
    }
    for (FilePath path : paths) {
      Optional<FileVersion> left = ledger.head().files().at(path);
      lineage
          .objection(path, left, contents::contains)
          .ifPresent(objection -> require(false, objection));
      left.ifPresent(version ->
          require(people.wrote(ledger.read(version.content())), path + " was invented: " + left));
      for (Place place : places) {
        boolean follows =
            place.link().planner().direction() != Direction.IN
                && place.link().mapping().toEndpoint(path).isPresent();
        require(
            !follows || place.endpoint().files().at(path).equals(left),
            path + " differs at " + place.link().name() + " from the ledger's " + left);
      }
    }
  }

  private void checkIsKept(Place place, FilePath path, FileVersion version) {
    require(
        place.link().mapping().toEndpoint(path).isEmpty() || ledger.everHeld(version),
        "the ledger never saw " + path + " as it is at " + place.link().name());
  }

  private void recorded(Changes changes) {
    var moving =
        changes.byPath().values().stream()
            .filter(change -> change.after().isEmpty())
            .map(FileChange::before)
            .collect(Collectors.toSet());
    changes
        .byPath()
        .forEach((path, change) -> {
          story.add("the ledger has " + path + ": " + brief(change.after()));
          if (change.after().isPresent() && moving.contains(change.after())) {
            lineage.moved(path, change.after());
          }
          lineage.brought(ledger, path, change.after());
        });
  }

  private Place place(String name) {
    var author = new Author(name, name + "@example.org");
    Duration skew = Duration.ofHours(random.nextInt(49) - 24);
    var link = new LinkName(name);
    var mapping =
        random.nextInt(6) == 0
            ? PathMapping.without(List.of(Glob.of("d/f"), Glob.of("d/f/**")))
            : PathMapping.WHOLE;
    var endpoint =
        new MemoryEndpoint(
            author,
            () -> clock.instant().plus(skew),
            (path, change) -> given(name, path, change, mapping));
    endpoint.suffer(faults());
    Direction direction =
        switch (random.nextInt(12)) {
          case 0 -> Direction.IN;
          case 1 -> Direction.OUT;
          default -> Direction.BOTH;
        };
    var planner =
        new Planner(
            direction,
            watched(policies.get(random.nextInt(policies.size()))),
            new Safeguard(random.nextInt(4), 0.3),
            name);
    return new Place(new Link(link, mapping, planner, endpoint), endpoint);
  }

  /** The same policies; whatever they set aside is excused from being there in the end. */
  private Policies watched(Policies plain) {
    return new Policies(
        plain.rules().stream()
            .map(rule -> new Policies.Rule(rule.paths(), watched(rule.policy())))
            .toList(),
        watched(plain.otherwise()));
  }

  private MergePolicy watched(MergePolicy plain) {
    return dispute -> {
      Settlement settlement = plain.settle(dispute);
      if (settlement instanceof Settlement.Combined(byte[] contents)) {
        lineage.combined(dispute.path(), dispute.sides(), ContentId.ofContents(contents));
      }
      if (dispute.kind() == Dispute.Kind.FILE_OR_FOLDER) {
        lineage.excuse(dispute.path());
      } else if (settlement instanceof Settlement.Wins(Side side)) {
        lineage.lost(dispute.path(), side.other().of(dispute.sides()));
      }
      return settlement;
    };
  }

  /** An endpoint is about to lose a version: the ledger must have it. */
  private void given(String name, FilePath path, FileChange change, PathMapping mapping) {
    story.add(name + " is given " + path + ": " + brief(change.after()));
    require(mapping.toEndpoint(path).isPresent(), path + " is nothing that " + name + " may touch");
    change
        .before()
        .ifPresent(version ->
            require(ledger.everHeld(version), path + " at " + name + " is lost: " + version));
    lineage.offered(name, path, change.after());
  }

  /** In busy times anything may happen between two steps; in calm times nothing does. */
  private Faults faults() {
    return new Faults() {
      @Override
      public void step() {
        if (calm) {
          return;
        }
        switch (random.nextInt(60)) {
          case 0 -> throw new Crash();
          case 1 -> throw new SyncException.Unavailable("not now");
          case 2, 3 -> act(any());
          default -> {}
        }
      }

      @Override
      public boolean hides(FilePath path) {
        return !calm && random.nextInt(30) == 0;
      }
    };
  }

  private Place any() {
    return places.get(random.nextInt(places.size()));
  }

  private static String brief(Optional<FileVersion> version) {
    return version
        .map(file -> file.content().toString().substring(0, 6) + " " + file.mode())
        .orElse("nothing");
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new AssertionError(otherwise);
    }
  }
}
