package dev.syncline.server.ledger;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.syncline.core.port.Ledger;
import dev.syncline.testkit.SettableClock;
import dev.syncline.testkit.workspace.Histories;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Random histories of whole workspaces on real repositories, which are sound afterwards. */
final class GitSimulationTest {

  private static final int HISTORIES = Boolean.getBoolean("syncline.full") ? 1_000 : 100;

  private final List<Path> repositories = new ArrayList<>();

  @TempDir Path directory;

  @BeforeAll
  static void needsGit() {
    NativeGit.need("git");
  }

  @Test
  void randomHistoriesKeepTheInvariants() {
    new Histories(this::open).play(HISTORIES);
    assertTrue(!repositories.isEmpty());
    repositories.forEach(repository -> new NativeGit(repository).mustBeSound());
  }

  private Ledger open(SettableClock clock) {
    Path repository = directory.resolve("history-" + repositories.size());
    repositories.add(repository);
    return GitLedger.open(repository, LedgerSettings.with(clock).withSmallPacks(3));
  }
}
