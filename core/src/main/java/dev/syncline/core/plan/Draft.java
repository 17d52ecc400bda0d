package dev.syncline.core.plan;

import static java.util.stream.Collectors.toSet;

import dev.syncline.core.merge.Side;
import dev.syncline.core.merge.ThreeWay;
import dev.syncline.core.model.Changes;
import dev.syncline.core.model.ContentId;
import dev.syncline.core.model.FileChange;
import dev.syncline.core.model.FileMode;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.FileVersion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** A proposal in the making: what each path becomes on both sides, or that it stays in doubt. */
final class Draft {

  private final Situation situation;
  private final SortedMap<FilePath, Optional<FileVersion>> settled = new TreeMap<>();
  private final SortedMap<FilePath, Proposal.Waiting> waiting = new TreeMap<>();
  private final Set<FilePath> unseen = new TreeSet<>();
  private final Map<ContentId, byte[]> fresh = new HashMap<>();
  private final List<Overruled> overruled = new ArrayList<>();

  Draft(Situation situation) {
    this.situation = situation;
  }

  /** The path becomes this on both sides. */
  void settle(FilePath path, Optional<FileVersion> version) {
    settled.put(path, version);
  }

  /** The path becomes a file that a merge made. */
  void settle(FilePath path, byte[] contents, FileMode mode) {
    ContentId id = ContentId.ofContents(contents);
    fresh.put(id, contents);
    settled.put(path, Optional.of(new FileVersion(id, mode)));
  }

  void overrule(FilePath path, Side loser, Optional<FileVersion> version) {
    overruled.add(new Overruled(path, loser, version));
  }

  /** Nothing is known about the path, or nothing can be done there as long as that is so nearby. */
  void leaveUnseen(FilePath path) {
    if (!waiting.containsKey(path)) {
      forget(path);
      unseen.add(path);
    }
  }

  void leaveWaiting(FilePath path, ThreeWay sides, String reason) {
    forget(path);
    waiting.put(path, new Proposal.Waiting(sides, reason));
  }

  boolean isDecided(FilePath path) {
    return settled.containsKey(path) || isOpen(path);
  }

  /** Whether a path waits or is unseen. */
  boolean isOpen(FilePath path) {
    return waiting.containsKey(path) || unseen.contains(path);
  }

  /** What the settled paths become. */
  SortedMap<FilePath, Optional<FileVersion>> settled() {
    return settled;
  }

  /** Every path that was looked at. */
  Set<FilePath> paths() {
    var all = new TreeSet<>(settled.keySet());
    all.addAll(waiting.keySet());
    all.addAll(unseen);
    return all;
  }

  Proposal proposal(Direction direction) {
    var toLedger = new TreeMap<FilePath, FileChange>();
    var toEndpoint = new TreeMap<FilePath, FileChange>();
    settled.forEach((path, version) -> {
      ThreeWay sides = situation.at(path);
      FileChange.between(sides.ours(), version).ifPresent(c -> toLedger.put(path, c));
      FileChange.between(sides.theirs(), version).ifPresent(c -> toEndpoint.put(path, c));
    });
    return new Proposal(
        new Changes(toLedger),
        direction.isInward() ? Changes.NONE : new Changes(toEndpoint),
        fresh,
        waiting,
        unseen,
        overruled,
        hidden());
  }

  private Set<FilePath> hidden() {
    var replaced = new TreeMap<FilePath, FileVersion>();
    settled.forEach((path, version) ->
        situation
            .theirs()
            .at(path)
            .flatMap(FileChange::after)
            .filter(theirs -> !Optional.of(theirs).equals(version))
            .ifPresent(theirs -> replaced.put(path, theirs)));
    if (!replaced.isEmpty()) {
      replaced
          .values()
          .removeAll(settled.values().stream().flatMap(Optional::stream).collect(toSet()));
    }
    return replaced.keySet();
  }

  private void forget(FilePath path) {
    settled.remove(path);
    overruled.removeIf(version -> version.path().equals(path));
  }
}
