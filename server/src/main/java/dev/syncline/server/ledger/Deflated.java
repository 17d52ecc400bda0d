package dev.syncline.server.ledger;

import java.util.Arrays;
import java.util.zip.Deflater;

/** Bytes in zlib's form, in an array that may be longer. */
record Deflated(byte[] bytes, int length) {

  static Deflated of(byte[] plain) {
    var deflater = new Deflater(Deflater.BEST_SPEED);
    try {
      deflater.setInput(plain);
      deflater.finish();
      // zlib's own bound for what can't be compressed.
      byte[] bytes = new byte[plain.length + plain.length / 1000 + 64];
      int length = 0;
      while (!deflater.finished()) {
        if (length == bytes.length) {
          bytes = Arrays.copyOf(bytes, bytes.length * 2);
        }
        length += deflater.deflate(bytes, length, bytes.length - length);
      }
      return new Deflated(bytes, length);
    } finally {
      deflater.end();
    }
  }
}
