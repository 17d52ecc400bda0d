package dev.syncline.server.document.automerge;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Grows an array while a message is written into it. Confined to one thread. */
final class Output {

  private byte[] bytes;
  private int length;

  Output(int expected) {
    this.bytes = new byte[Math.max(expected, 16)];
  }

  void u8(int value) {
    room(1);
    bytes[length++] = (byte) value;
  }

  void u16(int value) {
    u8(value >>> 8);
    u8(value);
  }

  void u32(int value) {
    u16(value >>> 16);
    u16(value);
  }

  void u64(long value) {
    u32((int) (value >>> 32));
    u32((int) value);
  }

  /** Unsigned LEB128. */
  void uleb(long value) {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      u8((int) ((rest & 0x7f) | 0x80));
      rest >>>= 7;
    }
    u8((int) rest);
  }

  void raw(byte[] source) {
    raw(source, 0, source.length);
  }

  void raw(byte[] source, int from, int count) {
    room(count);
    System.arraycopy(source, from, bytes, length, count);
    length += count;
  }

  void hashes(List<ChangeHash> hashes) {
    uleb(hashes.size());
    room(hashes.size() * ChangeHash.BYTES);
    for (ChangeHash hash : hashes) {
      hash.put(bytes, length);
      length += ChangeHash.BYTES;
    }
  }

  void utf8(String text) {
    raw(text.getBytes(StandardCharsets.UTF_8));
  }

  byte[] toByteArray() {
    return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
  }

  private void room(int count) {
    if (count > bytes.length - length) {
      bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(length, count), bytes.length * 2));
    }
  }
}
