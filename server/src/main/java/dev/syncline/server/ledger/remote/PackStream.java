package dev.syncline.server.ledger.remote;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * A pack on its way in. Remembers how it ended, which decides who is to blame for one that can't be
 * read: the network, or whoever made it. Confined to one thread.
 */
final class PackStream extends FilterInputStream {

  /** How far it got. */
  enum End {
    /** Everything that was asked for came. */
    NOT_SEEN,
    /** The host or the network ended it. */
    CUT,
    /** We ended it. */
    TOO_LARGE
  }

  private final long limit;
  private long read;
  private End end = End.NOT_SEEN;

  PackStream(InputStream in, long limit) {
    super(in);
    this.limit = limit;
  }

  End end() {
    return end;
  }

  @Override
  public int read() throws IOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] bytes, int from, int length) throws IOException {
    int count;
    try {
      count = super.read(bytes, from, length);
    } catch (IOException e) {
      end = End.CUT;
      throw e;
    }
    // JGit answers nothing, and not the end, where a packet ends too early.
    if (count < 0 || (count == 0 && length > 0)) {
      end = End.CUT;
      return count;
    }
    read += count;
    if (read > limit) {
      end = End.TOO_LARGE;
      throw new IOException("the pack is larger than " + limit + " bytes");
    }
    return count;
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
