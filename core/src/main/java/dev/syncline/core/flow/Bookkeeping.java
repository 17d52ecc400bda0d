package dev.syncline.core.flow;

import dev.syncline.core.merge.Conflict;
import dev.syncline.core.merge.ConflictId;
import dev.syncline.core.merge.ThreeWay;
import dev.syncline.core.model.Author;
import dev.syncline.core.model.Base;
import dev.syncline.core.model.Changes;
import dev.syncline.core.model.CommitId;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.PathMapping;
import dev.syncline.core.model.RunId;
import dev.syncline.core.plan.Proposal;
import dev.syncline.core.port.Applied;
import dev.syncline.core.port.Edit;
import dev.syncline.core.port.Head;
import dev.syncline.core.port.Observed;
import dev.syncline.core.port.Recording;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What a run writes down: before it touches the endpoint, and after. Pure. */
final class Bookkeeping {

  private final Look look;
  private final Proposal proposal;
  private final PathMapping mapping;
  private final Instant now;

  Bookkeeping(Look look, Instant now) {
    this.look = look;
    this.proposal = look.plan().proposal();
    this.mapping = look.link().mapping();
    this.now = now;
  }

  /** What the ledger has to take in; empty if it knows all of it. */
  Optional<Recording> intake(RunId run) {
    Changes changes = mapping.toLedger(proposal.toLedger());
    List<Conflict> conflicts = conflicts();
    Set<ConflictId> closed = closed();
    boolean known =
        changes.isEmpty()
            && conflicts.isEmpty()
            && closed.isEmpty()
            && settledTheirs().isEmpty()
            && offered().equals(look.base().offered())
            && look.seen().tip().equals(look.base().tip());
    if (known) {
      return Optional.empty();
    }
    Changes ours = look.oursUpTo(look.head()).followedBy(changes);
    return Optional.of(
        new Recording(
            run,
            look.head(),
            changes,
            theirs(changes),
            Optional.of(
                agreement(look.head(), ours, look.theirsInLedger(), offered(), look.seen().tip())),
            conflicts,
            closed));
  }

  /**
   * What the base becomes once the endpoint took changes over; empty if it took none.
   *
   * @param head the version that was delivered
   */
  Optional<Recording> receipt(RunId run, Head head, Applied applied) {
    Changes done = proposal.toEndpoint().only((path, change) -> applied.isDone(path));
    Changes proposed = proposal.toEndpoint().only((path, change) -> applied.isProposed(path));
    // What was only proposed stays offered, as the intake wrote down.
    boolean asked = !proposed.equals(proposal.toEndpoint());
    if (!asked && applied.tip().isEmpty()) {
      return Optional.empty();
    }
    Changes ours = look.oursUpTo(head);
    Changes taken = mapping.toLedger(done);
    // Where a file arrived there is room for it, even if somebody else made that meanwhile.
    Changes gone =
        Room.in(look.base().files(), taken)
            .only((path, _) -> ours.at(path).isPresent() && mapping.toEndpoint(path).isPresent());
    Changes arrived = taken.followedBy(gone);
    return Optional.of(
        new Recording(
            run,
            head,
            Changes.NONE,
            new Recording.Theirs.Edits(List.of()),
            Optional.of(
                agreement(
                    head,
                    ours,
                    look.theirsInLedger().followedBy(arrived),
                    stillOpenOffers()
                        .only((path, change) -> arrived.at(path).isEmpty())
                        .followedBy(mapping.toLedger(proposed)),
                    applied.tip().or(() -> look.seen().tip()))),
            List.of(),
            Set.of()));
  }

  private Recording.Agreement agreement(
      Head head, Changes ours, Changes theirs, Changes offered, Optional<CommitId> tip) {
    Set<FilePath> open = openInLedger();
    long growth = theirs.only((path, change) -> !open.contains(path)).growth();
    Changes seenByLink = ours.only((path, change) -> mapping.toEndpoint(path).isPresent());
    Changes behind = Base.agree(seenByLink, theirs, open);
    return new Recording.Agreement(
        look.link().name(),
        Room.forBase(head.files(), behind, mapping),
        offered,
        look.base().count() + look.arrived().growth() + growth,
        mapping,
        tip);
  }

  /**
   * What the endpoint is asked for with this run, and was asked for where nobody could look since.
   */
  private Changes offered() {
    var offered = new TreeMap<>(stillOpenOffers().byPath());
    offered.putAll(mapping.toLedger(proposal.toEndpoint()).byPath());
    return new Changes(offered);
  }

  private Changes stillOpenOffers() {
    Set<FilePath> open = openInLedger();
    return look.base()
        .offered()
        .only((path, change) ->
            open.contains(path) || mapping.toEndpoint(path).filter(this::isInTheDark).isPresent());
  }

  /** Whether the look didn't get to a path. */
  private boolean isInTheDark(FilePath atEndpoint) {
    return look.seen().unseen(atEndpoint).isPresent()
        || (look.seen().rest() == Observed.Rest.MORE
            && look.seen().changes().at(atEndpoint).isEmpty());
  }

  private Set<FilePath> openInLedger() {
    return proposal.open().stream()
        .map(mapping::toLedger)
        .flatMap(Optional::stream)
        .collect(Collectors.toSet());
  }

  /** What the endpoint changed and the ledger now takes into account. */
  private Changes settledTheirs() {
    Set<FilePath> open = proposal.open();
    return look.theirs().only((path, change) -> !open.contains(path));
  }

  private Recording.Theirs theirs(Changes changes) {
    if (look.seen().tip().isPresent() && mapping.isWhole()) {
      return new Recording.Theirs.History(look.seen().tip().get());
    }
    if (proposal.hidden().isEmpty()) {
      return new Recording.Theirs.Edits(edits(changes));
    }
    Changes settled = mapping.toLedger(settledTheirs());
    // Where the base has what Syncline itself took away, or what waits, the edits found room.
    Changes gone = Room.in(look.base().files(), settled);
    return new Recording.Theirs.Merged(edits(settled.followedBy(gone)), look.base());
  }

  /** The changes under their authors' names; what nobody made alone goes with the first edit. */
  private List<Edit> edits(Changes changes) {
    var rest = new TreeMap<>(changes.byPath());
    var edits = new ArrayList<Edit>();
    for (Edit edit : look.seen().edits()) {
      Changes made = mapping.toLedger(edit.changes());
      Changes part = changes.only((path, change) -> made.at(path).isPresent());
      rest.keySet().removeAll(part.byPath().keySet());
      if (!part.isEmpty()) {
        edits.add(edit.withChanges(part));
      }
    }
    if (!rest.isEmpty() && !look.seen().edits().isEmpty()) {
      Edit first =
          edits.isEmpty()
              ? look.seen().edits().getFirst().withChanges(Changes.NONE)
              : edits.removeFirst();
      rest.putAll(first.changes().byPath());
      edits.addFirst(first.withChanges(new Changes(rest)));
    }
    return edits;
  }

  /** Conflicts that are new, or of which a side has moved. */
  private List<Conflict> conflicts() {
    var fresh = new ArrayList<Conflict>();
    proposal
        .waiting()
        .forEach((path, waiting) -> fresh.add(conflict(path, waiting.sides(), waiting.reason())));
    fresh.removeAll(look.waiting());
    return fresh;
  }

  private Conflict conflict(FilePath path, ThreeWay sides, String reason) {
    FilePath inLedger = mapping.toLedger(path).orElseThrow();
    ConflictId id = ConflictId.of(look.link().name(), inLedger);
    Optional<Conflict> before =
        look.waiting().stream().filter(conflict -> conflict.id().equals(id)).findFirst();
    Author by =
        look.editOf(path)
            .map(Edit::author)
            .or(() -> before.map(Conflict::theirsBy))
            .orElseGet(() -> new Author(look.link().name().value(), ""));
    return new Conflict(
        look.link().name(), inLedger, sides, reason, before.map(Conflict::since).orElse(now), by);
  }

  private Set<ConflictId> closed() {
    var closed = new HashSet<ConflictId>();
    for (Conflict conflict : look.waiting()) {
      boolean waits =
          mapping
              .toEndpoint(conflict.path())
              .filter(path ->
                  proposal.unseen().contains(path)
                      || look.seen().unseen(path).isPresent()
                      || proposal.waiting().containsKey(path))
              .isPresent();
      if (!waits) {
        closed.add(conflict.id());
      }
    }
    return closed;
  }
}
