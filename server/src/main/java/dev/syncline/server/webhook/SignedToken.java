package dev.syncline.server.webhook;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The sender shows a JWT (RFC 7519) that was signed with the secret, by HS256 and nothing else, for
 * webhooks; or, as newer senders do, the secret itself.
 */
record SignedToken(String secret) implements Proof {

  static final String PREFIX = "whs_";
  static final String AUDIENCE = "webhook-endpoint";
  static final String SCOPE = "webhook";

  private static final int MOST_CHARACTERS = 8 << 10;

  @Override
  public Verdict check(Received message, Instant now) {
    return message
        .bearer()
        .map(shown -> Proof.isSame(shown, secret) ? new Verdict.Accepted() : checkToken(shown, now))
        .orElseGet(Verdict.Unproven::new);
  }

  /** The bytes that tokens are signed with: the text behind the prefix, as it stands. */
  static byte[] key(String secret) {
    return secret.substring(PREFIX.length()).getBytes(StandardCharsets.UTF_8);
  }

  private Verdict checkToken(String token, Instant now) {
    String[] parts = token.split("\\.", -1);
    if (parts.length != 3 || token.length() > MOST_CHARACTERS) {
      return invalid();
    }
    byte[] signed = (parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII);
    String signature =
        Base64.getUrlEncoder().withoutPadding().encodeToString(Proof.hmac(key(secret), signed));
    Optional<JsonNode> header = json(parts[0]);
    Optional<JsonNode> claims = json(parts[1]);
    boolean isOurs =
        header.filter(node -> node.path("alg").asString("").equals("HS256")).isPresent()
            && Proof.isSame(signature, parts[2]);
    return isOurs && claims.isPresent() ? checkClaims(claims.get(), now) : invalid();
  }

  private static Verdict checkClaims(JsonNode claims, Instant now) {
    double seconds = now.toEpochMilli() / 1000.0;
    if (claims.has("exp") && claims.path("exp").asDouble(0) <= seconds) {
      return new Verdict.Refused("Token has expired");
    }
    for (String notBefore : List.of("nbf", "iat")) {
      if (claims.has(notBefore) && claims.path(notBefore).asDouble(Double.MAX_VALUE) > seconds) {
        return invalid();
      }
    }
    JsonNode audience = claims.path("aud");
    boolean isForUs =
        audience.isArray()
            ? StreamSupport.stream(audience.spliterator(), false)
                .anyMatch(one -> one.asString("").equals(AUDIENCE))
            : audience.asString("").equals(AUDIENCE);
    if (!isForUs) {
      return new Verdict.OutOfScope(
          "Invalid scope. Expected 'webhook', got token for different endpoint");
    }
    String scope = claims.path("scope").asString("");
    return scope.equals(SCOPE)
        ? new Verdict.Accepted()
        : new Verdict.OutOfScope("Invalid scope. Expected 'webhook', got '" + scope + "'");
  }

  private static Verdict invalid() {
    return new Verdict.Refused("Invalid token");
  }

  private static Optional<JsonNode> json(String part) {
    try {
      JsonNode node = JsonMapper.shared().readTree(Base64.getUrlDecoder().decode(part));
      return Optional.of(node).filter(JsonNode::isObject);
    } catch (IllegalArgumentException | JacksonException e) {
      return Optional.empty();
    }
  }

  @Override
  public String toString() {
    return "SignedToken[***]";
  }
}
