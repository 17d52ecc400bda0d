package dev.syncline.server.ledger;

import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Brings files and their names to the disk for good. Thread-safe: nothing is kept. */
public final class Durable {

  /** Windows writes names through and can't open a directory; everybody else needs the fsync. */
  private static final boolean NAMES_NEED_SYNC = File.separatorChar == '/';

  private Durable() {}

  /** Makes a file's contents durable. */
  static void file(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /** Makes the names in a folder durable. */
  public static void names(Path folder) throws IOException {
    if (NAMES_NEED_SYNC) {
      file(folder);
    }
  }

  /** Gives a file whose contents are durable another name; {@link #names} makes it last. */
  static void rename(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Writes a small file as a whole or not at all. */
  static void write(Path file, byte[] contents) throws IOException {
    Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
    try (FileChannel channel =
        FileChannel.open(
            temporary,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      write(channel, contents);
      channel.force(true);
    }
    rename(temporary, file);
    Path folder = file.getParent();
    if (folder != null) {
      names(folder);
    }
  }

  /** Writes all of it. */
  static void write(FileChannel channel, byte[] contents) throws IOException {
    var left = java.nio.ByteBuffer.wrap(contents);
    while (left.hasRemaining()) {
      channel.write(left);
    }
  }
}
