package dev.syncline.server.remote;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** Moves bodies without holding them in memory, and tells whose failure a failure was. */
final class Transfer {

  private static final int BUFFER_BYTES = 64 << 10;

  private Transfer() {}

  /** A failure to read is the connection's, one to write the caller's own. */
  static void download(Wire wire, InputStream body, OutputStream out) throws IOException {
    byte[] buffer = new byte[BUFFER_BYTES];
    while (true) {
      int got;
      try {
        got = body.read(buffer);
      } catch (IOException e) {
        throw wire.cut(e);
      }
      if (got < 0) {
        return;
      }
      out.write(buffer, 0, got);
    }
  }

  /** A file that is being sent; remembers if it could not be read. Sent once. */
  static final class Upload extends FilterInputStream {

    private volatile Optional<IOException> failure = Optional.empty();
    private final AtomicLong given = new AtomicLong();
    private volatile boolean ended;

    Upload(InputStream file) {
      super(file);
    }

    BodyPublisher publisher() {
      return BodyPublishers.ofInputStream(() -> this);
    }

    /**
     * @throws IOException what reading the file met, if it did
     */
    void check() throws IOException {
      if (failure.isPresent()) {
        throw failure.get();
      }
    }

    /**
     * @throws IOException if it gave fewer or more bytes than so many
     */
    void check(long size) throws IOException {
      check();
      if (given.get() > size || (ended && given.get() < size)) {
        throw new IOException("it gave " + given + " bytes, not " + size);
      }
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
      try {
        int got = in.read(bytes, from, length);
        given.addAndGet(Math.max(got, 0));
        ended = got < 0;
        return got;
      } catch (IOException e) {
        failure = Optional.of(e);
        throw e;
      }
    }

    /** The file is the caller's to close. */
    @Override
    public void close() {}
  }
}
