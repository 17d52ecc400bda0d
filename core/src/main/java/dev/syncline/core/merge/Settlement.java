package dev.syncline.core.merge;

/** What a policy makes of two different changes of one path. */
public sealed interface Settlement {

  /** One side's version stands on both; the other's stays in the history. */
  record Wins(Side side) implements Settlement {}

  /**
   * Both changes in one file.
   *
   * @param contents its contents, not changed afterwards
   */
  record Combined(byte[] contents) implements Settlement {}

  /** The ledger's version stays where it is; the endpoint's gets a name of its own beside it. */
  record Both() implements Settlement {}

  /**
   * A person has to look.
   *
   * @param reason why, in one sentence
   */
  record Waits(String reason) implements Settlement {}
}
