package dev.syncline.server.document.store.file;

import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/** The file system of this machine. Thread-safe. */
final class LocalDisk implements Disk {

  /** Windows writes names through and can't open a directory; everybody else needs the fsync. */
  private static final boolean NAMES_NEED_SYNC = File.separatorChar == '/';

  @Override
  public FileChannel open(Path file, Set<OpenOption> options) throws IOException {
    return FileChannel.open(file, options);
  }

  @Override
  public void delete(Path file) throws IOException {
    Files.deleteIfExists(file);
  }

  @Override
  public void createDirectory(Path directory) throws IOException {
    Files.createDirectories(directory);
  }

  @Override
  public void syncDirectory(Path directory) throws IOException {
    if (NAMES_NEED_SYNC) {
      try (FileChannel names = FileChannel.open(directory, StandardOpenOption.READ)) {
        names.force(true);
      }
    }
  }
}
