package dev.syncline.server.ledger;

import dev.syncline.core.port.Ledger;
import dev.syncline.testkit.LedgerContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The contract, in a Git repository that is sound after every test. */
final class GitLedgerTest extends LedgerContract {

  @TempDir Path directory;

  @BeforeAll
  static void needsGit() {
    NativeGit.need("git");
  }

  @Override
  protected Ledger open() {
    return GitLedger.open(directory.resolve("ledger"), LedgerSettings.with(clock));
  }

  @AfterEach
  void soundForGit() {
    new NativeGit(directory.resolve("ledger")).mustBeSound();
  }
}
