package dev.syncline.server.document.store.file;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A view of a file that is read mostly forwards: few system calls when records follow each other,
 * small reads when they lie apart. Confined to one thread.
 */
final class Window {

  private static final int SMALL = 4 << 10;
  private static final int LARGE = 64 << 10;

  private final PositionalRead file;
  private ByteBuffer held = ByteBuffer.allocate(0);
  private long start;

  Window(PositionalRead file) {
    this.file = file;
  }

  /** As {@link Disk.OpenFile#read}. */
  @FunctionalInterface
  interface PositionalRead {
    int read(ByteBuffer into, long offset) throws IOException;
  }

  int intAt(long offset) throws IOException {
    need(offset, Integer.BYTES);
    return held.getInt((int) (offset - start));
  }

  byte[] bytes(long offset, int length) throws IOException {
    byte[] bytes = new byte[length];
    int done = 0;
    // In pieces: the JDK keeps a native buffer as long as the longest read of each thread.
    while (done < length) {
      int piece = Math.min(LARGE, length - done);
      need(offset + done, piece);
      held.get((int) (offset + done - start), bytes, done, piece);
      done += piece;
    }
    return bytes;
  }

  /**
   * The first place from {@code from} on, and wholly before {@code to}, where these four bytes are.
   */
  long find(int word, long from, long to) throws IOException {
    byte first = (byte) (word >>> 24);
    for (long at = from; at <= to - Integer.BYTES; at++) {
      need(at, 1);
      if (held.get((int) (at - start)) == first && intAt(at) == word) {
        return at;
      }
    }
    return -1;
  }

  private void need(long offset, int length) throws IOException {
    long end = start + held.limit();
    if (offset >= start && offset + length <= end) {
      return;
    }
    boolean forwards = held.limit() > 0 && offset >= start && offset <= end + SMALL;
    int size = Math.max(length, forwards ? LARGE : SMALL);
    if (held.capacity() < size) {
      held = ByteBuffer.allocate(size);
    }
    held.clear().limit(size);
    start = offset;
    int got = 0;
    while (got < size) {
      int more = file.read(held, offset + got);
      if (more < 0) {
        break;
      }
      got += more;
    }
    held.flip();
    if (got < length) {
      throw new EOFException("file ends at " + (offset + got));
    }
  }
}
