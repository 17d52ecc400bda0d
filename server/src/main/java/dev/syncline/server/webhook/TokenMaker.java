package dev.syncline.server.webhook;

import dev.syncline.core.model.SyncException;
import dev.syncline.server.view.WebhookKeys;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import tools.jackson.databind.json.JsonMapper;

/** Makes secrets, and the tokens that {@link SignedToken} accepts. */
public record TokenMaker(SecureRandom random, InstantSource clock) implements WebhookKeys {

  private static final int BYTES = 32;
  private static final String HEADER = "{\"alg\":\"HS256\",\"typ\":\"JWT\"}";

  @Override
  public String draw() {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return SignedToken.PREFIX + encoded(bytes);
  }

  @Override
  public String token(String secret, String name, Duration validFor) {
    if (secret.startsWith(StandardWebhook.PREFIX)) {
      throw new SyncException.Invalid(
          "Svix webhook secrets use HMAC signatures, not bearer tokens.");
    }
    if (!secret.startsWith(SignedToken.PREFIX)) {
      throw new SyncException.Invalid(
          "this secret is shown as it is, as Authorization: Bearer SECRET; for tokens make another"
              + " with syncline webhook keygen");
    }
    Instant now = clock.instant();
    String claims =
        JsonMapper.shared()
            .createObjectNode()
            .put("iat", now.getEpochSecond())
            .put("exp", now.plus(validFor).getEpochSecond())
            .put("scope", SignedToken.SCOPE)
            .put("aud", SignedToken.AUDIENCE)
            .put("name", name)
            .toString();
    String signed = encoded(bytes(HEADER)) + "." + encoded(bytes(claims));
    return signed + "." + encoded(Proof.hmac(SignedToken.key(secret), bytes(signed)));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String encoded(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
