package dev.syncline.testkit.workspace;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.syncline.core.flow.Link;
import dev.syncline.core.flow.LinkRunner;
import dev.syncline.core.merge.NamedPolicy;
import dev.syncline.core.merge.Policies;
import dev.syncline.core.model.Author;
import dev.syncline.core.model.ContentId;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.FileVersion;
import dev.syncline.core.model.LinkName;
import dev.syncline.core.model.PathMapping;
import dev.syncline.core.model.RunId;
import dev.syncline.core.model.SyncException;
import dev.syncline.core.plan.Direction;
import dev.syncline.core.plan.Planner;
import dev.syncline.core.plan.Run;
import dev.syncline.core.plan.Safeguard;
import dev.syncline.core.port.Contents;
import dev.syncline.core.port.Hints;
import dev.syncline.testkit.MemoryLedger;
import dev.syncline.testkit.SettableClock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** A workspace in memory, with desks at which tests write. */
final class Workbench {

  final SettableClock clock = new SettableClock();
  final MemoryLedger ledger = new MemoryLedger(clock);
  final MemoryJournal journal = new MemoryJournal();
  private final CountedFaults faults = new CountedFaults();
  private final LinkRunner runner =
      new LinkRunner(new FaultyLedger(ledger, faults, recording -> {}), journal, clock);
  private int runs;

  /** A place with its link. */
  final class Desk {
    final MemoryEndpoint endpoint;
    Link link;

    private Desk(
        String name,
        InstantSource itsClock,
        PathMapping mapping,
        Planner planner,
        Set<FileVersion> refused) {
      endpoint =
          new MemoryEndpoint(
              new Author(name, name + "@example.org"),
              itsClock,
              (path, change) -> {},
              refused::contains);
      endpoint.suffer(faults);
      link = new Link(new LinkName(name), mapping, planner, endpoint);
    }

    void write(String path, String text) {
      endpoint.write(
          new FilePath(path), FileVersion.regular(endpoint.contents().put(text.getBytes(UTF_8))));
    }

    void delete(String path) {
      endpoint.delete(new FilePath(path));
    }

    Run run() {
      return run(new Hints.Everywhere());
    }

    Run run(Hints hints) {
      return runner.run(new RunId("run-" + ++runs), link, hints);
    }

    /** The process dies after the endpoint has been written, and before Syncline hears of it. */
    void runAndDieAfterWriting() {
      Map<String, String> before = files();
      for (int step = 0; files().equals(before); step++) {
        dieAt(step);
        if (goesThrough()) {
          throw new AssertionError("nothing is written that the process could die after");
        }
      }
      dieAt(-1);
    }

    private boolean goesThrough() {
      try {
        run();
        return true;
      } catch (Crash crash) {
        return false;
      }
    }

    void remap(PathMapping mapping) {
      link = new Link(link.name(), mapping, link.planner(), endpoint);
    }

    Map<String, String> files() {
      return texts(endpoint.files().files(), endpoint.contents());
    }
  }

  Desk desk(String name) {
    return desk(name, PathMapping.WHOLE, Direction.BOTH);
  }

  Desk desk(String name, PathMapping mapping, Direction direction) {
    return desk(name, mapping, direction, Safeguard.USUAL);
  }

  Desk desk(String name, PathMapping mapping, Direction direction, Safeguard safeguard) {
    return new Desk(
        name,
        clock,
        mapping,
        new Planner(direction, NamedPolicy.rules(Map.of()), safeguard, name),
        new HashSet<>());
  }

  /** A desk where the later change wins, and whose clock goes ahead of ours. */
  Desk deskOfTheNewest(String name, Duration ahead) {
    return new Desk(
        name,
        () -> clock.instant().plus(ahead),
        PathMapping.WHOLE,
        new Planner(
            Direction.BOTH,
            new Policies(List.of(), NamedPolicy.of("newest")),
            Safeguard.USUAL,
            name),
        Set.of());
  }

  /** A desk that can't hold a file of this text. */
  Desk deskWithout(String name, String text) {
    return new Desk(
        name,
        clock,
        PathMapping.WHOLE,
        new Planner(Direction.BOTH, NamedPolicy.rules(Map.of()), Safeguard.USUAL, name),
        Set.of(version(text)));
  }

  FileVersion version(String text) {
    return FileVersion.regular(ledger.put(text.getBytes(UTF_8)));
  }

  /** Whether the ledger's database has this text. */
  boolean keeps(String text) {
    try {
      return ledger.size(ContentId.ofContents(text.getBytes(UTF_8))) >= 0;
    } catch (SyncException.Corrupt _) {
      return false;
    }
  }

  /** Whether a version in the ledger's history is this. */
  boolean everHeld(FileVersion version) {
    return new EverHeld(ledger, Disguise.none(ledger)).has(version);
  }

  Map<String, String> ledgerFiles() {
    var files = new TreeMap<FilePath, FileVersion>();
    ledger.head().files().forEach(files::put);
    return texts(files, ledger);
  }

  /** At which step the process dies, counted from now; none if negative. */
  void dieAt(int step) {
    meanwhile(
        step,
        () -> {
          throw new Crash();
        });
  }

  /** What happens at a step, counted from now. */
  void meanwhile(int step, Runnable event) {
    faults.left = step;
    faults.event = event;
  }

  void hide(String path) {
    faults.hidden.add(new FilePath(path));
  }

  /** Endpoints tell of no deletions, and not of this file. */
  void passOver(String path) {
    faults.passedOver.add(new FilePath(path));
  }

  void showAll() {
    faults.hidden.clear();
    faults.passedOver.clear();
  }

  private static Map<String, String> texts(Map<FilePath, FileVersion> files, Contents contents) {
    var texts = new TreeMap<String, String>();
    files.forEach((path, version) ->
        texts.put(path.value(), new String(contents.read(version.content()), UTF_8)));
    return texts;
  }

  private static final class CountedFaults implements Faults {
    private final Set<FilePath> hidden = new HashSet<>();
    private final Set<FilePath> passedOver = new HashSet<>();
    private int left = -1;
    private Runnable event = () -> {};

    @Override
    public void step() {
      if (left-- == 0) {
        event.run();
      }
    }

    @Override
    public boolean hides(FilePath path) {
      return hidden.contains(path);
    }

    @Override
    public boolean tires() {
      return !passedOver.isEmpty();
    }

    @Override
    public boolean passesOver(FilePath path) {
      return passedOver.contains(path);
    }
  }
}
