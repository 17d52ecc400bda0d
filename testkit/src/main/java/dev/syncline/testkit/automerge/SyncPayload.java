package dev.syncline.testkit.automerge;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * A version 1 sync message as its bytes say it.
 *
 * @param heads 64 hexadecimal digits each, as are {@code need}
 * @param changes chunks
 */
public record SyncPayload(
    List<String> heads, List<String> need, List<Have> have, List<byte[]> changes) {

  /** What its sender has beyond what was agreed. */
  public record Have(List<String> lastSync, byte[] bloom) {}

  /** Says "I have nothing at all". */
  public static final SyncPayload EMPTY =
      new SyncPayload(List.of(), List.of(), List.of(new Have(List.of(), new byte[0])), List.of());

  public byte[] encode() {
    var out = new Wire().u8(0x42).hashes(heads).hashes(need).uleb(have.size());
    for (Have one : have) {
      out.hashes(one.lastSync()).sized(one.bloom());
    }
    out.uleb(changes.size());
    changes.forEach(out::sized);
    // What clients of today say they can do.
    return out.hex("020284").toByteArray();
  }

  public static SyncPayload decode(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    if (in.get() != 0x42) {
      throw new IllegalArgumentException("not a version 1 message");
    }
    List<String> heads = hashes(in);
    List<String> need = hashes(in);
    var have = new ArrayList<Have>();
    for (long i = uleb(in); i > 0; i--) {
      have.add(new Have(hashes(in), sized(in)));
    }
    var changes = new ArrayList<byte[]>();
    for (long i = uleb(in); i > 0; i--) {
      changes.add(sized(in));
    }
    if (in.hasRemaining()) {
      throw new IllegalArgumentException("a server message without flags was expected");
    }
    return new SyncPayload(heads, need, have, changes);
  }

  private static List<String> hashes(ByteBuffer in) {
    var hashes = new ArrayList<String>();
    for (long i = uleb(in); i > 0; i--) {
      byte[] hash = new byte[32];
      in.get(hash);
      hashes.add(HexFormat.of().formatHex(hash));
    }
    return hashes;
  }

  private static byte[] sized(ByteBuffer in) {
    byte[] bytes = new byte[(int) uleb(in)];
    in.get(bytes);
    return bytes;
  }

  private static long uleb(ByteBuffer in) {
    long value = 0;
    for (int shift = 0; ; shift += 7) {
      byte b = in.get();
      value |= (b & 0x7fL) << shift;
      if (b >= 0) {
        return value;
      }
    }
  }
}
