package dev.syncline.core.flow;

import dev.syncline.core.merge.Conflict;
import dev.syncline.core.merge.Dispute;
import dev.syncline.core.merge.ThreeWay;
import dev.syncline.core.model.Base;
import dev.syncline.core.model.Changes;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.PathMapping;
import dev.syncline.core.model.Snapshot;
import dev.syncline.core.plan.Plan;
import dev.syncline.core.plan.Situation;
import dev.syncline.core.port.Edit;
import dev.syncline.core.port.Head;
import dev.syncline.core.port.Hints;
import dev.syncline.core.port.Ledger;
import dev.syncline.core.port.Observed;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * The first two steps of a run: what was seen on both sides, and the plan made from it.
 *
 * @param link whose run
 * @param head the ledger's newest version
 * @param base what both sides last agreed on
 * @param waiting the link's conflicts that wait already
 * @param seen what the endpoint was seen to hold
 * @param arrived from the base to the ancestor that counts; see {@link Base#arrived}
 * @param theirs what changed there since, as far as the link sees it
 * @param plan what follows
 */
record Look(
    Link link,
    Head head,
    Base base,
    List<Conflict> waiting,
    Observed seen,
    Changes arrived,
    Changes theirs,
    Plan plan) {

  static Look at(Ledger ledger, Link link, Hints hints, InstantSource clock) {
    PathMapping mapping = link.mapping();
    Base base = ledger.base(link.name());
    List<Conflict> waiting =
        ledger.conflicts().stream()
            .filter(conflict -> conflict.link().equals(link.name()))
            .toList();
    Observed seen =
        link.endpoint()
            .observe(
                mapping.seenFromEndpoint(base.files()),
                alsoAt(waiting, base, mapping, hints),
                ledger);
    // Read after looking, so that what is planned is as new as it can be; a recording checks it.
    Head head = ledger.head();
    Changes sinceBase = seen.changes().only((path, change) -> mapping.toLedger(path).isPresent());
    Changes arrived = base.arrived(mapping.toLedger(sinceBase));
    Changes back = mapping.toEndpoint(arrived).reversed();
    Changes theirs = back.followedBy(sinceBase);
    Snapshot files = mapping.seenFromEndpoint(head.files());
    Instant now = clock.instant();
    var situation =
        new Situation(
            base.count() + arrived.growth(),
            back.followedBy(mapping.toEndpoint(head.files().since(base.files()))),
            theirs,
            path -> seen.unseen(path).isPresent(),
            path -> exists(path, files, mapping.seenFromEndpoint(base.files()), theirs),
            (path, sides) ->
                dispute(path, sides, ledger, mapping, new Times(base.at(), now, head), seen),
            version -> ledger.size(version.content()),
            seen.alarm());
    return new Look(
        link, head, base, waiting, seen, arrived, theirs, link.planner().plan(situation));
  }

  /** What changed in the ledger since the ancestor that counts, as of a version of it. */
  Changes oursUpTo(Head version) {
    return arrived.reversed().followedBy(version.files().since(base.files()));
  }

  /** What changed at the endpoint, in the ledger's paths. */
  Changes theirsInLedger() {
    return link.mapping().toLedger(theirs);
  }

  /** The edit that changed a path. */
  Optional<Edit> editOf(FilePath atEndpoint) {
    return editOf(atEndpoint, seen);
  }

  /**
   * A path in conflict differs from the base without being a change: it is looked at every time.
   */
  private static Hints alsoAt(List<Conflict> waiting, Base base, PathMapping mapping, Hints hints) {
    return switch (hints) {
      case Hints.Everywhere everywhere -> everywhere;
      case Hints.At at -> {
        var paths = new HashSet<>(at.paths());
        mapping.toEndpoint(base.offered()).byPath().keySet().forEach(paths::add);
        waiting.forEach(conflict -> mapping.toEndpoint(conflict.path()).ifPresent(paths::add));
        yield new Hints.At(paths);
      }
    };
  }

  private static boolean exists(FilePath path, Snapshot ours, Snapshot base, Changes theirs) {
    return ours.at(path).isPresent()
        || base.at(path).isPresent()
        || theirs.at(path).isPresent()
        || ours.isFolder(path)
        || theirs.byPath().keySet().stream().anyMatch(other -> other.isUnder(path));
  }

  /** Between which instants a change was made. */
  private record Times(Instant agreed, Instant now, Head head) {
    Instant checked(Instant claimed) {
      Instant notLater = claimed.isAfter(now) ? now : claimed;
      return notLater.isBefore(agreed) ? agreed : notLater;
    }
  }

  private static Dispute dispute(
      FilePath path,
      ThreeWay sides,
      Ledger ledger,
      PathMapping mapping,
      Times times,
      Observed seen) {
    return new Dispute(
        Dispute.Kind.FILE,
        path,
        sides,
        () ->
            ledger.history(mapping.toLedger(path), times.head().commit(), 1).stream()
                .findFirst()
                .map(version -> times.checked(version.at()))
                .orElse(times.agreed()),
        () -> editOf(path, seen).map(edit -> times.checked(edit.at())).orElse(times.now()),
        ledger::read);
  }

  private static Optional<Edit> editOf(FilePath path, Observed seen) {
    return seen.edits().stream().filter(edit -> edit.changes().at(path).isPresent()).findFirst();
  }
}
