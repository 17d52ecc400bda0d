package dev.syncline.server.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.syncline.core.model.SyncException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Who may send a webhook. */
final class ProofTest {

  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final String SECRET = "whs_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8";

  /** Made by the tool that people have, for {@link #SECRET}. */
  private static final String TOKEN =
      "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJpYXQiOjE3NjQwMDAwMDAsImV4cCI6NDEwMjQ0NDgwMCwic2Nv"
          + "cGUiOiJ3ZWJob29rIiwiYXVkIjoid2ViaG9vay1lbmRwb2ludCIsIm5hbWUiOiJwcm9kdWN0aW9uIn0."
          + "dPGrVjrAAPDhVSh6IFjuCk4ZEpLd-GPQVUbWbGKyJRY";

  private static final String STANDARD = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

  @Test
  void withoutASecretNothingIsAccepted() {
    assertEquals(new Verdict.Unproven(), bearer("", "anything"));
    assertEquals(new Verdict.Unproven(), bearer("sk_other", "sk_other"));
  }

  @Test
  void theSecretItselfIsGoodEnough() {
    assertEquals(new Verdict.Accepted(), bearer("p4ss", "p4ss"));
    assertEquals(new Verdict.Accepted(), bearer("p4ss", "Bearer p4ss"));
    assertInstanceOf(Verdict.Refused.class, bearer("p4ss", "p4s"));
    assertEquals(new Verdict.Unproven(), Proof.of("p4ss").check(message(Map.of()), NOW));
    assertEquals(new Verdict.Accepted(), bearer(SECRET, SECRET));
  }

  @Test
  void aTokenThatIsSignedWithTheSecretIsGood() {
    assertEquals(new Verdict.Accepted(), bearer(SECRET, TOKEN));
    assertEquals(new Verdict.Refused("Invalid token"), bearer(SECRET + "x", TOKEN));
    assertEquals(new Verdict.Refused("Invalid token"), bearer(SECRET, TOKEN + "x"));
    assertEquals(new Verdict.Refused("Invalid token"), bearer(SECRET, "a.b"));
  }

  @Test
  void aTokenForSomethingElseIsRefused() {
    assertEquals(
        new Verdict.Refused("Token has expired"),
        bearer(SECRET, token("HS256", "\"aud\":\"webhook-endpoint\",\"exp\":1700000000")));
    assertEquals(
        new Verdict.OutOfScope(
            "Invalid scope. Expected 'webhook', got token for different endpoint"),
        bearer(SECRET, token("HS256", "\"aud\":\"api-endpoint\",\"scope\":\"api\"")));
    assertEquals(
        new Verdict.OutOfScope("Invalid scope. Expected 'webhook', got 'api'"),
        bearer(SECRET, token("HS256", "\"aud\":[\"webhook-endpoint\"],\"scope\":\"api\"")));
    assertEquals(
        new Verdict.Refused("Invalid token"),
        bearer(SECRET, token("HS256", "\"aud\":\"webhook-endpoint\",\"nbf\":4102444800")));
    assertEquals(
        new Verdict.Refused("Invalid token"),
        bearer(SECRET, token("none", "\"aud\":\"webhook-endpoint\",\"scope\":\"webhook\"")));
  }

  @Test
  void aSignedMessageIsGood() {
    for (String family : new String[] {"svix", "webhook"}) {
      assertEquals(new Verdict.Accepted(), signed(STANDARD, family, "1614265330", body()));
    }
    assertEquals(
        new Verdict.Accepted(), signed("whsec_AAAA " + STANDARD, "webhook", "1614265330", body()));
  }

  @Test
  void aMessageThatIsSignedOtherwiseIsRefused() {
    assertInstanceOf(Verdict.Refused.class, signed("whsec_AAAA", "webhook", "1614265330", body()));
    assertInstanceOf(Verdict.Refused.class, signed(STANDARD, "webhook", "1614265331", body()));
    assertInstanceOf(Verdict.Refused.class, signed(STANDARD, "webhook", "soon", body()));
    assertInstanceOf(
        Verdict.Refused.class, signed(STANDARD, "webhook", "1614265330", "{\"test\":1}"));
    assertEquals(
        new Verdict.Unproven(),
        Proof.of(STANDARD).check(message(Map.of("webhook-id", "only")), NOW));
    var old =
        new Received(headers("webhook", "1614265330"), body().getBytes(StandardCharsets.UTF_8));
    assertInstanceOf(Verdict.Refused.class, Proof.of(STANDARD).check(old, NOW));
  }

  @Test
  void aSecretThatCannotBeOneIsAnError() {
    assertThrows(SyncException.Invalid.class, () -> Proof.of("whsec_not base64!"));
  }

  @Test
  void noProofShowsItsSecret() {
    for (String secret : new String[] {SECRET, STANDARD, "p4ss"}) {
      String shown = Proof.of(secret).toString();
      assertFalse(shown.contains(secret.substring(secret.length() - 4)), shown);
    }
  }

  private static String body() {
    return "{\"test\": 2432232314}";
  }

  private static Verdict bearer(String secret, String shown) {
    return Proof.of(secret).check(message(Map.of("authorization", "Bearer " + shown)), NOW);
  }

  private static Verdict signed(String secret, String family, String at, String body) {
    var message = new Received(headers(family, at), body.getBytes(StandardCharsets.UTF_8));
    return Proof.of(secret).check(message, Instant.ofEpochSecond(1614265330 + 299));
  }

  private static Map<String, String> headers(String family, String at) {
    return Map.of(
        family + "-Id",
        "msg_p5jXN8AQM9LWM0D4loKWxJek",
        family + "-Timestamp",
        at,
        family + "-Signature",
        "v2,x v1,AAAA v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
  }

  private static Received message(Map<String, String> headers) {
    return new Received(headers, new byte[0]);
  }

  private static String token(String algorithm, String claims) {
    String signed = encoded("{\"alg\":\"" + algorithm + "\"}") + "." + encoded("{" + claims + "}");
    byte[] signature =
        Proof.hmac(SignedToken.key(SECRET), signed.getBytes(StandardCharsets.US_ASCII));
    return signed + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
  }

  private static String encoded(String json) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }
}
