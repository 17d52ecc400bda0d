package dev.syncline.core.text;

import dev.syncline.core.model.SyncException;

/**
 * Reads bytes from front to back and holds few of them. Says where something is wrong, by counting
 * lines again: nobody counts them while all is well. Confined to one thread.
 */
public final class ByteWindow {

  /** Behind the last byte. */
  public static final int END = -1;

  private static final int SIZE = 1 << 16;

  private final String name;
  private final ByteSource bytes;
  private final byte[] buffer;
  private long start;
  private int at;
  private int filled;

  private ByteWindow(String name, ByteSource bytes, byte[] buffer) {
    this.name = name;
    this.bytes = bytes;
    this.buffer = buffer;
  }

  /**
   * Over a text in UTF-8; a byte order mark is passed over.
   *
   * @param name how messages call it
   * @throws SyncException.Invalid if its mark is one of UTF-16
   */
  public static ByteWindow over(String name, ByteSource bytes) {
    var window = new ByteWindow(name, bytes, new byte[SIZE]);
    window.skipMark();
    return window;
  }

  /** Over a part of a text that was read before, and is in memory. */
  public static ByteWindow over(byte[] all) {
    var window = new ByteWindow("", (offset, into, from, length) -> END, all);
    window.filled = all.length;
    return window;
  }

  /** The next byte, or {@link #END}. */
  public int peek() {
    return at < filled || fill() ? buffer[at] & 0xff : END;
  }

  /** The next byte, or {@link #END}; steps over it. */
  public int next() {
    if (at < filled || fill()) {
      return buffer[at++] & 0xff;
    }
    return END;
  }

  /** Steps over the next byte if it is this one. */
  public boolean takes(char expected) {
    boolean there = peek() == expected;
    at += there ? 1 : 0;
    return there;
  }

  /** Steps over what JSON takes for space. */
  public void skipSpace() {
    int next = peek();
    while (next == ' ' || next == '\n' || next == '\r' || next == '\t') {
      at++;
      next = peek();
    }
  }

  /** Of the next byte. */
  public long offset() {
    return start + at;
  }

  /**
   * Reads the rest of a character of several bytes.
   *
   * @param first of its bytes, just read
   */
  public int character(int first) {
    int more = first >= 0xf0 ? 3 : first >= 0xe0 ? 2 : 1;
    int point = first & (0x3f >> more);
    for (int i = 0; i < more; i++) {
      int next = peek();
      if (next == END || (next & 0xc0) != 0x80) {
        throw wrong("is not UTF-8");
      }
      point = point << 6 | (next & 0x3f);
      at++;
    }
    int least = more == 1 ? 0x80 : more == 2 ? 0x800 : 0x10000;
    boolean surrogate = point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
    if (first < 0xc2 || point < least || point > Character.MAX_CODE_POINT || surrogate) {
      throw wrong("is not UTF-8");
    }
    return point;
  }

  /** What is wrong at the next byte; where that is the end, it is what is missing. */
  public SyncException.Invalid wrong(String what) {
    return wrongAt(offset(), what);
  }

  /** What is wrong at a byte. */
  public SyncException.Invalid wrongAt(long offset, String what) {
    byte[] again = new byte[SIZE];
    long line = 1;
    long column = 1;
    long from = 0;
    while (from < offset) {
      int wanted = (int) Math.min(SIZE, offset - from);
      int count = bytes.read(from, again, 0, wanted);
      if (count < 0) {
        break;
      }
      for (int i = 0; i < count; i++) {
        boolean feed = again[i] == '\n';
        // A character counts once, and a byte order mark not at all.
        boolean mark = from + i < 3 && again[0] == (byte) 0xef;
        boolean counts = (again[i] & 0xc0) != 0x80 && !mark;
        line += feed ? 1 : 0;
        column = feed ? 1 : counts ? column + 1 : column;
      }
      from += count;
    }
    return new SyncException.Invalid(name + " " + what + ": line " + line + ", column " + column);
  }

  private void skipMark() {
    if (fill() && (buffer[0] == (byte) 0xfe || buffer[0] == (byte) 0xff)) {
      throw wrong("is not UTF-8 but UTF-16");
    }
    boolean mark =
        filled > 2
            && buffer[0] == (byte) 0xef
            && buffer[1] == (byte) 0xbb
            && buffer[2] == (byte) 0xbf;
    at = mark ? 3 : 0;
  }

  private boolean fill() {
    start += filled;
    at = 0;
    filled = 0;
    // A short read is no end, and a mark must not be split.
    while (filled < 3) {
      int count = bytes.read(start + filled, buffer, filled, buffer.length - filled);
      if (count < 0) {
        break;
      }
      filled += count;
    }
    return filled > 0;
  }
}
