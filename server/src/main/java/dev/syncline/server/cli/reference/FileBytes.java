package dev.syncline.server.cli.reference;

import dev.syncline.core.model.SyncException;
import dev.syncline.core.text.ByteSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file that stays open. Confined to one thread. */
final class FileBytes implements ByteSource, AutoCloseable {

  /** What becomes of the file in the end. */
  enum Afterwards {
    KEEP,
    DELETE
  }

  private final Path file;
  private final FileChannel channel;
  private final Afterwards afterwards;

  FileBytes(Path file, Afterwards afterwards) throws IOException {
    this.file = file;
    this.afterwards = afterwards;
    this.channel = FileChannel.open(file, StandardOpenOption.READ);
  }

  @Override
  public int read(long offset, byte[] into, int from, int length) {
    try {
      return channel.read(ByteBuffer.wrap(into, from, length), offset);
    } catch (IOException e) {
      throw new SyncException.Unavailable(file + " can't be read", e);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
    if (afterwards == Afterwards.DELETE) {
      Files.deleteIfExists(file);
    }
  }
}
