package dev.syncline.server.web.api;

import dev.syncline.core.model.Sha256;
import dev.syncline.core.model.SyncException;
import dev.syncline.server.view.AdminAccess;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * Allows the one token that the server wrote for the commands on its own machine. Keeps only its
 * hash. Thread-safe: immutable.
 */
public final class AdminToken implements AdminAccess {

  private static final int SHORTEST = 20;

  private final byte[] expected;

  /**
   * @throws SyncException.Invalid if the token could be guessed: fewer than 20 characters
   */
  public AdminToken(String token) {
    if (token.length() < SHORTEST) {
      throw new SyncException.Invalid(
          "an administration token has at least " + SHORTEST + " characters");
    }
    this.expected = hash(token);
  }

  @Override
  public Decision decide(String token) {
    // Hashes have one length and don't follow the input, so neither length nor prefix leaks.
    return MessageDigest.isEqual(expected, hash(token)) ? Decision.ALLOWED : Decision.UNKNOWN;
  }

  @Override
  public String toString() {
    return "AdminToken[***]";
  }

  private static byte[] hash(String token) {
    return Sha256.of(token.getBytes(StandardCharsets.UTF_8));
  }
}
