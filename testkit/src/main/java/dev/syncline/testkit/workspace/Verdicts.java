package dev.syncline.testkit.workspace;

import dev.syncline.core.merge.Dispute;
import dev.syncline.core.merge.MergePolicy;
import dev.syncline.core.merge.Policies;
import dev.syncline.core.merge.Settlement;
import dev.syncline.core.merge.Side;
import dev.syncline.core.merge.ThreeWay;
import dev.syncline.core.model.ContentId;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.PathMapping;
import java.util.ArrayList;
import java.util.List;

/** Hears what policies decide while a run plans. It counts once the run has recorded it. */
final class Verdicts {

  private final Lineage lineage;
  private final Story story;
  private final Disguise disguise;
  private final List<Runnable> pending = new ArrayList<>();

  Verdicts(Lineage lineage, Story story, Disguise disguise) {
    this.disguise = disguise;
    this.lineage = lineage;
    this.story = story;
  }

  Lineage lineage() {
    return lineage;
  }

  /** A run starts: what was planned before and not recorded never was. */
  void begin() {
    pending.clear();
  }

  /** The run has recorded what it planned. */
  void takeEffect() {
    pending.forEach(Runnable::run);
    pending.clear();
  }

  /** The same policies, overheard. */
  Policies overheard(Policies plain, String place, PathMapping mapping) {
    return new Policies(
        plain.rules().stream()
            .map(rule -> new Policies.Rule(rule.paths(), overheard(rule.policy(), place, mapping)))
            .toList(),
        overheard(plain.otherwise(), place, mapping));
  }

  private MergePolicy overheard(MergePolicy plain, String place, PathMapping mapping) {
    return dispute -> {
      Settlement settlement = plain.settle(dispute);
      FilePath path = mapping.toLedger(dispute.path()).orElseThrow();
      ThreeWay sides = disguise.plain(path, dispute.sides());
      story.tell(() -> path + " is disputed: " + sides + " ends " + settlement);
      boolean isFile = dispute.kind() == Dispute.Kind.FILE;
      switch (settlement) {
        case Settlement.Combined(byte[] contents) ->
            pending.add(() -> lineage.combined(path, sides, ContentId.ofContents(contents)));
        case Settlement.Wins(Side side) ->
            pending.add(
                !isFile
                    ? () -> lineage.allOverruled(path)
                    : side == Side.THEIRS
                        ? () -> lineage.overruled(path, sides.ours())
                        : () -> lineage.overruled(place, path, sides.theirs()));
        case Settlement.Both() -> {
          boolean named =
              mapping
                  .toLedger(dispute.path().sibling(dispute.path().name() + " (from x)"))
                  .isPresent();
          if (!isFile && !named) {
            // The file makes room, and the link sees no other name for it.
            pending.add(() -> lineage.allOverruled(path));
          }
        }
        case Settlement.Waits _ -> {}
      }
      return settlement;
    };
  }
}
