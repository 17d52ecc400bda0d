package dev.syncline.server.document.store.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Set;
import java.nio.file.OpenOption;

/**
 * Every change that the store makes to the file system, so that tests can let the disk fail or lose
 * power between any two of them. Thread-safe.
 */
interface Disk {

  FileChannel open(Path file, Set<OpenOption> options) throws IOException;

  /** Nothing happens if there is no such file. */
  void delete(Path file) throws IOException;

  /** Nothing happens if it exists. */
  void createDirectory(Path directory) throws IOException;

  /** Makes names that were added to or removed from a directory survive a power cut. */
  void syncDirectory(Path directory) throws IOException;
}
