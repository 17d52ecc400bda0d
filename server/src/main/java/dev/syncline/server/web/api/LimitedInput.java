package dev.syncline.server.web.api;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Fails as soon as more was read than is allowed. Confined to one thread. */
public final class LimitedInput extends FilterInputStream {

  private final long maxBytes;
  private long read;

  public LimitedInput(InputStream in, long maxBytes) {
    super(in);
    this.maxBytes = maxBytes;
  }

  @Override
  public int read() throws IOException {
    int next = in.read();
    count(next < 0 ? 0 : 1);
    return next;
  }

  @Override
  public int read(byte[] bytes, int from, int length) throws IOException {
    int got = in.read(bytes, from, length);
    count(Math.max(got, 0));
    return got;
  }

  @Override
  public long skip(long count) throws IOException {
    long skipped = in.skip(count);
    count(skipped);
    return skipped;
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  private void count(long more) throws TooLongException {
    read += more;
    if (read > maxBytes) {
      throw new TooLongException(maxBytes);
    }
  }
}
