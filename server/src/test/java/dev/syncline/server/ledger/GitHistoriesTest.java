package dev.syncline.server.ledger;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.syncline.testkit.LedgerHistories;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Random recordings on a repository whose packs are merged all the time. */
final class GitHistoriesTest {

  private static final int HISTORIES = Boolean.getBoolean("syncline.full") ? 60 : 4;
  private static final int RECORDINGS = 120;

  @TempDir Path directory;

  @BeforeAll
  static void needsGit() {
    NativeGit.need("git");
  }

  @Test
  void ledgerAndMapsAgreeAfterEveryRandomRecording() {
    int moved = 0;
    long first = Long.getLong("syncline.seed", 1L);
    for (long seed = first; seed < first + HISTORIES; seed++) {
      Path folder = directory.resolve("seed-" + seed);
      try (var ledger =
          GitLedger.open(folder, LedgerSettings.with(InstantSource.system()).withSmallPacks(3))) {
        moved += new LedgerHistories(seed, ledger).play(RECORDINGS);
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
      }
      new NativeGit(folder).mustBeSound();
    }
    assertTrue(moved > HISTORIES, "some must have moved: " + moved);
  }
}
