package dev.syncline.server.document.automerge;

import dev.syncline.core.model.SyncException;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * Tells which changes a peer probably has. Never denies one that it has; 1 % of the others slip
 * through and are asked for by name later.
 *
 * @param entries how many changes it holds
 * @param bitsPerEntry size of {@code bits} for each of them
 * @param probes bits that a change sets
 * @param bits the filter; empty holds nothing
 */
public record BloomFilter(int entries, int bitsPerEntry, int probes, byte[] bits) {

  static final BloomFilter EMPTY = new BloomFilter(0, 0, 0, new byte[0]);

  private static final int BITS_PER_ENTRY = 10;
  private static final int PROBES = 7;

  /** A claim of more than this is not a filter but an attack on our processor time. */
  private static final int MAX_PROBES = 64;

  /** Reads a filter that fills {@code in} exactly. */
  static BloomFilter decode(Input in) {
    if (in.isEmpty()) {
      return EMPTY;
    }
    long entries = in.uleb();
    long bitsPerEntry = in.uleb();
    long probes = in.uleb();
    if (entries == 0) {
      return EMPTY;
    }
    if (entries > Integer.MAX_VALUE
        || bitsPerEntry < 1
        || bitsPerEntry > Integer.MAX_VALUE
        || probes < 1
        || probes > MAX_PROBES) {
      throw new SyncException.Invalid("a Bloom filter has impossible parameters");
    }
    long bytes = Math.ceilDiv(entries * bitsPerEntry, 8L);
    if (bytes != in.left()) {
      throw new SyncException.Invalid("a Bloom filter is not as long as it says");
    }
    return new BloomFilter((int) entries, (int) bitsPerEntry, (int) probes, in.copy(in.left()));
  }

  /** Holds exactly these. */
  static BloomFilter of(List<ChangeHash> hashes) {
    if (hashes.isEmpty()) {
      return EMPTY;
    }
    int bytes = Math.ceilDiv(Math.multiplyExact(hashes.size(), BITS_PER_ENTRY), 8);
    var filter = new BloomFilter(hashes.size(), BITS_PER_ENTRY, PROBES, new byte[bytes]);
    hashes.forEach(filter::add);
    return filter;
  }

  boolean contains(ChangeHash hash) {
    return entries > 0 && allProbes(hash, bit -> (bits[bit >>> 3] & (1 << (bit & 7))) != 0);
  }

  int encodedLength() {
    return entries == 0 ? 0 : 12 + bits.length;
  }

  byte[] encode() {
    if (entries == 0) {
      return new byte[0];
    }
    var out = new Output(encodedLength());
    out.uleb(entries);
    out.uleb(bitsPerEntry);
    out.uleb(probes);
    out.raw(bits);
    return out.toByteArray();
  }

  private void add(ChangeHash hash) {
    allProbes(
        hash,
        bit -> {
          bits[bit >>> 3] |= (byte) (1 << (bit & 7));
          return true;
        });
  }

  /** Whether {@code bit} holds for each bit of the hash; stops at the first that fails. */
  private boolean allProbes(ChangeHash hash, IntPredicate bit) {
    long modulo = 8L * bits.length;
    long x = word(hash.a() >>> 32) % modulo;
    long y = word(hash.a()) % modulo;
    long z = word(hash.b() >>> 32) % modulo;
    for (int i = 0; i < probes; i++) {
      if (!bit.test((int) x)) {
        return false;
      }
      x = (x + y) % modulo;
      y = (y + z) % modulo;
    }
    return true;
  }

  /** Four bytes of a hash as a little-endian number. */
  private static long word(long bigEndian) {
    return Integer.toUnsignedLong(Integer.reverseBytes((int) bigEndian));
  }
}
