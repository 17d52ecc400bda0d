package dev.syncline.testkit;

import dev.syncline.core.port.Ledger;

/** The stand-in keeps what real ledgers keep. */
final class MemoryLedgerTest extends LedgerContract {

  @Override
  protected Ledger open() {
    return new MemoryLedger(clock);
  }

  @Override
  protected boolean outlivesClose() {
    return false;
  }
}
