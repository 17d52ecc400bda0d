package dev.syncline.server.ledger.remote;

/** Hears how far a fetch or a push has come. Called by the thread that waits for it. */
@FunctionalInterface
public interface FetchProgress {

  /** For whom nobody waits. */
  FetchProgress NONE = (step, done, all) -> {};

  /**
   * @param step what is being done, in English
   * @param done how many steps of it are done
   * @param all how many there are; 0 if nobody knows
   */
  void at(String step, int done, int all);
}
