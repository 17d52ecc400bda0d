package dev.syncline.testkit;

import dev.syncline.core.model.CommitId;
import dev.syncline.core.port.Head;
import dev.syncline.core.port.Ledger;
import dev.syncline.core.port.Version;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Opens the ledger of each test, and closes it. */
abstract class LedgerStage {

  /** What the ledger of the test goes by. */
  protected final SettableClock clock = new SettableClock();

  private Ledger ledger;
  private LedgerSteps steps;

  protected LedgerStage() {
    ledger = new MemoryLedger(clock);
    steps = LedgerSteps.of(ledger);
  }

  /** Opens the ledger of this test: empty the first time, as it was left after that. */
  protected abstract Ledger open() throws Exception;

  /** Whether the ledger keeps anything after it was closed. */
  protected boolean outlivesClose() {
    return true;
  }

  @BeforeEach
  final void openLedger() throws Exception {
    ledger = open();
    steps = LedgerSteps.of(ledger);
  }

  @AfterEach
  final void closeLedger() {
    ledger.close();
  }

  /** Closes and opens the ledger; false if it would be empty then. */
  protected final boolean reopen() throws Exception {
    if (!outlivesClose()) {
      return false;
    }
    ledger.close();
    openLedger();
    return true;
  }

  protected final Ledger ledger() {
    return ledger;
  }

  protected final LedgerSteps steps() {
    return steps;
  }

  final List<Version> history() {
    return ledger.history(Optional.empty(), Optional.empty(), 1_000);
  }

  static List<CommitId> ids(List<Version> versions) {
    return versions.stream().map(Version::id).toList();
  }

  static List<CommitId> ids(Head... heads) {
    return Arrays.stream(heads).map(Head::commit).flatMap(Optional::stream).toList();
  }
}
