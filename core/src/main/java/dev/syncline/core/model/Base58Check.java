package dev.syncline.core.model;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * Bytes as text that survives being read aloud: the bytes and the first four of their double
 * SHA-256, in Bitcoin's base 58 alphabet.
 */
public final class Base58Check {

  private static final String ALPHABET =
      "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
  private static final BigInteger BASE = BigInteger.valueOf(58);
  private static final int CHECKSUM_BYTES = 4;

  private Base58Check() {}

  /** Writes bytes. */
  public static String encode(byte[] bytes) {
    byte[] payload = Arrays.copyOf(bytes, bytes.length + CHECKSUM_BYTES);
    System.arraycopy(checksum(bytes), 0, payload, bytes.length, CHECKSUM_BYTES);
    var digits = new StringBuilder(payload.length * 2);
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

  /**
   * Reads the canonical form of so many bytes.
   *
   * @throws SyncException.Invalid if the text is anything else
   */
  public static byte[] decode(String text, int length) {
    int size = length + CHECKSUM_BYTES;
    // Looked at before any arithmetic: a long text must not cost time.
    if (text.length() > size * 7 / 5) {
      throw invalid(length);
    }
    BigInteger value = BigInteger.ZERO;
    for (int i = 0; i < text.length(); i++) {
      int digit = ALPHABET.indexOf(text.charAt(i));
      if (digit < 0) {
        throw invalid(length);
      }
      value = value.multiply(BASE).add(BigInteger.valueOf(digit));
    }
    if (value.bitLength() > size * 8) {
      throw invalid(length);
    }
    byte[] signed = value.toByteArray();
    byte[] payload = new byte[size];
    int count = Math.min(signed.length, size);
    System.arraycopy(signed, signed.length - count, payload, size - count, count);
    byte[] bytes = Arrays.copyOf(payload, length);
    if (!encode(bytes).equals(text)) {
      throw invalid(length);
    }
    return bytes;
  }

  private static byte[] checksum(byte[] bytes) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      return sha256.digest(sha256.digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }

  private static SyncException.Invalid invalid(int length) {
    return new SyncException.Invalid("not base58check of " + length + " bytes");
  }
}
