package dev.syncline.yjs;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;

/**
 * Reads lib0's encoding. Every read is checked against the end, and no length is believed before
 * the bytes are there.
 */
final class Input {

  /** What JavaScript counts exactly. */
  static final long MAX_INTEGER = (1L << 53) - 1;

  private static final int MAX_DEPTH = 64;

  /**
   * So many things may be in one update: blocks, deletions, elements of data. In memory they take
   * about a hundred bytes each. A folder of 100,000 files, with seven things each, has a third.
   */
  static final int MOST_THINGS = 1 << 21;

  private static final char REPLACEMENT = '\uFFFD';

  private final byte[] bytes;
  private int at;
  private int things;

  Input(byte[] bytes) {
    this.bytes = bytes;
  }

  boolean isAtEnd() {
    return at == bytes.length;
  }

  int u8() {
    if (at == bytes.length) {
      throw malformed("it ends too early");
    }
    return bytes[at++] & 0xFF;
  }

  /** A whole number up to 2^53 - 1. */
  long varUint() {
    long value = 0;
    for (int shift = 0; ; shift += 7) {
      int next = u8();
      value |= (long) (next & 0x7F) << shift;
      if (next < 0x80) {
        if (value < 0 || value > MAX_INTEGER) {
          throw malformed("a number is too large");
        }
        return value;
      }
      if (shift == 49) {
        throw malformed("a number is too long");
      }
    }
  }

  /** A whole number with a sign, as JavaScript has it: there is a negative zero. */
  private double varInt() {
    int first = u8();
    long value = first & 0x3F;
    int shift = 6;
    for (int next = first; next >= 0x80; shift += 7) {
      if (shift > 55) {
        throw malformed("a number is too long");
      }
      next = u8();
      value |= (long) (next & 0x7F) << shift;
    }
    return (first & 0x40) == 0 ? value : -(double) value;
  }

  /** A count of things of which each takes at least a byte. */
  int count() {
    int count = length();
    if (count > MOST_THINGS - things) {
      throw malformed("it has more than %,d parts".formatted(MOST_THINGS));
    }
    things += count;
    return count;
  }

  private int length() {
    long length = varUint();
    if (length > bytes.length - at) {
      throw malformed("it announces more than it has");
    }
    return (int) length;
  }

  byte[] bytes() {
    int length = length();
    at += length;
    return Arrays.copyOfRange(bytes, at - length, at);
  }

  String string() {
    int length = length();
    at += length;
    String text = new String(bytes, at - length, length, StandardCharsets.UTF_8);
    // What was no UTF-8 has become a replacement character; but so has one that was written.
    if (text.indexOf(REPLACEMENT) >= 0 && !isUtf8(at - length, length)) {
      throw malformed("a text is not UTF-8");
    }
    return text;
  }

  private boolean isUtf8(int from, int length) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, from, length));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  YAny any() {
    return any(0);
  }

  private YAny any(int depth) {
    if (depth > MAX_DEPTH) {
      throw malformed("data is nested more than " + MAX_DEPTH + " deep");
    }
    int kind = u8();
    return switch (kind) {
      case 127 -> new YAny.Undefined();
      case 126 -> new YAny.Null();
      case 125 -> new YAny.Num(varInt());
      case 124 -> new YAny.Num(Float.intBitsToFloat((int) bigEndian(Integer.BYTES)));
      case 123 -> new YAny.Num(Double.longBitsToDouble(bigEndian(Long.BYTES)));
      case 122 -> new YAny.BigInt(bigEndian(Long.BYTES));
      case 121 -> new YAny.Bool(false);
      case 120 -> new YAny.Bool(true);
      case 119 -> new YAny.Text(string());
      case 118 -> {
        var fields = new LinkedHashMap<String, YAny>();
        for (int left = count(); left > 0; left--) {
          fields.put(string(), any(depth + 1));
        }
        yield new YAny.Fields(fields);
      }
      case 117 -> {
        var items = new ArrayList<YAny>();
        for (int left = count(); left > 0; left--) {
          items.add(any(depth + 1));
        }
        yield new YAny.Items(items);
      }
      case 116 -> new YAny.Bytes(bytes());
      default -> throw malformed("it has data of the unknown kind " + kind);
    };
  }

  private long bigEndian(int length) {
    long value = 0;
    for (int i = 0; i < length; i++) {
      value = value << 8 | u8();
    }
    return value;
  }

  static MalformedUpdateException malformed(String why) {
    return new MalformedUpdateException("this is no update of a Yjs document: " + why);
  }
}
