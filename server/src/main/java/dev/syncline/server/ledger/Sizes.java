package dev.syncline.server.ledger;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** Holds contents to the size that was said. */
final class Sizes {

  private Sizes() {}

  /** All of it, or a failure if there is more or less. */
  static byte[] readAll(InputStream in, int size) throws IOException {
    byte[] bytes = new byte[size];
    int count = in.readNBytes(bytes, 0, size);
    if (count < size) {
      throw tooShort(size, count);
    }
    mustEnd(in, size);
    return bytes;
  }

  static void mustEnd(InputStream in, long size) throws IOException {
    if (in.read() >= 0) {
      throw new IOException("more than the " + size + " bytes that were announced");
    }
  }

  static IOException tooShort(long size, long got) {
    return new EOFException("only " + got + " of the " + size + " bytes that were announced");
  }
}
