package dev.syncline.testkit.automerge;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;

/** Writes bytes as Automerge and CBOR do, sound or not: nothing is checked. */
public final class Wire {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  public Wire u8(int value) {
    out.write(value);
    return this;
  }

  public Wire raw(byte... bytes) {
    out.writeBytes(bytes);
    return this;
  }

  public Wire hex(String hex) {
    return raw(HexFormat.of().parseHex(hex));
  }

  /** Unsigned LEB128. */
  public Wire uleb(long value) {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      u8((int) ((rest & 0x7f) | 0x80));
      rest >>>= 7;
    }
    return u8((int) rest);
  }

  /** A count and so many hashes. */
  public Wire hashes(List<String> hashes) {
    uleb(hashes.size());
    hashes.forEach(this::hex);
    return this;
  }

  /** A length and so many bytes. */
  public Wire sized(byte[] bytes) {
    return uleb(bytes.length).raw(bytes);
  }

  /** The head of a CBOR item, in its shortest form. */
  public Wire head(int major, long argument) {
    int top = major << 5;
    if (argument < 24) {
      return u8(top | (int) argument);
    }
    if (argument <= 0xff) {
      return u8(top | 24).u8((int) argument);
    }
    if (argument <= 0xffff) {
      return u8(top | 25).big(argument, 2);
    }
    return argument <= 0xffff_ffffL ? u8(top | 26).big(argument, 4) : u8(top | 27).big(argument, 8);
  }

  /** A number of so many bytes, the highest first. */
  public Wire big(long value, int bytes) {
    for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) {
      u8((int) (value >>> shift));
    }
    return this;
  }

  /** A CBOR text. */
  public Wire text(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    return head(3, utf8.length).raw(utf8);
  }

  /** A CBOR byte string. */
  public Wire bytes(byte[] bytes) {
    return head(2, bytes.length).raw(bytes);
  }

  public byte[] toByteArray() {
    return out.toByteArray();
  }
}
