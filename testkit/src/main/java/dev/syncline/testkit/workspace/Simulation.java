package dev.syncline.testkit.workspace;

import dev.syncline.core.flow.LinkRunner;
import dev.syncline.core.flow.Resolver;
import dev.syncline.core.merge.Conflict;
import dev.syncline.core.merge.Resolution;
import dev.syncline.core.merge.Side;
import dev.syncline.core.model.Author;
import dev.syncline.core.model.FileChange;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.FileVersion;
import dev.syncline.core.model.LinkName;
import dev.syncline.core.model.RunId;
import dev.syncline.core.model.Snapshot;
import dev.syncline.core.model.SyncException;
import dev.syncline.core.plan.Outcome;
import dev.syncline.core.plan.Run;
import dev.syncline.core.port.Hints;
import dev.syncline.core.port.Ledger;
import dev.syncline.core.port.Recorded;
import dev.syncline.core.port.Recording;
import dev.syncline.testkit.SettableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * One random history of a workspace: people edit at two to five endpoints while links run, crash
 * between any two steps, miss signals and hear them twice, see a part, are told to see another
 * part, and are refused, under clocks that are wrong. At every quiet point the {@link Invariants}
 * are checked. The same seed gives the same history.
 */
public final class Simulation {

  private static final int TURNS = 500;

  private final Random random;
  private final SettableClock clock;
  private final Ledger ledger;
  private final Disguise disguise;
  private final EverHeld held;
  private final MemoryJournal journal = new MemoryJournal();
  private final Lineage lineage = new Lineage();
  private final Story story;
  private final Verdicts verdicts;
  private final People people;
  private final Invariants invariants;
  private final Places places;
  private final List<Place> all = new ArrayList<>();
  private final LinkRunner runner;
  private boolean calm;
  private int runs;

  /** Whether a history is told. */
  public enum Telling {
    /** It is only played. */
    SILENT,
    /** Every event is told. */
    ALOUD
  }

  /**
   * A workspace that nobody has touched yet.
   *
   * @param seed of everything random
   * @param clock that the ledger goes by
   * @param ledger without a version; one in memory has branches as endpoints too
   * @param disguise of that ledger
   */
  public Simulation(
      long seed, Telling telling, SettableClock clock, Ledger ledger, Disguise disguise) {
    this.clock = clock;
    this.ledger = ledger;
    this.disguise = disguise;
    this.held = new EverHeld(ledger, disguise);
    this.random = new Random(seed);
    this.story = new Story(telling);
    this.verdicts = new Verdicts(lineage, story, disguise);
    this.people = new People(random, lineage, story);
    this.invariants = new Invariants(ledger, disguise, held, lineage, people);
    this.runner =
        new LinkRunner(new FaultyLedger(ledger, faults(), this::recorded), journal, clock);
    this.places = new Places(random, verdicts, clock, ledger, disguise);
    int count = 2 + random.nextInt(4);
    for (int at = 0; at < count; at++) {
      all.add(places.open("place" + at, faults(), this::given));
    }
  }

  /** What happened so far, a line for each event. */
  public List<String> story() {
    return story.lines();
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
      invariants.check(all);
      disguise.rest();
      all.forEach(places::restart);
    }
  }

  private void step() {
    Place place = any();
    clock.move(Duration.ofSeconds(random.nextInt(100) - 10));
    int what = random.nextInt(40);
    if (what == 0) {
      places.remap(place);
      story.tell(() -> place.name() + " shall see " + place.link().mapping());
    } else if (what < 17) {
      people.act(place);
    } else {
      try {
        run(place, random.nextBoolean() ? new Hints.Everywhere() : someHints(place));
      } catch (Crash crash) {
        // The next run starts from nothing but what is stored.
        story.tell(() -> "the process died");
        all.forEach(places::restart);
      }
    }
  }

  private Hints someHints(Place place) {
    var paths = new HashSet<FilePath>();
    for (FilePath path : place.desk().files().files().keySet()) {
      if (random.nextBoolean()) {
        paths.add(path);
      }
    }
    return new Hints.At(paths);
  }

  private Run run(Place place, Hints hints) {
    runs++;
    story.tell(() -> place.name() + " runs with " + hints);
    verdicts.begin();
    lineage.begin();
    Run run = runner.run(new RunId("run-" + runs), place.link(), hints);
    story.tell(() -> place.name() + " ended: " + run.outcome() + " " + run.work());
    place.ran(run);
    switch (run.outcome()) {
      case Outcome.Equal() -> heardBack(place, run.work());
      case Outcome.Again _ -> {
        // What a run saw that recorded nothing is forgotten; and one may not have seen all.
        if (!run.work().equals(Run.Work.NONE) && !place.desk().isTired()) {
          heardBack(place, run.work());
        }
      }
      case Outcome.Held(String _, String fingerprint) -> {
        if (calm || random.nextInt(4) == 0) {
          journal.approve(place.link().name(), fingerprint);
        }
      }
      case Outcome.Unavailable _ -> {}
      case Outcome.Halted _, Outcome.Invalid _, Outcome.Denied _ ->
          throw new AssertionError("a run ended with " + run.outcome());
    }
    return run;
  }

  private void heardBack(Place place, Run.Work work) {
    lineage.confirmed(
        place.name(),
        work.problems().keySet().stream()
            .flatMap(path -> place.mapping().toLedger(path).stream())
            .collect(Collectors.toSet()));
  }

  /** Nobody edits, nothing fails: soon nothing is left to do. */
  private void becomeQuiet() {
    calm = true;
    int idle = 0;
    for (int turn = 0; idle < all.size(); turn++) {
      Invariants.require(turn < TURNS, "the links don't come to rest");
      Run run = run(all.get(turn % all.size()), new Hints.Everywhere());
      Run.Work work = run.work();
      boolean busy =
          !(run.outcome() instanceof Outcome.Equal) || work.toLedger() > 0 || work.toEndpoint() > 0;
      idle = busy ? 0 : idle + 1;
    }
    calm = false;
  }

  private void resolveAll() {
    for (int round = 0; !ledger.conflicts().isEmpty(); round++) {
      Invariants.require(round < TURNS, "conflicts come again and again");
      Conflict conflict = ledger.conflicts().get(random.nextInt(ledger.conflicts().size()));
      invariants.checkSides(disguise.plain(conflict), place(conflict.link()));
      Resolution answer = answer(conflict);
      runs++;
      story.tell(() -> "a person answers " + conflict + " with " + answer);
      Recorded recorded =
          new Resolver(new FaultyLedger(ledger, Faults.NONE, this::recorded))
              .resolve(
                  new RunId("run-" + runs),
                  conflict,
                  answer,
                  new Author("a person", ""),
                  clock.instant());
      Invariants.require(
          recorded instanceof Recorded.Committed, "an answer in peace can't come too late");
      setAside(disguise.plain(conflict), answer);
      becomeQuiet();
    }
  }

  private Resolution answer(Conflict conflict) {
    if (!hasPlaceFor(conflict.path())) {
      return new Resolution.Choose(Side.OURS);
    }
    return switch (random.nextInt(4)) {
      case 0 -> new Resolution.Choose(Side.OURS);
      case 1 -> new Resolution.Choose(Side.THEIRS);
      case 2 -> new Resolution.Both();
      default -> new Resolution.Supply(conflict.sides().theirs());
    };
  }

  /** Whether the ledger can hold a file there: no folder is, and no file is above. */
  private boolean hasPlaceFor(FilePath path) {
    Snapshot files = ledger.head().files();
    return path.above().noneMatch(above -> files.at(above).isPresent()) && !files.isFolder(path);
  }

  private void setAside(Conflict conflict, Resolution answer) {
    if (answer instanceof Resolution.Both) {
      return;
    }
    Optional<FileVersion> now = plain(conflict.path(), ledger.head().files().at(conflict.path()));
    if (!conflict.sides().ours().equals(now)) {
      lineage.overruled(conflict.path(), conflict.sides().ours());
    }
    if (!conflict.sides().theirs().equals(now)) {
      lineage.overruled(conflict.link().value(), conflict.path(), conflict.sides().theirs());
    }
  }

  private void recorded(Recording recording) {
    recording.conflicts().forEach(conflict -> held.shown(disguise.plain(conflict)));
    recording.agreement().ifPresent(this::remapped);
    verdicts.takeEffect();
    LinkName link = recording.agreement().orElseThrow().link();
    recording
        .changes()
        .byPath()
        .forEach((path, change) -> {
          change.after().ifPresent(version -> disguise.check(path, version));
          Optional<FileVersion> after = plain(path, change.after());
          story.tell(() -> "the ledger has " + path + ": " + brief(after));
          lineage.recorded(link.value(), path, after);
        });
    lineage.agreed(link.value(), disguise.plain(ledger.base(link).files()));
  }

  private Optional<FileVersion> plain(FilePath path, Optional<FileVersion> version) {
    return version.map(it -> disguise.plain(path, it));
  }

  private void remapped(Recording.Agreement agreement) {
    Place place = place(agreement.link());
    if (!place.mapping().equals(agreement.mapping())) {
      story.tell(() -> place.name() + " sees " + agreement.mapping());
      place.remapped(agreement.mapping());
    }
  }

  private void given(Place place, FilePath path, FileChange change) {
    story.tell(() -> place.name() + " is given " + path + ": " + brief(change.after()));
    invariants.checkTaken(place, path, change);
    lineage.offered(place.name(), place.mapping().toLedger(path).orElseThrow(), change.after());
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
          case 2, 3 -> people.act(any());
          default -> {}
        }
      }

      @Override
      public boolean hides(FilePath path) {
        return !calm && random.nextInt(30) == 0;
      }

      @Override
      public boolean tires() {
        return !calm && random.nextInt(10) == 0;
      }

      @Override
      public boolean passesOver(FilePath path) {
        return random.nextInt(3) == 0;
      }
    };
  }

  private Place any() {
    return all.get(random.nextInt(all.size()));
  }

  private Place place(LinkName link) {
    return all.stream().filter(place -> place.link().name().equals(link)).findFirst().orElseThrow();
  }

  static String brief(Optional<FileVersion> version) {
    return version.map(Simulation::brief).orElse("nothing");
  }

  static String brief(FileVersion version) {
    return version.content().toString().substring(0, 6) + " " + version.mode();
  }
}
