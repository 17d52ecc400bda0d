package dev.syncline.server.webhook;

/** Whether a message comes from who it says. */
public sealed interface Verdict {

  /** It does. */
  record Accepted() implements Verdict {}

  /** It shows nothing that could prove it. */
  record Unproven() implements Verdict {}

  /**
   * It is who it says, and was given leave for something else.
   *
   * @param reason for the sender
   */
  record OutOfScope(String reason) implements Verdict {}

  /**
   * What it shows doesn't prove it.
   *
   * @param reason for the sender; without anything secret
   */
  record Refused(String reason) implements Verdict {}
}
