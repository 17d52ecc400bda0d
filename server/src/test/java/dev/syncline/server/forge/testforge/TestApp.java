package dev.syncline.server.forge.testforge;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A GitHub App: its key, what it may do where it is installed, and the tokens that it got. */
public final class TestApp {

  public static final String ID = "Iv1.0123456789abcdef";
  public static final long INSTALLATION = 4711;

  /** What PKCS #8 has before the PKCS #1 of a key of 2048 bits. */
  private static final int HEAD = 26;

  /** What the people who installed it allow. */
  public final Map<String, String> permissions =
      new TreeMap<>(Map.of("contents", "write", "pull_requests", "write", "metadata", "read"));

  /** Another one once the app was installed anew. */
  public volatile long installation = INSTALLATION;

  /** GitHub's clock. */
  public volatile InstantSource clock;

  private final KeyPair keys;
  private final Map<String, Instant> tokens = new ConcurrentHashMap<>();

  public TestApp(InstantSource clock) {
    this.clock = clock;
    try {
      var generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      this.keys = generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /** The key as GitHub gives it. */
  public String pem() {
    byte[] encoded = keys.getPrivate().getEncoded();
    return pem("RSA PRIVATE KEY", Arrays.copyOfRange(encoded, HEAD, encoded.length));
  }

  /** The key in the newer form. */
  public String pkcs8() {
    return pem("PRIVATE KEY", keys.getPrivate().getEncoded());
  }

  /** Bytes as PEM writes them. */
  public static String pem(String what, byte[] bytes) {
    String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
    return "-----BEGIN " + what + "-----\n" + lines + "\n-----END " + what + "-----\n";
  }

  /** Ends all tokens, as GitHub does when an app is installed anew. */
  public void revoke() {
    tokens.clear();
  }

  /** As long as GitHub's are since 2026. */
  String token() {
    String token = "ghs_1234_" + "eyJhbGciOi.".repeat(46) + tokens.size();
    tokens.put(token, clock.instant().plusSeconds(3600));
    return token;
  }

  boolean isToken(String token) {
    return tokens.containsKey(token) && clock.instant().isBefore(tokens.get(token));
  }

  /** Whether a proof is one, as GitHub says that it looks at them. */
  boolean isProof(String proof) {
    try {
      String[] parts = proof.split("\\.", -1);
      if (parts.length != 3) {
        return false;
      }
      JsonNode head = JsonMapper.shared().readTree(Base64.getUrlDecoder().decode(parts[0]));
      JsonNode claims = JsonMapper.shared().readTree(Base64.getUrlDecoder().decode(parts[1]));
      var signature = Signature.getInstance("SHA256withRSA");
      signature.initVerify(keys.getPublic());
      signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
      long seconds = clock.instant().getEpochSecond();
      return head.path("alg").asString("").equals("RS256")
          && signature.verify(Base64.getUrlDecoder().decode(parts[2]))
          && claims.path("iss").asString("").equals(ID)
          && claims.path("iat").asLong() <= seconds
          && claims.path("exp").asLong() > seconds
          && claims.path("exp").asLong() <= seconds + 600;
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return false;
    }
  }
}
