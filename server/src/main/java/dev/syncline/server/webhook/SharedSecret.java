package dev.syncline.server.webhook;

import java.time.Instant;

/** The sender shows the secret itself, as its bearer token. */
record SharedSecret(String secret) implements Proof {

  @Override
  public Verdict check(Received message, Instant now) {
    return message
        .bearer()
        .<Verdict>map(shown ->
            Proof.isSame(shown, secret)
                ? new Verdict.Accepted()
                : new Verdict.Refused("Invalid token"))
        .orElseGet(Verdict.Unproven::new);
  }

  @Override
  public String toString() {
    return "SharedSecret[***]";
  }
}
