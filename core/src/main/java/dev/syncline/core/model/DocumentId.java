package dev.syncline.core.model;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Names a live document: 16 bytes, written by its clients as base58check (the bytes, then the first
 * four of their double SHA-256, in Bitcoin's base 58 alphabet).
 *
 * @param high the first eight bytes, big-endian
 * @param low the last eight bytes, big-endian
 */
public record DocumentId(long high, long low) implements Comparable<DocumentId> {

  private static final String ALPHABET =
      "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
  private static final BigInteger BASE = BigInteger.valueOf(58);
  private static final int BYTES = 16;
  private static final int CHECKSUM_BYTES = 4;

  /** Twenty bytes take at most 28 digits; each leading zero byte is a digit of its own. */
  private static final int MAX_DIGITS = 28;

  /** Of 16 bytes, big-endian. */
  public static DocumentId of(byte[] bytes) {
    if (bytes.length != BYTES) {
      throw new SyncException.Invalid("a document id has 16 bytes, not " + bytes.length);
    }
    var in = ByteBuffer.wrap(bytes).order(ByteOrder.BIG_ENDIAN);
    return new DocumentId(in.getLong(), in.getLong());
  }

  /**
   * Reads base58check.
   *
   * @throws SyncException.Invalid if the text is not the canonical form of 16 bytes
   */
  public static DocumentId parse(String text) {
    if (text.length() < BYTES || text.length() > MAX_DIGITS) {
      throw invalid();
    }
    BigInteger value = BigInteger.ZERO;
    for (int i = 0; i < text.length(); i++) {
      int digit = ALPHABET.indexOf(text.charAt(i));
      if (digit < 0) {
        throw invalid();
      }
      value = value.multiply(BASE).add(BigInteger.valueOf(digit));
    }
    byte[] significant = value.toByteArray();
    int from = significant[0] == 0 && significant.length > 1 ? 1 : 0;
    int length = significant.length - from;
    if (length > BYTES + CHECKSUM_BYTES) {
      throw invalid();
    }
    byte[] payload = new byte[BYTES + CHECKSUM_BYTES];
    System.arraycopy(significant, from, payload, payload.length - length, length);
    DocumentId id = of(Arrays.copyOf(payload, BYTES));
    // Canonical or refused: one document must not have two names.
    if (!id.toString().equals(text)) {
      throw invalid();
    }
    return id;
  }

  /** The 16 bytes, big-endian. */
  public byte[] bytes() {
    return ByteBuffer.allocate(BYTES).putLong(high).putLong(low).array();
  }

  /** 32 hexadecimal digits: safe as a file name on every system, whatever its letter case rules. */
  public String hex() {
    return HexFormat.of().formatHex(bytes());
  }

  /** Orders by unsigned bytes. */
  @Override
  public int compareTo(DocumentId other) {
    int order = Long.compareUnsigned(high, other.high);
    return order != 0 ? order : Long.compareUnsigned(low, other.low);
  }

  /** Base58check, as its clients write it. */
  @Override
  public String toString() {
    byte[] payload = Arrays.copyOf(bytes(), BYTES + CHECKSUM_BYTES);
    System.arraycopy(checksum(payload), 0, payload, BYTES, CHECKSUM_BYTES);
    var digits = new StringBuilder(MAX_DIGITS);
    BigInteger rest = new BigInteger(1, payload);
    while (rest.signum() > 0) {
      BigInteger[] parts = rest.divideAndRemainder(BASE);
      digits.append(ALPHABET.charAt(parts[1].intValue()));
      rest = parts[0];
    }
    for (int i = 0; i < payload.length && payload[i] == 0; i++) {
      digits.append(ALPHABET.charAt(0));
    }
    return digits.reverse().toString();
  }

  private static byte[] checksum(byte[] payload) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      sha256.update(payload, 0, BYTES);
      return sha256.digest(sha256.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }

  private static SyncException.Invalid invalid() {
    return new SyncException.Invalid("not a document id (base58check of 16 bytes)");
  }
}
