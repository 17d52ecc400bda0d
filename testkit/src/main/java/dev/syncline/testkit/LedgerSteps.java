package dev.syncline.testkit;

import dev.syncline.core.merge.Conflict;
import dev.syncline.core.merge.ConflictId;
import dev.syncline.core.merge.ThreeWay;
import dev.syncline.core.model.Author;
import dev.syncline.core.model.Changes;
import dev.syncline.core.model.ContentId;
import dev.syncline.core.model.FileChange;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.FileVersion;
import dev.syncline.core.model.LinkName;
import dev.syncline.core.model.PathMapping;
import dev.syncline.core.model.RunId;
import dev.syncline.core.model.Snapshot;
import dev.syncline.core.port.Edit;
import dev.syncline.core.port.Head;
import dev.syncline.core.port.Ledger;
import dev.syncline.core.port.Recorded;
import dev.syncline.core.port.Recording;
import dev.syncline.core.port.Recording.Agreement;
import dev.syncline.core.port.Recording.Theirs;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Says in a word what a test of a ledger does. Thread-safe.
 *
 * @param ledger the ledger
 * @param runs how many runs there were
 */
public record LedgerSteps(Ledger ledger, AtomicInteger runs) {

  public static final Author ADA = new Author("Ada", "ada@example.org");
  public static final Author BEN = new Author("Ben", "ben@example.org");
  public static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
  public static final LinkName LINK = new LinkName("folder");

  public static LedgerSteps of(Ledger ledger) {
    return new LedgerSteps(ledger, new AtomicInteger());
  }

  /** One path that becomes something else. */
  public record Put(FilePath path, Optional<FileVersion> after) {}

  /** A file with this text. */
  public FileVersion file(String text) {
    return FileVersion.regular(ledger.put(text.getBytes(StandardCharsets.UTF_8)));
  }

  public Put put(String path, String text) {
    return put(path, file(text));
  }

  public static Put put(String path, FileVersion version) {
    return new Put(new FilePath(path), Optional.of(version));
  }

  public static Put remove(String path) {
    return new Put(new FilePath(path), Optional.empty());
  }

  /** From these files to others. */
  public static Changes changes(Snapshot from, Put... puts) {
    var changes = new TreeMap<FilePath, FileChange>();
    for (Put put : puts) {
      FileChange.between(from.at(put.path()), put.after())
          .ifPresent(change -> changes.put(put.path(), change));
    }
    return new Changes(changes);
  }

  public static Edit edit(Author author, String message, Changes changes) {
    return new Edit(author, NOON, message, changes);
  }

  public RunId nextRun() {
    return new RunId("run-" + runs.incrementAndGet());
  }

  public Recording recording(Head on, Changes changes, Theirs theirs) {
    return new Recording(nextRun(), on, changes, theirs, Optional.empty(), List.of(), Set.of());
  }

  /** Edits that together are its changes. */
  public Recording edits(Head on, Edit... edits) {
    Changes all = Changes.NONE;
    for (Edit edit : edits) {
      all = all.followedBy(edit.changes());
    }
    return recording(on, all, new Theirs.Edits(Arrays.asList(edits)));
  }

  /** Ada's edit. */
  public Recording edit(Head on, Put... puts) {
    return edits(on, edit(ADA, "Edit", changes(on.files(), puts)));
  }

  /** The same recording, after which a link's base differs from the ledger so. */
  public static Recording agreed(Recording it, LinkName link, Changes behind, Changes offered) {
    return agreed(it, new Agreement(link, behind, offered, 7, PathMapping.WHOLE, Optional.empty()));
  }

  public static Recording agreed(Recording it, Agreement agreement) {
    return new Recording(
        it.run(),
        it.on(),
        it.changes(),
        it.theirs(),
        Optional.of(agreement),
        it.conflicts(),
        it.closed());
  }

  /** The same recording, with conflicts that open and close. */
  public static Recording with(Recording it, List<Conflict> open, Set<ConflictId> closed) {
    return new Recording(
        it.run(), it.on(), it.changes(), it.theirs(), it.agreement(), open, closed);
  }

  /** A conflict of {@link #LINK} that Ben made. */
  public Conflict conflict(String path, String base, String ours, String theirs, Instant since) {
    return new Conflict(
        LINK,
        new FilePath(path),
        new ThreeWay(Optional.of(file(base)), Optional.of(file(ours)), Optional.of(file(theirs))),
        "both changed \"" + path + "\"\nand more",
        since,
        BEN);
  }

  /** Records Ada's edit of the newest version. */
  public Head record(Put... puts) {
    return must(edit(ledger.head(), puts));
  }

  /** Records, which must work. */
  public Head must(Recording recording) {
    return switch (ledger.record(recording)) {
      case Recorded.Committed(Head head) -> head;
      case Recorded.Moved() -> throw new AssertionError("moved: " + recording);
    };
  }

  /** A path's text; empty if there is no file. */
  public Optional<String> text(Snapshot files, String path) {
    return files.at(new FilePath(path)).map(FileVersion::content).map(this::text);
  }

  public String text(ContentId id) {
    return new String(ledger.read(id), StandardCharsets.UTF_8);
  }

  /** All files. */
  public static MapSnapshot filesOf(Snapshot snapshot) {
    var files = new TreeMap<FilePath, FileVersion>();
    snapshot.forEach(files::put);
    return new MapSnapshot(files);
  }
}
