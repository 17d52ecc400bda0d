package dev.syncline.server.endpoint.relay;

import dev.syncline.core.model.Author;
import dev.syncline.core.model.ChangeMessage;
import dev.syncline.core.model.Changes;
import dev.syncline.core.model.FileChange;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.FileVersion;
import dev.syncline.core.model.Lookup;
import dev.syncline.core.model.Snapshot;
import dev.syncline.core.model.SyncException;
import dev.syncline.core.port.Edit;
import dev.syncline.core.port.Hints;
import dev.syncline.core.port.Observed;
import dev.syncline.yjs.StateVector;
import dev.syncline.yjs.YDoc;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One look at a shared folder: what has to be read, and what follows from it. For one thread. */
final class FolderLook {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);

  private final SharedFolder folder;
  private final FolderMemory memory;
  private final Map<String, Set<String>> marked;
  private final Snapshot base;
  private final Lookup lookup;
  private final Hints hints;
  private final Optional<FolderListing> before;
  private final Optional<FolderListing> agreed;
  private Optional<FolderListing> fresh = Optional.empty();

  private final SortedMap<FilePath, FileChange> changes = new TreeMap<>();
  private final Map<FilePath, Set<String>> authors = new HashMap<>();
  private Set<String> listers = Set.of();
  private final Map<FilePath, String> unseen = new HashMap<>();
  private final Map<String, Duration> again = new HashMap<>();

  /**
   * @param marked the documents that somebody spoke of, each with its users
   * @param base what the folder held when the ledger last took it into account
   */
  FolderLook(
      SharedFolder folder,
      FolderMemory memory,
      Map<String, Set<String>> marked,
      Snapshot base,
      Hints hints) {
    this.folder = folder;
    this.memory = memory;
    this.marked = marked;
    this.base = base;
    this.lookup = new Lookup(base);
    this.hints = hints;
    this.before = memory.listing();
    this.agreed = memory.agreed();
  }

  /** Whether the folder's own document has to be read. */
  boolean needsListing() {
    return switch (hints) {
      case Hints.Everywhere() -> true;
      case Hints.At(Set<FilePath> paths) ->
          before.isEmpty()
              || memory.isUnsettled()
              || marked.containsKey(folder.id().resource())
              || !marked.keySet().stream().allMatch(before.get()::has)
              || !before.get().entries().keySet().containsAll(paths);
    };
  }

  /**
   * The folder's own document was read.
   *
   * @throws SyncException.Unavailable if it is empty, and was not before
   */
  void listed(YDoc document) {
    Optional<FolderListing> listing = FolderListing.read(folder.id().relay(), document);
    String own = folder.id().resource();
    listers = memory.state(own).map(state -> Contributors.since(state, document)).orElse(Set.of());
    memory.read(own, document.state());
    boolean wasThere = base.page(Optional.empty(), Optional.empty(), 1).size() > 0;
    if (listing.isEmpty() && wasThere) {
      throw new SyncException.Unavailable(
          "the Relay Server shows an empty folder where there was a full one: it may have lost its"
              + " store. Nothing is deleted here for that");
    }
    fresh = listing;
    listing.ifPresent(memory::listed);
  }

  /** The files that have to be read. */
  List<Reader.Wanted> wanted() {
    Optional<FolderListing> now = fresh.or(() -> before);
    if (now.isEmpty()) {
      return List.of();
    }
    FolderListing listing = now.get();
    var paths =
        new TreeSet<>(
            switch (hints) {
              case Hints.Everywhere() -> listing.entries().keySet();
              case Hints.At(Set<FilePath> at) -> at;
            });
    paths.addAll(listing.pathsOf(marked.keySet()));
    fresh.ifPresent(it -> paths.addAll(differing(it)));
    return paths.stream()
        .flatMap(path -> listing.at(path).map(it -> wanted(path, it)).stream())
        .toList();
  }

  private Reader.Wanted wanted(FilePath path, Entry entry) {
    String document = entry.id().resource();
    boolean isNew = agreed.filter(it -> !it.has(document)).isPresent();
    return new Reader.Wanted(
        path,
        entry,
        lookup.at(path),
        isNew ? Optional.of(StateVector.NONE) : memory.state(document));
  }

  private Set<FilePath> differing(FolderListing now) {
    return now.entries().keySet().stream()
        .filter(path -> !agreed.flatMap(it -> it.at(path)).equals(now.at(path)))
        .collect(Collectors.toSet());
  }

  /** What was seen, once the wanted files are read. */
  Observed seen(SortedMap<FilePath, Held> held, Instant now) {
    held.forEach(this::settle);
    fresh.ifPresent(it -> lookForGone(it, now));
    return new Observed(
        edits(now), unseen, Optional.empty(), Optional.empty(), Observed.Rest.NOTHING);
  }

  /** The documents to look at once more, and how much later. */
  Map<String, Duration> again() {
    return again;
  }

  private void settle(FilePath path, Held held) {
    String document = memory.documentAt(path).map(RelayId::resource).orElse("");
    switch (held) {
      case Held.File(FileVersion version, Set<String> by) -> {
        memory.succeeded(document);
        authors.put(path, by);
        FileChange.between(lookup.at(path), Optional.of(version))
            .ifPresent(change -> changes.put(path, change));
      }
      case Held.Nothing(String reason) -> unseen.put(path, reason);
      case Held.Failed(SyncException.Unavailable why) -> {
        unseen.put(path, String.valueOf(why.getMessage()));
        again.put(document, memory.waitAfterFailure(document));
      }
    }
  }

  /**
   * What the base has and the folder doesn't list. A file that moved is gone from where it was;
   * everything else has to be gone at two looks.
   */
  private void lookForGone(FolderListing listing, Instant now) {
    Map<FilePath, String> waiting = listing.waiting();
    var kept = new HashSet<FilePath>();
    base.forEach((path, version) -> {
      kept.add(path);
      if (listing.entries().containsKey(path)) {
        return;
      }
      String reason = waiting.get(path);
      boolean hasMoved =
          memory.documentAt(path).filter(document -> listing.has(document.resource())).isPresent();
      if (reason != null) {
        unseen.put(path, reason);
      } else if (hasMoved || memory.isGoneAgain(path, now, folder.secondLook())) {
        changes.put(path, new FileChange.Removed(version));
      } else {
        unseen.put(path, "it is gone from the shared folder; a second look has to confirm that");
        again.put(folder.id().resource(), folder.secondLook());
      }
    });
    memory.forget(kept);
    waiting.forEach(unseen::putIfAbsent);
  }

  /** The changes, those of the same people together. */
  private List<Edit> edits(Instant now) {
    var byUsers = new LinkedHashMap<SortedSet<String>, SortedMap<FilePath, FileChange>>();
    changes.forEach((path, change) ->
        byUsers.computeIfAbsent(users(path), _ -> new TreeMap<>()).put(path, change));
    var edits = new ArrayList<Edit>();
    byUsers.forEach((users, their) -> edits.add(edit(users, Changes.of(their), now)));
    return edits;
  }

  /** Who changed a path: what the documents tell counts before what the messages say. */
  private SortedSet<String> users(FilePath path) {
    String document = memory.documentAt(path).map(RelayId::resource).orElse("");
    return Stream.of(
            authors.getOrDefault(path, Set.of()),
            listers,
            marked.getOrDefault(document, Set.of()),
            marked.getOrDefault(folder.id().resource(), Set.of()))
        .filter(users -> !users.isEmpty())
        .findFirst()
        .<SortedSet<String>>map(TreeSet::new)
        .orElseGet(TreeSet::new);
  }

  private Edit edit(SortedSet<String> users, Changes their, Instant now) {
    List<Author> authors = users.stream().map(folder::author).distinct().toList();
    var message =
        new StringBuilder(
            folder
                .message()
                .replace("{time}", TIME.format(now))
                .replace("{changes}", ChangeMessage.of(their)));
    if (authors.size() > 1) {
      message.append("\n");
      authors.stream()
          .skip(1)
          .forEach(author -> message.append("\nCo-authored-by: ").append(author));
    }
    Author author = authors.isEmpty() ? folder.otherwise() : authors.getFirst();
    return new Edit(author, now, message.toString(), their);
  }
}
