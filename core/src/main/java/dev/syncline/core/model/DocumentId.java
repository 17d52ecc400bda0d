package dev.syncline.core.model;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;

/**
 * Names a live document: 16 bytes, written by its clients as base58check (the bytes, then the first
 * four of their double SHA-256, in Bitcoin's base 58 alphabet).
 *
 * @param high the first eight bytes, big-endian
 * @param low the last eight bytes, big-endian
 */
public record DocumentId(long high, long low) implements Comparable<DocumentId> {

  private static final int BYTES = 16;

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
    return of(Base58Check.decode(text, BYTES));
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
    return Base58Check.encode(bytes());
  }
}
