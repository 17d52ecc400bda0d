package dev.syncline.core.plan;

/** Which way a link carries changes. */
public enum Direction {
  /** Both ways. */
  BOTH,
  /** From the endpoint into the ledger only: the endpoint is never written. */
  IN,
  /**
   * From the ledger to the endpoint only: what is changed there is kept in the history and undone.
   */
  OUT
}
