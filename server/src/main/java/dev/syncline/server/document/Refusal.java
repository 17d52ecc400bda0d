package dev.syncline.server.document;

/** Why a frame was refused and its connection ended. */
enum Refusal {
  /** Not a sound message of the protocol. */
  MALFORMED(Outbox.Reason.BAD_FRAME),
  /** Longer than the longest frame, or a document has grown too large. */
  TOO_LARGE(Outbox.Reason.TOO_LARGE),
  /** One document more than a connection may have open. */
  TOO_MANY_DOCUMENTS(Outbox.Reason.REFUSED),
  /** A second join, or a version that isn't spoken here. */
  BAD_JOIN(Outbox.Reason.REFUSED);

  private final Outbox.Reason reason;

  Refusal(Outbox.Reason reason) {
    this.reason = reason;
  }

  /** How the connection is closed. */
  Outbox.Reason reason() {
    return reason;
  }
}
