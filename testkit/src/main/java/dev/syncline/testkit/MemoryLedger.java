package dev.syncline.testkit;

import dev.syncline.core.merge.Conflict;
import dev.syncline.core.merge.ConflictId;
import dev.syncline.core.model.Author;
import dev.syncline.core.model.Base;
import dev.syncline.core.model.Changes;
import dev.syncline.core.model.CommitId;
import dev.syncline.core.model.ContentId;
import dev.syncline.core.model.FileChange;
import dev.syncline.core.model.FileMode;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.FileVersion;
import dev.syncline.core.model.LinkName;
import dev.syncline.core.model.PathMapping;
import dev.syncline.core.model.Snapshot;
import dev.syncline.core.model.SyncException;
import dev.syncline.core.port.Edit;
import dev.syncline.core.port.Head;
import dev.syncline.core.port.Ledger;
import dev.syncline.core.port.Recorded;
import dev.syncline.core.port.Recording;
import dev.syncline.core.port.Recording.Agreement;
import dev.syncline.core.port.Recording.Theirs;
import dev.syncline.core.port.Version;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A ledger that is gone when the test is over. Thread-safe: every call is synchronized. */
public final class MemoryLedger implements Ledger {

  private static final Author SYNCLINE = new Author("Syncline", "");

  private final MemoryContents contents = new MemoryContents();
  private final InstantSource clock;
  private final Map<CommitId, Commit> commits = new HashMap<>();
  private final Map<LinkName, Agreed> bases = new HashMap<>();
  private final Map<ConflictId, Waiting> conflicts = new HashMap<>();
  private Optional<CommitId> head = Optional.empty();

  /** A version with its history. */
  private record Commit(Version version, List<CommitId> parents, MapSnapshot files) {}

  private record Agreed(Base base, Optional<CommitId> madeAt) {}

  private record Waiting(Conflict conflict, CommitId kept) {}

  public MemoryLedger(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public synchronized Head head() {
    return new Head(head, files(head));
  }

  @Override
  public synchronized Snapshot at(CommitId version) {
    return known(version).files();
  }

  @Override
  public synchronized Base base(LinkName link) {
    Agreed agreed = bases.get(link);
    return agreed != null
        ? agreed.base()
        : new Base(
            MapSnapshot.EMPTY, Changes.NONE, 0, PathMapping.WHOLE, Optional.empty(), Instant.EPOCH);
  }

  @Override
  public synchronized Recorded record(Recording recording) {
    mustHaveItsContents(recording);
    MapSnapshot now = files(head);
    boolean isCurrent = head.equals(recording.on().commit());
    if (isStale(recording, isCurrent)
        || (!isCurrent && fitting(now, recording.changes()).isEmpty())) {
      return new Recorded.Moved();
    }
    MapSnapshot after = must(fitting(now, recording.changes()), "changes", recording);
    Optional<Base> base = recording.agreement().map(agreement -> base(recording, agreement));
    Optional<CommitId> on = isCurrent ? Optional.empty() : head;
    Optional<CommitId> next = commit(recording, after);
    if (!files(next).equals(after)) {
      throw new IllegalArgumentException("the edits don't add up to the changes: " + recording);
    }
    head = next;
    recording.conflicts().forEach(this::open);
    recording.closed().forEach(conflicts::remove);
    base.ifPresent(agreed ->
        bases.put(
            recording.agreement().orElseThrow().link(), new Agreed(agreed, on.or(() -> head))));
    return new Recorded.Committed(head());
  }

  /** What a link's base becomes: what others recorded meanwhile is not in it. */
  private Base base(Recording recording, Agreement agreement) {
    MapSnapshot on = MapSnapshot.of(recording.on().files());
    MapSnapshot planned = must(fitting(on, recording.changes()), "changes", recording);
    return new Base(
        must(fitting(planned, agreement.behind()), "agreement", recording),
        agreement.offered(),
        agreement.count(),
        agreement.mapping(),
        agreement.tip(),
        clock.instant());
  }

  private static MapSnapshot must(Optional<MapSnapshot> files, String what, Recording recording) {
    return files.orElseThrow(
        () -> new IllegalArgumentException("no tree can hold the " + what + " of " + recording));
  }

  private boolean isStale(Recording recording, boolean isCurrent) {
    return switch (recording.theirs()) {
      case Theirs.Edits _ -> false;
      case Theirs.Merged it -> !base(linkOf(recording)).files().equals(it.base().files());
      case Theirs.History _ -> !isCurrent;
      case Theirs.Resolved it -> !conflicts.containsKey(it.conflict());
    };
  }

  private static LinkName linkOf(Recording recording) {
    return recording
        .agreement()
        .map(Agreement::link)
        .orElseThrow(() -> new IllegalArgumentException("only a link's edits can be merged"));
  }

  @Override
  public synchronized List<Conflict> conflicts() {
    return conflicts.values().stream()
        .map(Waiting::conflict)
        .sorted(Comparator.comparing(Conflict::since).thenComparing(c -> c.id().value()))
        .toList();
  }

  @Override
  public synchronized void forget(LinkName link) {
    bases.remove(link);
    conflicts.values().removeIf(waiting -> waiting.conflict().link().equals(link));
  }

  @Override
  public synchronized List<Version> history(
      Optional<FilePath> path, Optional<CommitId> from, int limit) {
    var versions = new ArrayList<Version>();
    for (CommitId id : ancestors(from.or(() -> head))) {
      Commit commit = known(id);
      boolean changed =
          path.isEmpty()
              || (commit.parents().isEmpty()
                  ? commit.files().at(path.get()).isPresent()
                  : commit.parents().stream()
                      .allMatch(parent ->
                          !known(parent)
                              .files()
                              .at(path.get())
                              .equals(commit.files().at(path.get()))));
      if (changed && versions.size() < limit) {
        versions.add(commit.version());
      }
    }
    return versions;
  }

  @Override
  public InputStream open(ContentId id) {
    return contents.open(id);
  }

  @Override
  public long size(ContentId id) {
    return contents.size(id);
  }

  @Override
  public ContentId put(long size, InputStream in) throws IOException {
    return contents.put(size, in);
  }

  @Override
  public void close() {}

  /** Whether a commit is part of another's history, or the same. */
  public synchronized boolean contains(CommitId newer, CommitId older) {
    return ancestors(Optional.of(newer)).contains(older);
  }

  /** Adds a commit that no branch holds yet. */
  public synchronized CommitId add(
      Author author, String message, List<CommitId> parents, MapSnapshot files) {
    Instant at = clock.instant();
    CommitId id =
        new CommitId(
            ContentId.ofContents((commits.size() + " " + message).getBytes(StandardCharsets.UTF_8))
                .toString());
    commits.put(
        id,
        new Commit(new Version(id, author, at, message, Map.of()), List.copyOf(parents), files));
    return id;
  }

  /** A commit's author, time and message. */
  public synchronized Version version(CommitId id) {
    return known(id).version();
  }

  private Optional<CommitId> commit(Recording recording, MapSnapshot after) {
    return switch (recording.theirs()) {
      case Theirs.Edits(List<Edit> edits) -> chain(recording, edits, head, files(head));
      case Theirs.Merged(List<Edit> edits, Base base) -> {
        Agreed agreed = bases.get(linkOf(recording));
        Optional<CommitId> on = agreed == null ? Optional.empty() : agreed.madeAt();
        Optional<CommitId> side = chain(recording, edits, on, MapSnapshot.of(base.files()));
        var parents = new ArrayList<>(head.stream().toList());
        side.ifPresent(parents::add);
        yield Optional.of(add(SYNCLINE, "Merge", parents, after));
      }
      case Theirs.History(CommitId tip) -> history(tip, after);
      case Theirs.Resolved(Edit edit, ConflictId conflict) -> {
        var parents = new ArrayList<>(head.stream().toList());
        Waiting waiting = conflicts.get(conflict);
        if (waiting != null) {
          parents.add(waiting.kept());
        }
        yield Optional.of(add(edit.author(), edit.message(), parents, after));
      }
    };
  }

  /** A commit for each edit; one for all if no tree can hold what is between them. */
  private Optional<CommitId> chain(
      Recording recording, List<Edit> edits, Optional<CommitId> from, MapSnapshot files) {
    Optional<CommitId> at = from;
    MapSnapshot now = files;
    for (Edit edit : edits) {
      now = now.with(edit.changes());
      if (!hasRoom(now, edit.changes())) {
        return chain(recording, List.of(together(recording, edits)), from, files);
      }
      at = Optional.of(add(edit.author(), edit.message(), at.stream().toList(), now));
    }
    return at;
  }

  private void mustHaveItsContents(Recording recording) {
    Stream<Changes> behind =
        recording.agreement().stream().flatMap(it -> Stream.of(it.behind(), it.offered()));
    Stream<FileVersion> changed =
        Stream.concat(Stream.of(recording.changes()), behind)
            .flatMap(changes -> changes.byPath().values().stream())
            .flatMap(change -> change.after().stream());
    Stream<FileVersion> sides =
        recording.conflicts().stream()
            .map(Conflict::sides)
            .flatMap(it -> Stream.of(it.base(), it.ours(), it.theirs()))
            .flatMap(Optional::stream);
    Stream.concat(changed, sides)
        .filter(version -> version.mode() != FileMode.GITLINK)
        .filter(version -> !contents.has(version.content()))
        .findAny()
        .ifPresent(missing -> {
          throw new IllegalArgumentException(missing + " was never put: " + recording);
        });
  }

  private static Edit together(Recording recording, List<Edit> edits) {
    if (edits.size() == 1) {
      throw new IllegalArgumentException("no tree can hold the edits of " + recording);
    }
    var all = new TreeMap<FilePath, FileChange>();
    edits.forEach(edit -> all.putAll(edit.changes().byPath()));
    return edits.getLast().withChanges(new Changes(all));
  }

  private Optional<CommitId> history(CommitId tip, MapSnapshot after) {
    boolean sameFiles = known(tip).files().equals(after);
    if (sameFiles && head.map(now -> contains(tip, now)).orElse(true)) {
      return Optional.of(tip);
    }
    boolean known = head.map(now -> contains(now, tip)).orElse(false);
    if (known && files(head).equals(after)) {
      return head;
    }
    var parents = new ArrayList<>(head.stream().toList());
    if (!known) {
      parents.add(tip);
    }
    return Optional.of(add(SYNCLINE, "Merge", parents, after));
  }

  private void open(Conflict conflict) {
    Waiting before = conflicts.get(conflict.id());
    var files = new HashMap<FilePath, FileVersion>();
    conflict.sides().base().ifPresent(version -> files.put(new FilePath("base"), version));
    conflict.sides().ours().ifPresent(version -> files.put(new FilePath("ours"), version));
    conflict.sides().theirs().ifPresent(version -> files.put(new FilePath("theirs"), version));
    CommitId kept =
        add(
            conflict.theirsBy(),
            conflict.reason(),
            before == null ? List.of() : List.of(before.kept()),
            MapSnapshot.of(files));
    conflicts.put(conflict.id(), new Waiting(conflict, kept));
  }

  /** The files after changes; empty if they are not as the changes say, or no tree holds them. */
  private static Optional<MapSnapshot> fitting(MapSnapshot now, Changes changes) {
    boolean asSeen =
        changes.byPath().entrySet().stream()
            .allMatch(entry -> now.at(entry.getKey()).equals(entry.getValue().before()));
    return Optional.of(now.with(changes)).filter(after -> asSeen && hasRoom(after, changes));
  }

  private static boolean hasRoom(MapSnapshot after, Changes changes) {
    return changes.byPath().keySet().stream()
        .filter(path -> after.at(path).isPresent())
        .noneMatch(path -> after.isFolder(path) || isInFile(path, after));
  }

  private static boolean isInFile(FilePath path, MapSnapshot files) {
    return path.above().anyMatch(above -> files.at(above).isPresent());
  }

  private MapSnapshot files(Optional<CommitId> commit) {
    return commit.map(id -> known(id).files()).orElse(MapSnapshot.EMPTY);
  }

  private Commit known(CommitId id) {
    Commit commit = commits.get(id);
    if (commit == null) {
      throw new SyncException.Invalid("there is no version " + id);
    }
    return commit;
  }

  /** A commit and all before it, newest first. */
  private Set<CommitId> ancestors(Optional<CommitId> from) {
    var seen = new LinkedHashSet<CommitId>();
    var open = new ArrayDeque<>(from.stream().toList());
    while (!open.isEmpty()) {
      CommitId id = open.removeFirst();
      if (seen.add(id)) {
        open.addAll(known(id).parents());
      }
    }
    return seen;
  }
}
