package dev.syncline.server.document.store.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;

/**
 * All that the store asks of the file system, so that tests can let the disk fail or lose power
 * between any two calls. Thread-safe; an {@link OpenFile} is its opener's alone.
 */
interface Disk {

  /**
   * @throws java.nio.file.NoSuchFileException if it does not exist
   */
  OpenFile read(Path file) throws IOException;

  /** Makes the file if it is missing; what it holds stays. */
  OpenFile write(Path file) throws IOException;

  /**
   * @throws IOException if that can't be found out: what can't be seen now is not what was never
   *     there
   */
  boolean exists(Path file) throws IOException;

  /** Names in a directory in no order; none if there is no such directory. */
  List<String> list(Path directory) throws IOException;

  /** Nothing happens if there is no such file. */
  void delete(Path file) throws IOException;

  /** Nothing happens if it exists. */
  void createDirectory(Path directory) throws IOException;

  /** Makes names that were added to or removed from a directory survive a power cut. */
  void syncDirectory(Path directory) throws IOException;

  /** A file that can be read, and written if it was opened so. */
  interface OpenFile extends AutoCloseable {
    /** Reads some bytes; -1 at the end. */
    int read(ByteBuffer into, long offset) throws IOException;

    /** Writes all bytes, unless it fails. */
    void write(ByteBuffer from, long offset) throws IOException;

    /** Makes what was written survive a power cut. After a failure nothing is known about it. */
    void force() throws IOException;

    /** Cuts off what is behind. */
    void truncate(long length) throws IOException;

    long size() throws IOException;

    @Override
    void close() throws IOException;
  }
}
