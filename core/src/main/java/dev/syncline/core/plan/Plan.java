package dev.syncline.core.plan;

/** What a run would do. */
public sealed interface Plan {

  Proposal proposal();

  /** Do it. */
  record Proceed(Proposal proposal) implements Plan {}

  /**
   * Ask a person first, and do nothing until then.
   *
   * @param reason what looks wrong, in one sentence
   * @param fingerprint names what is dangerous about it: who approves this one approves no other
   */
  record Hold(Proposal proposal, String reason, String fingerprint) implements Plan {}
}
