package dev.syncline.server.cli;

import java.io.BufferedOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Writes what a command makes into a file that is never seen half-written, or to stdout. */
record FileOutput(Console console, String name, Overwrite overwrite) {

  private static final String STDOUT = "-";

  /** What happens to a file that is there already. */
  enum Overwrite {
    REFUSE,
    REPLACE
  }

  /** Writes into what it is given. */
  @FunctionalInterface
  interface Writer<T> {
    T write(OutputStream out) throws IOException;
  }

  boolean isStdout() {
    return name.equals(STDOUT);
  }

  /**
   * @throws UsageException if the file is there and must not be replaced
   */
  <T> T write(Writer<T> writer) throws IOException {
    if (isStdout()) {
      T written = writer.write(console.out());
      console.out().flush();
      return written;
    }
    Path file = console.folder().resolve(name).toAbsolutePath();
    refuseToOverwrite(file);
    Path folder = file.resolveSibling(".");
    // With the rights of a private file: what we write may be for nobody else's eyes.
    Path unfinished = Files.createTempFile(folder, "." + file.getFileName(), ".part");
    try {
      T written = write(writer, unfinished);
      if (overwrite == Overwrite.REFUSE) {
        // Somebody else may have made it meanwhile; a link, unlike a rename, doesn't replace.
        link(unfinished, file);
      } else {
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
      }
      sync(folder);
      return written;
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }

  private static <T> T write(Writer<T> writer, Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
        var out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16)) {
      T written = writer.write(out);
      out.flush();
      channel.force(true);
      return written;
    }
  }

  private void refuseToOverwrite(Path file) {
    if (overwrite == Overwrite.REFUSE && Files.exists(file)) {
      throw thereAlready();
    }
  }

  private void link(Path unfinished, Path file) throws IOException {
    try {
      Files.createLink(file, unfinished);
    } catch (FileAlreadyExistsException e) {
      throw thereAlready();
    } catch (IOException | UnsupportedOperationException e) {
      // A file system without hard links.
      refuseToOverwrite(file);
      Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  /** The new name has to reach the disk as well. */
  private static void sync(Path folder) throws IOException {
    if (File.separatorChar == '\\') {
      // Windows can't open folders, and doesn't need to.
      return;
    }
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private UsageException thereAlready() {
    return new UsageException(name + " is there already: add --force to replace it");
  }
}
