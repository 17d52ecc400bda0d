package dev.syncline.core.flow;

import dev.syncline.core.merge.Conflict;
import dev.syncline.core.model.Base;
import dev.syncline.core.model.Changes;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.Lookup;
import dev.syncline.core.model.PathMapping;
import dev.syncline.core.plan.Plan;
import dev.syncline.core.plan.Situation;
import dev.syncline.core.port.Edit;
import dev.syncline.core.port.Head;
import dev.syncline.core.port.Hints;
import dev.syncline.core.port.Ledger;
import dev.syncline.core.port.Observed;
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
 * @param arrived from the base to the ancestor that counts, in the ledger's paths; see {@link
 *     Base#arrived}
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
                InSight.of(ledger, mapping))
            .consistent();
    // Read after looking, so that what is planned is as new as it can be; a recording checks it.
    Head head = ledger.head();
    // A hint may name a file, and not what was in its place.
    Changes gone = Room.in(mapping.seenFromEndpoint(base.files()), seen.changes());
    Changes changed = mapping.toLedger(seen.changes().followedBy(gone));
    Changes arrived = base.arrived(changed);
    Changes theirs = mapping.toEndpoint(changed.only((path, change) -> arrived.at(path).isEmpty()));
    Changes inDoubt = base.offered().only((path, change) -> arrived.at(path).isEmpty());
    var situation =
        new Situation(
            base.count() + arrived.growth(),
            mapping.toEndpoint(ours(arrived, base, head)),
            theirs,
            new Around(
                ledger,
                mapping,
                base,
                head,
                new Lookup(head.files()),
                seen,
                inDoubt,
                clock.instant()),
            seen.alarm());
    Plan plan = link.planner().plan(situation);
    return new Look(link, head, base, waiting, seen, arrived, theirs, plan);
  }

  /** What changed in the ledger since the ancestor that counts, as of a version of it. */
  Changes oursUpTo(Head version) {
    return ours(arrived, base, version);
  }

  /** What changed at the endpoint, in the ledger's paths. */
  Changes theirsInLedger() {
    return link.mapping().toLedger(theirs);
  }

  /** The edit that changed a path. */
  Optional<Edit> editOf(FilePath atEndpoint) {
    return Around.editOf(atEndpoint, seen);
  }

  private static Changes ours(Changes arrived, Base base, Head version) {
    return arrived.reversed().followedBy(version.files().since(base.files()));
  }

  /**
   * Two kinds of paths are looked at every time: one in conflict differs from the base without
   * being a change, and of one that was offered something nobody knows yet what it holds.
   */
  private static Hints alsoAt(List<Conflict> waiting, Base base, PathMapping mapping, Hints hints) {
    return switch (hints) {
      case Hints.Everywhere everywhere -> everywhere;
      case Hints.At at -> {
        var paths = new HashSet<>(at.paths());
        paths.addAll(mapping.toEndpoint(base.offered()).byPath().keySet());
        waiting.forEach(conflict -> mapping.toEndpoint(conflict.path()).ifPresent(paths::add));
        yield new Hints.At(paths);
      }
    };
  }
}
