package dev.syncline.core.plan;

/** Which way a link carries changes. */
public enum Direction {
  /** Both ways. */
  BOTH,
  /** From the endpoint into the ledger only: the endpoint is never written. */
  IN,
  /**
   * The same, and the ledger's files come to say what the endpoint's say, whatever changed in the
   * ledger. Files that only the ledger ever had stay.
   */
  REPLACE,
  /**
   * From the ledger to the endpoint only: what is changed there is kept in the history and undone.
   */
  OUT;

  /** Whether the endpoint is only read. */
  public boolean isInward() {
    return this == IN || this == REPLACE;
  }

  /** Whether one side's word is all that counts. */
  boolean isOneSided() {
    return this == OUT || this == REPLACE;
  }
}
