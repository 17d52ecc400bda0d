package dev.syncline.server.workspace;

/**
 * How far the run of a link has come, for people who wait. Thread-safe; what is said is only as new
 * as the last call, and nobody is told.
 */
public final class Progress {

  private volatile String sentence = "";

  /** The next run begins. */
  void begin() {
    sentence = "";
  }

  /**
   * The run has come so far.
   *
   * @param step what is being done
   * @param done how much of it
   * @param all how much there is; 0 if nobody knows
   */
  public void at(String step, long done, long all) {
    sentence = step + ": " + done + (all > 0 ? " of " + all : "");
  }

  /** As was last said; empty if nothing was. */
  String sentence() {
    return sentence;
  }
}
