package dev.syncline.server.webhook;

import dev.syncline.core.model.SyncException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The sender signs each message, as Standard Webhooks and Svix do: HMAC with SHA-256 over its id,
 * its time and its body. While a secret is changed there are two, and either is good.
 *
 * @see <a href="https://www.standardwebhooks.com">Standard Webhooks</a>
 */
record StandardWebhook(List<Key> keys) implements Proof {

  static final String PREFIX = "whsec_";

  /** By how much a sender's clock may differ. */
  private static final Duration TOLERANCE = Duration.ofMinutes(5);

  private static final String VERSION = "v1,";
  private static final int MOST_SIGNATURES = 20;

  /** The bytes of one secret. */
  record Key(byte[] bytes) {
    @Override
    public String toString() {
      return "***";
    }
  }

  StandardWebhook {
    keys = List.copyOf(keys);
  }

  /** One secret, or several with blanks between them. */
  static StandardWebhook of(String secrets) {
    return new StandardWebhook(
        Stream.of(secrets.strip().split("\\s+")).map(StandardWebhook::key).toList());
  }

  private static Key key(String secret) {
    try {
      return new Key(Base64.getDecoder().decode(secret.substring(PREFIX.length())));
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      throw new SyncException.Invalid(
          "a webhook secret that begins with whsec_ goes on in Base64: copy it again from the"
              + " sender",
          e);
    }
  }

  @Override
  public Verdict check(Received message, Instant now) {
    return headers(message, "svix")
        .or(() -> headers(message, "webhook"))
        .map(headers -> check(headers, message.body(), now))
        .orElseGet(Verdict.Unproven::new);
  }

  /** The three headers of one of the two families. */
  private record Headers(String id, String timestamp, String signatures) {}

  private static Optional<Headers> headers(Received message, String family) {
    return message
        .header(family + "-id")
        .flatMap(id ->
            message
                .header(family + "-timestamp")
                .flatMap(at ->
                    message
                        .header(family + "-signature")
                        .map(signatures -> new Headers(id, at, signatures))));
  }

  private Verdict check(Headers headers, byte[] body, Instant now) {
    Optional<Instant> at = time(headers.timestamp);
    if (at.isEmpty()) {
      return new Verdict.Refused("Invalid timestamp");
    }
    if (Duration.between(at.get(), now).abs().compareTo(TOLERANCE) > 0) {
      return new Verdict.Refused("Message timestamp too old or too new");
    }
    byte[] start =
        (headers.id + "." + at.get().getEpochSecond() + ".").getBytes(StandardCharsets.UTF_8);
    boolean matches = false;
    for (Key key : keys) {
      String expected = Base64.getEncoder().encodeToString(Proof.hmac(key.bytes, start, body));
      matches |=
          Stream.of(headers.signatures.split(" ", MOST_SIGNATURES))
              .filter(signature -> signature.startsWith(VERSION))
              .anyMatch(signature -> Proof.isSame(signature.substring(VERSION.length()), expected));
    }
    return matches ? new Verdict.Accepted() : new Verdict.Refused("No matching signature found");
  }

  /** Seconds since 1970, of which senders may write a part, too. */
  private static Optional<Instant> time(String text) {
    try {
      double seconds = Math.floor(Double.parseDouble(text));
      return Math.abs(seconds) < 1e11
          ? Optional.of(Instant.ofEpochSecond((long) seconds))
          : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
