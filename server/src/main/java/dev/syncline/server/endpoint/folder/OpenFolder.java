package dev.syncline.server.endpoint.folder;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/**
 * A folder that is open. May be used by many threads until it is closed.
 *
 * @param path where its files can be reached while it is open
 * @param descriptor the system's number for it; -1 if it has none
 */
record OpenFolder(Path path, int descriptor, Optional<NativeFiles> nativeFiles)
    implements AutoCloseable {

  /** A file in it. */
  Path file(String name) {
    return RawName.in(path, name);
  }

  /** Shows all that is in it, but for files that go meanwhile. */
  void list(Predicate<String> wanted, BiConsumer<String, FileStat> visitor) throws IOException {
    try (DirectoryStream<Path> all = Files.newDirectoryStream(path)) {
      if (nativeFiles.isEmpty()) {
        for (Path file : all) {
          String name = RawName.of(file);
          if (wanted.test(name)) {
            FileStat.ifThere(file).ifPresent(stat -> visitor.accept(name, stat));
          }
        }
        return;
      }
      try (NativeStats stats = nativeFiles.get().stats(descriptor)) {
        for (Path file : all) {
          String name = RawName.of(file);
          if (wanted.test(name)) {
            stats.of(name).ifPresent(stat -> visitor.accept(name, stat));
          }
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
  }

  @Override
  public void close() {
    if (descriptor >= 0) {
      nativeFiles.ifPresent(system -> system.close(descriptor));
    }
  }
}
