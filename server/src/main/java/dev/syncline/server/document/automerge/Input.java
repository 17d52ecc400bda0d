package dev.syncline.server.document.automerge;

import dev.syncline.core.model.SyncException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A cursor over a part of an array that can't leave it. Every length is checked against what is
 * left before it costs memory. Confined to one thread.
 */
final class Input {

  /** Nine groups of seven bits, so that a value never has the sign bit. */
  private static final int MAX_LEB_BYTES = 9;

  private final byte[] bytes;
  private final int end;
  private int at;

  Input(byte[] bytes, int from, int to) {
    this.bytes = bytes;
    this.at = from;
    this.end = to;
  }

  /** A cursor over all of it. */
  static Input of(byte[] bytes) {
    return new Input(bytes, 0, bytes.length);
  }

  int at() {
    return at;
  }

  int left() {
    return end - at;
  }

  boolean isEmpty() {
    return at == end;
  }

  int u8() {
    need(1);
    return bytes[at++] & 0xff;
  }

  /** Unsigned LEB128, below 2^63. */
  long uleb() {
    long value = 0;
    for (int i = 0; i < MAX_LEB_BYTES; i++) {
      int b = u8();
      value |= (long) (b & 0x7f) << (7 * i);
      if (b < 0x80) {
        if (b == 0 && i > 0) {
          throw new SyncException.Invalid("a number has needless zero bytes");
        }
        return value;
      }
    }
    throw new SyncException.Invalid("a number is longer than 63 bits");
  }

  /** Skips a signed LEB128 of at most 64 bits. */
  void skipSleb() {
    for (int i = 0; i <= MAX_LEB_BYTES; i++) {
      if (u8() < 0x80) {
        return;
      }
    }
    throw new SyncException.Invalid("a number is longer than 64 bits");
  }

  /** A length or count of things of {@code unit} bytes each, all of which are really there. */
  int count(int unit) {
    long count = uleb();
    if (count > left() / unit) {
      throw new SyncException.Invalid("a length reaches past the end of the message");
    }
    return (int) count;
  }

  /** The next {@code length} bytes as a cursor of their own. */
  Input slice(int length) {
    need(length);
    var slice = new Input(bytes, at, at + length);
    at += length;
    return slice;
  }

  void skip(int length) {
    need(length);
    at += length;
  }

  byte[] copy(int length) {
    need(length);
    byte[] copy = Arrays.copyOfRange(bytes, at, at + length);
    at += length;
    return copy;
  }

  ChangeHash hash() {
    need(ChangeHash.BYTES);
    ChangeHash hash = ChangeHash.at(bytes, at);
    at += ChangeHash.BYTES;
    return hash;
  }

  /** A count and so many hashes. */
  List<ChangeHash> hashes() {
    int count = count(ChangeHash.BYTES);
    if (count == 0) {
      return List.of();
    }
    if (count == 1) {
      return List.of(hash());
    }
    var hashes = new ArrayList<ChangeHash>(count);
    for (int i = 0; i < count; i++) {
      hashes.add(hash());
    }
    return List.copyOf(hashes);
  }

  byte[] array() {
    return bytes;
  }

  private void need(int length) {
    if (length < 0 || length > left()) {
      throw new SyncException.Invalid("the message ends too early");
    }
  }
}
