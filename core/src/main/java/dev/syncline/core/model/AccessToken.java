package dev.syncline.core.model;

import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;
import java.util.zip.CRC32;

/**
 * A token as its holder keeps it: {@code syncline_<id>_<secret>}. Id and secret are lower-case
 * letters and digits (RFC 4648 base 32); the last six of the secret are a checksum, so that a typo
 * is told apart from a token that was revoked. Prints without its secret.
 *
 * @param id 8 characters that name the token; no secret
 * @param secret 40 random characters (200 bits), then 6 of checksum
 */
public record AccessToken(String id, String secret) {

  /** What every token begins with, for whoever searches files for forgotten ones. */
  public static final String PREFIX = "syncline_";

  private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
  private static final int ID_LENGTH = 8;
  private static final int RANDOM_LENGTH = 40;
  private static final int CHECK_LENGTH = 6;
  private static final int LENGTH = PREFIX.length() + ID_LENGTH + 1 + RANDOM_LENGTH + CHECK_LENGTH;

  public AccessToken {
    if (id.length() != ID_LENGTH || secret.length() != RANDOM_LENGTH + CHECK_LENGTH) {
      throw new SyncException.Invalid("not a Syncline token: it has the wrong length");
    }
    String random = secret.substring(0, RANDOM_LENGTH);
    if (!secret.substring(RANDOM_LENGTH).equals(check(id + random))) {
      throw new SyncException.Invalid("not a Syncline token: mistyped, or cut while copying");
    }
  }

  /** A new one. {@code random} must be one that nobody can guess. */
  public static AccessToken generate(RandomGenerator random) {
    String id = letters(random, ID_LENGTH);
    String secret = letters(random, RANDOM_LENGTH);
    return new AccessToken(id, secret + check(id + secret));
  }

  /**
   * Reads what {@link #text} wrote.
   *
   * @throws SyncException.Invalid if it is none, or was mistyped; the message never repeats it
   */
  public static AccessToken parse(String text) {
    if (!text.startsWith(PREFIX)) {
      throw new SyncException.Invalid("not a Syncline token: it doesn't begin with " + PREFIX);
    }
    int secretAt = PREFIX.length() + ID_LENGTH + 1;
    if (text.length() != LENGTH || text.charAt(secretAt - 1) != '_') {
      throw new SyncException.Invalid("not a Syncline token: it has the wrong length");
    }
    return new AccessToken(text.substring(PREFIX.length(), secretAt - 1), text.substring(secretAt));
  }

  /** The whole token, as it is handed out once. */
  public String text() {
    return PREFIX + id + "_" + secret;
  }

  @Override
  public String toString() {
    return PREFIX + id + "_***";
  }

  private static String letters(RandomGenerator random, int count) {
    var letters = new StringBuilder(count);
    for (int i = 0; i < count; i++) {
      letters.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return letters.toString();
  }

  /** Thirty bits of CRC-32: no protection against anybody, only against typos. */
  private static String check(String text) {
    var crc = new CRC32();
    crc.update(text.getBytes(StandardCharsets.UTF_8));
    var check = new StringBuilder(CHECK_LENGTH);
    for (int i = 0; i < CHECK_LENGTH; i++) {
      check.append(ALPHABET.charAt((int) (crc.getValue() >> (5 * i)) & 31));
    }
    return check.toString();
  }
}
