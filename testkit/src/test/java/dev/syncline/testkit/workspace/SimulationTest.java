package dev.syncline.testkit.workspace;

import dev.syncline.testkit.MemoryLedger;
import org.junit.jupiter.api.Test;

/** Random histories of whole workspaces. */
final class SimulationTest {

  @Test
  void randomHistoriesKeepTheInvariants() {
    new Histories(MemoryLedger::new).play(10_000);
  }
}
