package dev.syncline.testkit.workspace;

import dev.syncline.core.merge.NamedPolicy;
import dev.syncline.core.merge.Policies;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Plays random histories of whole workspaces. {@code -Dsyncline.histories=1000000} plays more; a
 * failure tells its story, and the seed that {@code -Dsyncline.seed} plays again.
 */
final class SimulationTest {

  private static final int HISTORIES = 10_000;

  private static final List<Policies> POLICIES =
      Stream.concat(
              Stream.of(NamedPolicy.rules(Map.of())),
              Stream.of("newest", "ours", "theirs", "merge", "union", "json", "keep-both")
                  .map(name -> new Policies(List.of(), NamedPolicy.of(name))))
          .toList();

  @Test
  void randomHistoriesKeepTheInvariants() {
    int histories = Integer.getInteger("syncline.histories", HISTORIES);
    long first = Long.getLong("syncline.seed", 1L);
    for (long seed = first; seed < first + histories; seed++) {
      try {
        new Simulation(seed, POLICIES, Simulation.Telling.SILENT).play();
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError(
            "-Dsyncline.seed=" + seed + ": " + e.getMessage() + "\n" + story(seed), e);
      }
    }
  }

  /** The same history again, with every event. */
  private static String story(long seed) {
    var simulation = new Simulation(seed, POLICIES, Simulation.Telling.ALOUD);
    try {
      simulation.play();
    } catch (AssertionError | RuntimeException e) {
      return String.join("\n", simulation.story());
    }
    return "and went well when it was played again";
  }
}
