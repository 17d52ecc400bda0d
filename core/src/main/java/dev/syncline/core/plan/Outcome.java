package dev.syncline.core.plan;

import java.time.Instant;
import java.util.Optional;

/** How a run ended. */
public sealed interface Outcome {

  /** Why it ended so, in a sentence for people; empty if all is well. */
  String reason();

  /** Both sides hold the same, but for what waits, is unseen or was refused. */
  record Equal() implements Outcome {
    @Override
    public String reason() {
      return "";
    }
  }

  /**
   * Something moved meanwhile, or there is more to see: run again at once.
   *
   * @param reason in a few words
   */
  record Again(String reason) implements Outcome {}

  /**
   * Nothing was done: a person has to approve it.
   *
   * @param fingerprint what they approve
   */
  record Held(String reason, String fingerprint) implements Outcome {}

  /** The endpoint or the ledger can't be used now: try again later. */
  record Unavailable(String reason, Optional<Instant> notBefore) implements Outcome {}

  /** The endpoint wants other credentials. */
  record Denied(String reason) implements Outcome {}

  /** What the link was told to do can't be done: its configuration has to change. */
  record Invalid(String reason) implements Outcome {}

  /** Something is damaged: the link stops, and nothing is thrown away. */
  record Halted(String reason) implements Outcome {}
}
