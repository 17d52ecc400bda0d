package dev.syncline.testkit.automerge;

import java.util.Collection;
import java.util.HexFormat;

/** A Bloom filter as clients write and read it; written apart from the server's. */
final class Bloom {

  private static final int BITS_PER_ENTRY = 10;
  private static final int PROBES = 7;

  private Bloom() {}

  static byte[] of(Collection<String> hashes) {
    if (hashes.isEmpty()) {
      return new byte[0];
    }
    byte[] bits = new byte[Math.ceilDiv(hashes.size() * BITS_PER_ENTRY, 8)];
    for (String hash : hashes) {
      for (int bit : probes(hash, bits.length)) {
        bits[bit / 8] |= (byte) (1 << (bit % 8));
      }
    }
    return new Wire().uleb(hashes.size()).uleb(BITS_PER_ENTRY).uleb(PROBES).raw(bits).toByteArray();
  }

  static boolean holds(byte[] filter, String hash) {
    if (filter.length == 0) {
      return false;
    }
    int at = 0;
    while (filter[at++] < 0) {
      // walks past the number of entries
    }
    at += 2;
    for (int bit : probes(hash, filter.length - at)) {
      if ((filter[at + bit / 8] & (1 << (bit % 8))) == 0) {
        return false;
      }
    }
    return true;
  }

  private static int[] probes(String hash, int bytes) {
    byte[] raw = HexFormat.of().parseHex(hash);
    long modulo = 8L * bytes;
    long x = little(raw, 0) % modulo;
    long y = little(raw, 4) % modulo;
    long z = little(raw, 8) % modulo;
    int[] probes = new int[PROBES];
    for (int i = 0; i < PROBES; i++) {
      probes[i] = (int) x;
      x = (x + y) % modulo;
      y = (y + z) % modulo;
    }
    return probes;
  }

  private static long little(byte[] raw, int at) {
    return (raw[at] & 0xffL)
        | (raw[at + 1] & 0xffL) << 8
        | (raw[at + 2] & 0xffL) << 16
        | (raw[at + 3] & 0xffL) << 24;
  }
}
