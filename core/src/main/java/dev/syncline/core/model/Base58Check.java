package dev.syncline.core.model;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Bytes as text that survives being read aloud: the bytes and the first four of their double
 * SHA-256, in Bitcoin's base 58 alphabet.
 */
public final class Base58Check {

  private static final String ALPHABET =
      "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
  private static final int BASE = 58;
  private static final int CHECKSUM_BYTES = 4;
  private static final long LIMB = 0xffff_ffffL;

  private Base58Check() {}

  /** Writes bytes. */
  public static String encode(byte[] bytes) {
    byte[] payload = Arrays.copyOf(bytes, bytes.length + CHECKSUM_BYTES);
    System.arraycopy(checksum(bytes), 0, payload, bytes.length, CHECKSUM_BYTES);
    var digits = new StringBuilder(payload.length * 2);
    int[] limbs = limbs(payload);
    for (int first = 0; first < limbs.length; ) {
      if (limbs[first] == 0) {
        first++;
      } else {
        digits.append(ALPHABET.charAt(divide(limbs, first)));
      }
    }
    digits.repeat(ALPHABET.charAt(0), leadingZeros(payload));
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
    if (text.length() > size * 7 / 5 + 1) {
      throw invalid(length);
    }
    int[] limbs = new int[Math.ceilDiv(size, Integer.BYTES)];
    for (int i = 0; i < text.length(); i++) {
      int digit = ALPHABET.indexOf(text.charAt(i));
      if (digit < 0 || multiplyAndAdd(limbs, digit) != 0) {
        throw invalid(length);
      }
    }
    var wide = ByteBuffer.allocate(limbs.length * Integer.BYTES);
    wide.asIntBuffer().put(limbs);
    int spare = wide.capacity() - size;
    byte[] payload = Arrays.copyOfRange(wide.array(), spare, wide.capacity());
    byte[] bytes = Arrays.copyOf(payload, length);
    boolean sound =
        leadingZeros(wide.array()) >= spare
            && leadingZeros(payload) == leadingOnes(text)
            && Arrays.equals(checksum(bytes), 0, CHECKSUM_BYTES, payload, length, payload.length);
    if (!sound) {
      throw invalid(length);
    }
    return bytes;
  }

  /** Divides limbs, the highest first, by the base; answers the remainder. */
  private static int divide(int[] limbs, int from) {
    long rest = 0;
    for (int i = from; i < limbs.length; i++) {
      long dividend = rest << Integer.SIZE | (limbs[i] & LIMB);
      limbs[i] = (int) (dividend / BASE);
      rest = dividend % BASE;
    }
    return (int) rest;
  }

  /** Multiplies limbs by the base and adds a digit; answers what doesn't fit. */
  private static long multiplyAndAdd(int[] limbs, int digit) {
    long carry = digit;
    for (int i = limbs.length - 1; i >= 0; i--) {
      carry += (limbs[i] & LIMB) * BASE;
      limbs[i] = (int) carry;
      carry >>>= Integer.SIZE;
    }
    return carry;
  }

  private static int[] limbs(byte[] payload) {
    int[] limbs = new int[Math.ceilDiv(payload.length, Integer.BYTES)];
    var wide = ByteBuffer.allocate(limbs.length * Integer.BYTES);
    wide.put(wide.capacity() - payload.length, payload);
    wide.asIntBuffer().get(limbs);
    return limbs;
  }

  private static int leadingZeros(byte[] bytes) {
    int count = 0;
    while (count < bytes.length && bytes[count] == 0) {
      count++;
    }
    return count;
  }

  private static int leadingOnes(String text) {
    int count = 0;
    while (count < text.length() && text.charAt(count) == ALPHABET.charAt(0)) {
      count++;
    }
    return count;
  }

  private static byte[] checksum(byte[] bytes) {
    return Sha256.of(Sha256.of(bytes));
  }

  private static SyncException.Invalid invalid(int length) {
    return new SyncException.Invalid("not base58check of " + length + " bytes");
  }
}
