package dev.syncline.server.webhook;

import java.time.Instant;

/** There is no secret, so nobody can prove anything. */
record NoProof() implements Proof {

  @Override
  public Verdict check(Received message, Instant now) {
    return new Verdict.Unproven();
  }
}
