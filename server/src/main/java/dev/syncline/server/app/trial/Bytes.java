package dev.syncline.server.app.trial;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Collects what a client says, in the forms of Automerge (LEB128) and CBOR (RFC 8949). */
final class Bytes extends ByteArrayOutputStream {

  private static final int CBOR_BYTES = 2 << 5;
  private static final int CBOR_TEXT = 3 << 5;
  private static final int CBOR_MAP = 5 << 5;
  private static final int TWO_BYTES_FOLLOW = 25;

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  void leb(int value) {
    int rest = value;
    while (rest >= 0x80) {
      write((rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    write(rest);
  }

  void sized(byte[] bytes) {
    leb(bytes.length);
    writeBytes(bytes);
  }

  void map(int entries) {
    write(CBOR_MAP | entries);
  }

  void field(String key, String value) {
    item(CBOR_TEXT, utf8(key));
    item(CBOR_TEXT, utf8(value));
  }

  void field(String key, byte[] value) {
    item(CBOR_TEXT, utf8(key));
    item(CBOR_BYTES, value);
  }

  private void item(int major, byte[] bytes) {
    write(major | TWO_BYTES_FOLLOW);
    write(bytes.length >>> 8);
    write(bytes.length);
    writeBytes(bytes);
  }
}
