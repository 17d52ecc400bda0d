package dev.syncline.server.document.automerge;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.HexFormat;

/** SHA-256 of a change, as four big-endian words: compared and hashed without touching an array. */
public record ChangeHash(long a, long b, long c, long d) implements Comparable<ChangeHash> {

  /** Bytes of a hash. */
  public static final int BYTES = 32;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  /** The hash that starts at {@code offset}. */
  public static ChangeHash at(byte[] bytes, int offset) {
    return new ChangeHash(
        (long) LONG.get(bytes, offset),
        (long) LONG.get(bytes, offset + 8),
        (long) LONG.get(bytes, offset + 16),
        (long) LONG.get(bytes, offset + 24));
  }

  void put(byte[] bytes, int offset) {
    LONG.set(bytes, offset, a);
    LONG.set(bytes, offset + 8, b);
    LONG.set(bytes, offset + 16, c);
    LONG.set(bytes, offset + 24, d);
  }

  /** The 32 bytes. */
  public byte[] bytes() {
    byte[] bytes = new byte[BYTES];
    put(bytes, 0);
    return bytes;
  }

  /** Orders by unsigned bytes, as heads are sorted on the wire. */
  @Override
  public int compareTo(ChangeHash other) {
    int order = Long.compareUnsigned(a, other.a);
    order = order != 0 ? order : Long.compareUnsigned(b, other.b);
    order = order != 0 ? order : Long.compareUnsigned(c, other.c);
    return order != 0 ? order : Long.compareUnsigned(d, other.d);
  }

  /** A hash is random already: any word of it is a good hash code. */
  @Override
  public int hashCode() {
    return Long.hashCode(a);
  }

  /** 64 hexadecimal digits. */
  @Override
  public String toString() {
    return HexFormat.of().formatHex(bytes());
  }
}
