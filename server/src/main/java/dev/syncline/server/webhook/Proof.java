package dev.syncline.server.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** How senders of messages prove who they are. Which way it is, the form of the secret says. */
public sealed interface Proof permits NoProof, SharedSecret, SignedToken, StandardWebhook {

  /** Looks at what a message shows. */
  Verdict check(Received message, Instant now);

  /**
   * The proof that goes with a secret: {@code whsec_…} for Svix and Standard Webhooks, {@code
   * whs_…} for tokens that are signed with it, and for itself; anything else for itself. Without a
   * secret, and with {@code sk_…}, which is one of another kind, nothing is accepted.
   *
   * @throws dev.syncline.core.model.SyncException.Invalid if a {@code whsec_} secret is not Base64
   */
  static Proof of(String secret) {
    if (secret.isBlank() || secret.startsWith("sk_")) {
      return new NoProof();
    }
    if (secret.startsWith(StandardWebhook.PREFIX)) {
      return StandardWebhook.of(secret);
    }
    return secret.startsWith(SignedToken.PREFIX)
        ? new SignedToken(secret)
        : new SharedSecret(secret);
  }

  /** Compares in a time that doesn't tell where two texts differ. */
  static boolean isSame(String one, String other) {
    return MessageDigest.isEqual(
        one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }

  /** HMAC with SHA-256 (RFC 2104). */
  static byte[] hmac(byte[] key, byte[]... parts) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      for (byte[] part : parts) {
        mac.update(part);
      }
      return mac.doFinal();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HMAC with SHA-256", e);
    }
  }
}
