package dev.syncline.core.plan;

import dev.syncline.core.merge.Policies;
import dev.syncline.core.merge.Settlement;
import dev.syncline.core.merge.Side;
import dev.syncline.core.merge.ThreeWay;
import dev.syncline.core.model.FileChange;
import dev.syncline.core.model.FileMode;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.FileVersion;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Decides what a run would do, from what changed on each side since the base. Pure.
 *
 * <p>For every path that neither waits nor is unseen, both sides become the same. A path that only
 * one side changed becomes what that side made of it; one that both changed is settled by the
 * policy for it; what no policy settles waits, and holds up nothing else.
 *
 * @param direction which way changes go
 * @param policies who settles what both sides changed
 * @param safeguard what a person has to approve
 * @param label names the endpoint in the names of conflict copies
 */
public record Planner(Direction direction, Policies policies, Safeguard safeguard, String label) {

  /** The same with other policies. */
  public Planner withPolicies(Policies others) {
    return new Planner(direction, others, safeguard, label);
  }

  /** What a run would do. */
  public Plan plan(Situation situation) {
    var draft = new Draft(situation);
    var paths = new TreeSet<>(situation.ours().byPath().keySet());
    paths.addAll(situation.theirs().byPath().keySet());
    for (FilePath path : paths) {
      if (situation.around().isUnseen(path)) {
        draft.leaveUnseen(path);
      } else if (situation.theirs().at(path).flatMap(FileChange::after).isPresent()
          && situation.around().isBlocked(path)) {
        draft.leaveWaiting(
            path,
            situation.at(path),
            "the ledger holds something there that this link doesn't see");
      }
    }
    if (!direction.isOneSided()) {
      new Moves(situation, draft).follow();
    }
    for (FilePath path : paths) {
      if (!draft.isDecided(path)) {
        decide(path, situation, draft);
      }
    }
    new Clashes(this, situation, draft).settle();
    return safeguard.check(draft.proposal(direction), situation);
  }

  private void decide(FilePath path, Situation situation, Draft draft) {
    ThreeWay sides = situation.at(path);
    if (sides.ours().equals(sides.theirs())) {
      draft.settle(path, sides.ours());
    } else if (direction == Direction.OUT && situation.theirs().at(path).isPresent()) {
      draft.settle(path, sides.ours());
      draft.overrule(path, Side.THEIRS, sides.theirs());
    } else if (direction == Direction.REPLACE) {
      replace(path, sides, situation, draft);
    } else if (situation.theirs().at(path).isEmpty()) {
      draft.settle(path, sides.ours());
    } else if (situation.ours().at(path).isEmpty()) {
      draft.settle(path, sides.theirs());
    } else {
      settle(path, sides, situation, draft);
    }
  }

  /** The ledger's file comes to say what the endpoint's says, in as few edits as can be. */
  private void replace(FilePath path, ThreeWay sides, Situation situation, Draft draft) {
    if (sides.theirs().isEmpty() && sides.base().isEmpty()) {
      draft.settle(path, sides.ours());
      return;
    }
    // As if the ledger had changed nothing: then all that differs is the endpoint's change.
    var asked = new ThreeWay(sides.ours(), sides.ours(), sides.theirs());
    if (asked.bothFiles()
        && policies.of(path).settle(situation.around().dispute(path, asked))
            instanceof Settlement.Combined(byte[] contents)) {
      draft.settle(path, contents, mode(sides));
      return;
    }
    draft.settle(path, sides.theirs());
    if (situation.ours().at(path).isPresent()) {
      draft.overrule(path, Side.OURS, sides.ours());
    }
  }

  /** Both sides changed the path, differently. */
  private void settle(FilePath path, ThreeWay sides, Situation situation, Draft draft) {
    Optional<FileVersion> partwise = partwise(sides);
    if (partwise.isPresent()) {
      draft.settle(path, partwise);
      return;
    }
    switch (policies.of(path).settle(situation.around().dispute(path, sides))) {
      case Settlement.Wins(Side side) -> {
        draft.settle(path, side.of(sides));
        draft.overrule(path, side.other(), side.other().of(sides));
      }
      case Settlement.Combined(byte[] contents) -> draft.settle(path, contents, mode(sides));
      case Settlement.Both() -> keepBoth(path, sides, situation, draft);
      case Settlement.Waits(String reason) -> draft.leaveWaiting(path, sides, reason);
    }
  }

  private void keepBoth(FilePath path, ThreeWay sides, Situation situation, Draft draft) {
    boolean foreign =
        sides.ours().isEmpty()
            || sides.theirs().isEmpty()
            || sides.ours().get().mode() == FileMode.GITLINK
            || sides.theirs().get().mode() == FileMode.GITLINK;
    if (foreign) {
      draft.leaveWaiting(path, sides, "there are not two files that could both be kept");
      return;
    }
    copyOf(path, Side.THEIRS, situation, draft)
        .ifPresentOrElse(
            copy -> {
              draft.settle(path, sides.ours());
              draft.settle(copy, sides.theirs());
            },
            () ->
                draft.leaveWaiting(
                    path,
                    sides,
                    "both could be kept, but this link sees no second name beside it"));
  }

  /** A free name beside a path, for one side's version of it; empty if the link sees none. */
  Optional<FilePath> copyOf(FilePath path, Side from, Situation situation, Draft draft) {
    return new CopyNames(path, from == Side.THEIRS ? label : "ledger")
        .firstThat(name -> situation.around().isFree(name) && !draft.isDecided(name));
  }

  /** What one side changed in the contents and the other in the mode goes together. */
  private static Optional<FileVersion> partwise(ThreeWay sides) {
    return sides.allFiles()
        ? sides
            .oneSidedPart(FileVersion::content)
            .flatMap(content ->
                sides.oneSidedPart(FileVersion::mode).map(mode -> new FileVersion(content, mode)))
        : Optional.empty();
  }

  /** The mode of a file made of both; that it may be run is what somebody once said. */
  private static FileMode mode(ThreeWay sides) {
    Optional<FileMode> oneSided = sides.oneSidedPart(FileVersion::mode);
    return oneSided.orElseGet(() ->
        sides.ours().map(FileVersion::mode).equals(sides.theirs().map(FileVersion::mode))
            ? sides.ours().orElseThrow().mode()
            : FileMode.EXECUTABLE);
  }
}
