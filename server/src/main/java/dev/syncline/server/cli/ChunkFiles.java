package dev.syncline.server.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;

/** Files read as one, each opened when its turn comes. Not thread-safe. */
final class ChunkFiles extends InputStream {

  private final Iterator<Path> rest;
  private InputStream current = InputStream.nullInputStream();

  ChunkFiles(List<Path> files) {
    this.rest = files.iterator();
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    int count = current.read(into, offset, length);
    while (count < 0 && rest.hasNext()) {
      current.close();
      current = Files.newInputStream(rest.next());
      count = current.read(into, offset, length);
    }
    return count;
  }

  @Override
  public void close() throws IOException {
    current.close();
  }
}
