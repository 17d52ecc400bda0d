package dev.syncline.core.port;

/** How a recording ended. */
public sealed interface Recorded {

  /**
   * All of it is durable.
   *
   * @param head the version that holds it; newer than asked for if others recorded meanwhile
   */
  record Committed(Head head) implements Recorded {}

  /** A path that it speaks of has changed since: nothing was recorded. Look again. */
  record Moved() implements Recorded {}
}
