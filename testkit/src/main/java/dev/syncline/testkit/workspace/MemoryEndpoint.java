package dev.syncline.testkit.workspace;

import dev.syncline.core.model.Author;
import dev.syncline.core.model.Changes;
import dev.syncline.core.model.FileChange;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.FileVersion;
import dev.syncline.core.model.Snapshot;
import dev.syncline.core.port.Applied;
import dev.syncline.core.port.Contents;
import dev.syncline.core.port.Delivery;
import dev.syncline.core.port.Edit;
import dev.syncline.core.port.Endpoint;
import dev.syncline.core.port.Hints;
import dev.syncline.core.port.Observed;
import dev.syncline.testkit.MapSnapshot;
import dev.syncline.testkit.MemoryContents;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/** A folder in memory that people edit, and that fails as real ones do. One thread at a time. */
public final class MemoryEndpoint implements Endpoint {

  private final Author author;
  private final InstantSource clock;
  private final BiConsumer<FilePath, FileChange> replaced;
  private final Predicate<FileVersion> refused;
  private final MemoryContents contents = new MemoryContents();
  private final TreeMap<FilePath, FileVersion> files = new TreeMap<>();
  private final Set<FilePath> looked = new HashSet<>();
  private MapSnapshot shown = MapSnapshot.EMPTY;
  private Faults faults = Faults.NONE;
  private boolean tired;

  /**
   * A folder without files that can hold anything.
   *
   * @param author who edits here
   * @param clock as it goes here
   * @param replaced hears of every path that Syncline is about to change
   */
  public MemoryEndpoint(
      Author author, InstantSource clock, BiConsumer<FilePath, FileChange> replaced) {
    this(author, clock, replaced, version -> false);
  }

  /**
   * A folder without files.
   *
   * @param author who edits here
   * @param clock as it goes here
   * @param replaced hears of every path that Syncline is about to change
   * @param refused what it can't hold
   */
  MemoryEndpoint(
      Author author,
      InstantSource clock,
      BiConsumer<FilePath, FileChange> replaced,
      Predicate<FileVersion> refused) {
    this.author = author;
    this.clock = clock;
    this.replaced = replaced;
    this.refused = refused;
  }

  void suffer(Faults other) {
    this.faults = other;
  }

  /** What is here now. */
  public MapSnapshot files() {
    if (!shown.files().equals(files)) {
      shown = new MapSnapshot(files);
    }
    return shown;
  }

  /** Whether the last look was not at everything. */
  boolean isTired() {
    return tired;
  }

  MemoryContents contents() {
    return contents;
  }

  Author author() {
    return author;
  }

  /** Whether it can hold a version. */
  boolean takes(FileVersion version) {
    return !refused.test(version);
  }

  /** Somebody writes a file; what is in the way goes. */
  public void write(FilePath path, FileVersion version) {
    files.put(path, version);
  }

  /** Somebody deletes a file. */
  public void delete(FilePath path) {
    files.remove(path);
  }

  @Override
  public Observed observe(Snapshot base, Hints hints, Contents ledger) {
    faults.step();
    var paths = new TreeSet<>(files.keySet());
    base.forEach((path, version) -> paths.add(path));
    if (hints instanceof Hints.At(Set<FilePath> at)) {
      paths.removeIf(path -> at.stream().noneMatch(p -> p.equals(path) || path.isUnder(p)));
    }
    var changes = new TreeMap<FilePath, FileChange>();
    var unseen = new HashMap<FilePath, String>();
    tired = faults.tires();
    looked.clear();
    looked.addAll(files.keySet());
    for (FilePath path : paths) {
      faults.step();
      if (faults.hides(path)) {
        unseen.put(path, "it can't be read this time");
        continue;
      }
      Optional<FileVersion> now = Optional.ofNullable(files.get(path));
      if (tired && (now.isEmpty() || faults.passesOver(path))) {
        continue;
      }
      FileChange.between(base.at(path), now)
          .ifPresent(change -> {
            now.ifPresent(version -> keep(path, version, ledger));
            changes.put(path, change);
          });
    }
    var edit = new Edit(author, clock.instant(), "Edits", new Changes(changes));
    return new Observed(
        changes.isEmpty() ? List.of() : List.of(edit),
        unseen,
        Optional.empty(),
        Optional.empty(),
        tired ? Observed.Rest.MORE : Observed.Rest.NOTHING);
  }

  private void keep(FilePath path, FileVersion version, Contents ledger) {
    byte[] bytes = contents.read(version.content());
    if (!version.mode().isFile()) {
      ledger.put(bytes);
      return;
    }
    try {
      ledger.put(path, bytes.length, new ByteArrayInputStream(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException("an array gives what it has", e);
    }
  }

  @Override
  public Applied apply(Delivery delivery, Contents ledger) {
    var order = new ArrayList<>(delivery.changes().byPath().entrySet());
    order.sort(Comparator.comparing(entry -> entry.getValue().after().isPresent()));
    var results = new HashMap<FilePath, Applied.Result>();
    for (Map.Entry<FilePath, FileChange> wanted : order) {
      faults.step();
      results.put(wanted.getKey(), apply(wanted.getKey(), wanted.getValue(), ledger));
    }
    faults.step();
    return new Applied(results, Optional.empty());
  }

  private Applied.Result apply(FilePath path, FileChange change, Contents ledger) {
    Optional<FileVersion> now = Optional.ofNullable(files.get(path));
    if (now.equals(change.after())) {
      return new Applied.Result.Done();
    }
    if (!now.equals(change.before())) {
      return new Applied.Result.Moved();
    }
    if (change.after().filter(refused).isPresent()) {
      return new Applied.Result.Refused("there can be nothing of that kind");
    }
    if (change.after().isPresent() && !hasPlaceFor(path)) {
      return looked.containsAll(files.keySet())
          ? new Applied.Result.Refused("what is in the way is not synced")
          : new Applied.Result.Moved();
    }
    take(path, change, ledger);
    return new Applied.Result.Done();
  }

  /** Syncline changes a path. */
  void take(FilePath path, FileChange change, Contents ledger) {
    replaced.accept(path, change);
    change
        .after()
        .ifPresentOrElse(
            version -> {
              contents.put(ledger.read(version.content()));
              files.put(path, version);
            },
            () -> files.remove(path));
  }

  @Override
  public void close() {}

  /** Who edits here. */
  @Override
  public String toString() {
    return author.name();
  }

  /** Whether a file can be here: no folder is, and nothing above it is a file. */
  boolean hasPlaceFor(FilePath path) {
    return path.above().noneMatch(files::containsKey)
        && files.keySet().stream().noneMatch(other -> other.isUnder(path));
  }
}
