package dev.syncline.server.document.store.file;

import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/** The file system of this machine. Thread-safe. */
final class LocalDisk implements Disk {

  /** Windows writes names through and can't open a directory; everybody else needs the fsync. */
  private static final boolean NAMES_NEED_SYNC = File.separatorChar == '/';

  @Override
  public OpenFile read(Path file) throws IOException {
    return new LocalFile(FileChannel.open(file, StandardOpenOption.READ));
  }

  @Override
  public OpenFile write(Path file) throws IOException {
    return new LocalFile(
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE));
  }

  @Override
  public boolean exists(Path file) throws IOException {
    // Files.exists takes every failure for absence; this one throws, and none for a missing file.
    return file.getFileSystem().provider().readAttributesIfExists(file, BasicFileAttributes.class)
        != null;
  }

  @Override
  public List<String> list(Path directory) throws IOException {
    var names = new ArrayList<String>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
      files.forEach(file -> names.add(file.getFileName().toString()));
    } catch (NoSuchFileException _) {
      return List.of();
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return names;
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

  private record LocalFile(FileChannel channel) implements OpenFile {
    @Override
    public int read(ByteBuffer into, long offset) throws IOException {
      return channel.read(into, offset);
    }

    @Override
    public void write(ByteBuffer from, long offset) throws IOException {
      long at = offset;
      while (from.hasRemaining()) {
        at += channel.write(from, at);
      }
    }

    @Override
    public void force() throws IOException {
      channel.force(false);
    }

    @Override
    public void truncate(long length) throws IOException {
      channel.truncate(length);
    }

    @Override
    public long size() throws IOException {
      return channel.size();
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
