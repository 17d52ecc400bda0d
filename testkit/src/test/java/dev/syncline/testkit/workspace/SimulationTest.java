package dev.syncline.testkit.workspace;

import dev.syncline.core.merge.MergePolicy;
import dev.syncline.core.merge.Policies;
import dev.syncline.core.merge.Settlement;
import dev.syncline.core.merge.Side;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Plays random histories of whole workspaces. A failure names the seed that plays it again. */
final class SimulationTest {

  @Test
  void randomHistoriesKeepTheInvariants() {
    int histories = Integer.getInteger("syncline.histories", 10_000);
    long first = Long.getLong("syncline.seed", 1L);
    MergePolicy waits =
        d ->
            d.sides().ours().isEmpty() || d.sides().theirs().isEmpty()
                ? new Settlement.Wins(d.sides().ours().isEmpty() ? Side.THEIRS : Side.OURS)
                : new Settlement.Waits("x");
    MergePolicy both =
        d ->
            d.sides().ours().isEmpty() || d.sides().theirs().isEmpty()
                ? new Settlement.Wins(d.sides().ours().isEmpty() ? Side.THEIRS : Side.OURS)
                : new Settlement.Both();
    List<Policies> policies =
        List.of(
            new Policies(List.of(), waits),
            new Policies(List.of(), both),
            new Policies(List.of(), d -> new Settlement.Wins(Side.OURS)),
            new Policies(List.of(), d -> new Settlement.Wins(Side.THEIRS)));
    for (long seed = first; seed < first + histories; seed++) {
      var simulation = new Simulation(seed, policies);
      try {
        simulation.play();
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError(
            "seed " + seed + ": " + e.getMessage() + "\n" + String.join("\n", simulation.story()),
            e);
      }
    }
  }
}
