package dev.syncline.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.syncline.core.merge.Conflict;
import dev.syncline.core.merge.ConflictId;
import dev.syncline.core.merge.ThreeWay;
import dev.syncline.core.model.Base;
import dev.syncline.core.model.Changes;
import dev.syncline.core.model.FileChange;
import dev.syncline.core.model.FileMode;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.FileVersion;
import dev.syncline.core.model.LinkName;
import dev.syncline.core.model.PathMapping;
import dev.syncline.core.port.Edit;
import dev.syncline.core.port.Head;
import dev.syncline.core.port.Ledger;
import dev.syncline.core.port.Recorded;
import dev.syncline.core.port.Recording;
import dev.syncline.core.port.Recording.Agreement;
import dev.syncline.core.port.Recording.Theirs;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/**
 * Plays random recordings on a ledger and on maps, which must agree after each. The same seed plays
 * the same. For one thread.
 */
public final class LedgerHistories {

  private static final List<LinkName> LINKS =
      List.of(new LinkName("one"), new LinkName("two"), new LinkName("three"));

  private static final List<String> NAMES = List.of("a", "b", "a-", "a.", "é", "\uDC80");

  private static final List<FileMode> MODES =
      List.of(FileMode.REGULAR, FileMode.EXECUTABLE, FileMode.SYMLINK);

  private final Random random;
  private final Ledger ledger;
  private final LedgerSteps steps;
  private final List<Head> heads = new ArrayList<>();
  private final Map<LinkName, Expected> bases = new HashMap<>();
  private final Map<ConflictId, Conflict> conflicts = new HashMap<>();
  private MapSnapshot files = MapSnapshot.EMPTY;
  private int moved;

  private record Expected(MapSnapshot files, Changes offered, long count) {}

  public LedgerHistories(long seed, Ledger ledger) {
    this.random = new Random(seed);
    this.ledger = ledger;
    this.steps = LedgerSteps.of(ledger);
    heads.add(ledger.head());
  }

  /** Plays so many recordings; answers how many of them had moved. */
  public int play(int recordings) {
    for (int i = 0; i < recordings; i++) {
      step();
      check();
    }
    return moved;
  }

  private void step() {
    Head on = random.nextInt(4) > 0 ? heads.getLast() : heads.get(random.nextInt(heads.size()));
    MapSnapshot before = LedgerSteps.filesOf(on.files());
    Changes changes = changes(before, 1 + random.nextInt(4));
    MapSnapshot after = before.with(changes);
    LinkName link = LINKS.get(random.nextInt(LINKS.size()));
    Changes behind = random.nextBoolean() ? Changes.NONE : changes(after, random.nextInt(3));
    MapSnapshot agreed = after.with(behind);
    Changes offered = random.nextBoolean() ? Changes.NONE : changes(agreed, random.nextInt(3));
    long count = random.nextInt(100);
    Map<ConflictId, Conflict> open = conflicts(link, random.nextInt(2));
    Set<ConflictId> closed = closed(open.keySet());
    Theirs theirs = theirs(link, changes);
    var recording =
        new Recording(
            steps.nextRun(),
            on,
            changes,
            theirs,
            Optional.of(
                new Agreement(link, behind, offered, count, PathMapping.WHOLE, Optional.empty())),
            List.copyOf(open.values()),
            closed);
    switch (ledger.record(recording)) {
      case Recorded.Committed(Head head) -> {
        mustFit(changes);
        files = files.with(changes);
        heads.add(head);
        bases.put(link, new Expected(agreed, offered, count));
        conflicts.putAll(open);
        conflicts.keySet().removeAll(closed);
      }
      case Recorded.Moved() -> {
        mustNotFit(changes);
        moved++;
      }
    }
  }

  private void check() {
    Head head = ledger.head();
    assertEquals(files, LedgerSteps.filesOf(head.files()));
    assertEquals(heads.getLast().commit(), head.commit());
    Head old = heads.get(random.nextInt(heads.size()));
    MapSnapshot oldFiles = LedgerSteps.filesOf(old.files());
    assertEquals(files.since(oldFiles), head.files().since(old.files()));
    bases.forEach((link, expected) -> {
      Base base = ledger.base(link);
      assertEquals(expected.files(), LedgerSteps.filesOf(base.files()));
      assertEquals(expected.offered(), base.offered());
      assertEquals(expected.count(), base.count());
    });
    assertEquals(Set.copyOf(conflicts.values()), Set.copyOf(ledger.conflicts()));
  }

  private Theirs theirs(LinkName link, Changes changes) {
    var edits = new ArrayList<Edit>();
    var rest = new TreeMap<>(changes.byPath());
    while (!rest.isEmpty()) {
      var some = new TreeMap<FilePath, FileChange>();
      for (int i = random.nextInt(3); i >= 0 && !rest.isEmpty(); i--) {
        var next = rest.pollFirstEntry();
        some.put(next.getKey(), next.getValue());
      }
      edits.add(LedgerSteps.edit(LedgerSteps.BEN, "Edit", new Changes(some)));
    }
    boolean merges = !edits.isEmpty() && random.nextInt(4) == 0;
    return merges
        ? new Theirs.Merged(List.of(onBase(link)), ledger.base(link))
        : new Theirs.Edits(edits);
  }

  private Edit onBase(LinkName link) {
    MapSnapshot base = LedgerSteps.filesOf(ledger.base(link).files());
    return LedgerSteps.edit(LedgerSteps.ADA, "On the base", changes(base, 2));
  }

  /** Whole changes that a tree can hold: where a file is in the way of a folder, it goes. */
  private Changes changes(MapSnapshot from, int count) {
    var now = new TreeMap<>(from.files());
    for (int i = 0; i < count; i++) {
      var path = new FilePath(path());
      if (random.nextInt(4) == 0) {
        now.remove(path);
      } else {
        now.keySet().removeIf(other -> other.isUnder(path) || path.isUnder(other));
        now.put(path, version());
      }
    }
    return new MapSnapshot(now).since(from);
  }

  private String path() {
    var path = new StringBuilder();
    for (int depth = random.nextInt(3); depth >= 0; depth--) {
      path.append(path.isEmpty() ? "" : "/").append(NAMES.get(random.nextInt(NAMES.size())));
    }
    return path.toString();
  }

  private FileVersion version() {
    FileVersion file = steps.file("" + random.nextInt(5));
    return new FileVersion(file.content(), MODES.get(random.nextInt(MODES.size())));
  }

  private Map<ConflictId, Conflict> conflicts(LinkName link, int count) {
    var open = new HashMap<ConflictId, Conflict>();
    for (int i = 0; i < count; i++) {
      var sides =
          new ThreeWay(
              Optional.of(version()).filter(_ -> random.nextBoolean()),
              Optional.of(version()).filter(_ -> random.nextBoolean()),
              Optional.of(version()));
      var conflict =
          new Conflict(link, new FilePath(path()), sides, "why", LedgerSteps.NOON, LedgerSteps.BEN);
      open.put(conflict.id(), conflict);
    }
    return open;
  }

  private Set<ConflictId> closed(Set<ConflictId> opened) {
    var closed = new HashSet<ConflictId>();
    for (ConflictId id : conflicts.keySet()) {
      if (random.nextInt(3) == 0 && !opened.contains(id)) {
        closed.add(id);
      }
    }
    return closed;
  }

  private void mustFit(Changes changes) {
    assertEquals(true, fits(changes), () -> "must have moved: " + changes);
  }

  private void mustNotFit(Changes changes) {
    assertEquals(false, fits(changes), () -> "has not moved: " + changes);
  }

  private boolean fits(Changes changes) {
    boolean asSeen =
        changes.byPath().entrySet().stream()
            .allMatch(entry -> files.at(entry.getKey()).equals(entry.getValue().before()));
    var after = new HashSet<>(files.with(changes).files().keySet());
    return asSeen
        && after.stream().noneMatch(path -> after.stream().anyMatch(other -> other.isUnder(path)));
  }
}
