package dev.syncline.core.records;

/**
 * 128 bits for what a value means, in two halves that are mixed differently. Values that mean the
 * same have the same; that others do is less likely than a broken disk, unless somebody built them
 * for it.
 */
final class Meaning {

  static final long ONE = 0x243F6A8885A308D3L;
  static final long TWO = 0x13198A2E03707344L;

  private Meaning() {}

  static long one(long before, long next) {
    long mixed = (before ^ next) * 0x9E3779B97F4A7C15L;
    return mixed ^ (mixed >>> 32);
  }

  static long two(long before, long next) {
    long mixed = (before + next) * 0xC2B2AE3D27D4EB4FL;
    return mixed ^ (mixed >>> 29);
  }

  /** The first half of a text without its kind: for names and keys. */
  static long textOne(CharSequence text) {
    long one = ONE;
    for (int i = 0; i < text.length(); i++) {
      one = one(one, text.charAt(i));
    }
    return one;
  }

  static long textTwo(CharSequence text) {
    long two = TWO;
    for (int i = 0; i < text.length(); i++) {
      two = two(two, text.charAt(i));
    }
    return two;
  }

  /** What a member adds to its object; the sum over all does not know their order. */
  static long memberOne(long name, long value) {
    return one(one(one(ONE, name), value), 1);
  }

  static long memberTwo(long name, long value) {
    return two(two(two(TWO, name), value), 1);
  }
}
