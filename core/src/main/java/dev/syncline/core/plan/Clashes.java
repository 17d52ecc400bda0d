package dev.syncline.core.plan;

import dev.syncline.core.merge.Settlement;
import dev.syncline.core.merge.Side;
import dev.syncline.core.merge.ThreeWay;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.FileVersion;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Settles paths that can't both be there: a file on one side where the other has a folder. All
 * paths of such a place go together; none of them waits for a person.
 */
final class Clashes {

  private final Planner planner;
  private final Situation situation;
  private final Draft draft;

  Clashes(Planner planner, Situation situation, Draft draft) {
    this.planner = planner;
    this.situation = situation;
    this.draft = draft;
  }

  void settle() {
    var tops = new TreeSet<FilePath>();
    var paths = draft.paths();
    for (FilePath path : paths) {
      if (mayBeThere(path)) {
        path.above().filter(above -> paths.contains(above) && mayBeThere(above)).forEach(tops::add);
      }
    }
    for (FilePath top : tops) {
      if (tops.stream().noneMatch(top::isUnder)) {
        settle(top, paths.stream().filter(path -> path.isUnder(top)).toList());
      }
    }
  }

  /** Whether a path holds a file afterwards, on one side at least. */
  private boolean mayBeThere(FilePath path) {
    Optional<FileVersion> settled = draft.settled().get(path);
    if (settled != null) {
      return settled.isPresent();
    }
    ThreeWay sides = situation.at(path);
    return sides.ours().isPresent() || sides.theirs().isPresent();
  }

  private void settle(FilePath top, List<FilePath> below) {
    if (draft.isOpen(top) || below.stream().anyMatch(draft::isOpen)) {
      draft.leaveUnseen(top);
      below.forEach(draft::leaveUnseen);
      return;
    }
    if (settlement(top) instanceof Settlement.Wins(Side side)) {
      take(side, top);
      below.forEach(path -> take(side, path));
    } else {
      moveAside(top);
    }
  }

  private Settlement settlement(FilePath top) {
    return switch (planner.direction()) {
      case OUT -> new Settlement.Wins(Side.OURS);
      case REPLACE -> new Settlement.Wins(Side.THEIRS);
      case BOTH, IN ->
          planner
              .policies()
              .of(top)
              .settle(situation.around().dispute(top, situation.at(top)).asFileOrFolder());
    };
  }

  private void take(Side side, FilePath path) {
    ThreeWay sides = situation.at(path);
    draft.settle(path, side.of(sides));
    if (!sides.ours().equals(sides.theirs())) {
      draft.overrule(path, side.other(), side.other().of(sides));
    }
  }

  /**
   * The folder stays where it is, and the file gets a name of its own beside it; if the link sees
   * none, it stays in the history.
   */
  private void moveAside(FilePath top) {
    Optional<FileVersion> file = draft.settled().getOrDefault(top, Optional.empty());
    Side from = file.equals(situation.at(top).theirs()) ? Side.THEIRS : Side.OURS;
    planner
        .copyOf(top, from, situation, draft)
        .ifPresentOrElse(copy -> draft.settle(copy, file), () -> draft.overrule(top, from, file));
    draft.settle(top, Optional.empty());
  }
}
