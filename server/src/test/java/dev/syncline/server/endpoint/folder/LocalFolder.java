package dev.syncline.server.endpoint.folder;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/** A folder as people use it, without the endpoint. */
record LocalFolder(Path root) {

  void write(String path, String text) {
    attempt(() -> {
      Path file = at(path);
      Files.createDirectories(file.resolveSibling(""));
      Files.writeString(file, text);
      return file;
    });
  }

  /** As most editors save: a new file is moved over the old one. */
  void save(String path, String text) {
    attempt(() -> {
      Path fresh = Files.writeString(root.resolveSibling("saved-by-an-editor"), text);
      return Files.move(fresh, at(path), StandardCopyOption.ATOMIC_MOVE);
    });
  }

  void remove(String path) {
    attempt(() -> {
      Files.delete(at(path));
      try {
        for (int end = path.lastIndexOf('/'); end >= 0; end = path.lastIndexOf('/', end - 1)) {
          Files.delete(at(path.substring(0, end)));
        }
      } catch (DirectoryNotEmptyException _) {
        // Something else is in it.
      }
      return path;
    });
  }

  Optional<String> read(String path) {
    return attempt(() ->
        Files.isRegularFile(at(path)) ? Optional.of(Files.readString(at(path))) : Optional.empty());
  }

  void link(String path, String target) {
    attempt(() -> Files.createSymbolicLink(at(path), Path.of(target)));
  }

  boolean has(String path) {
    return Files.exists(at(path), LinkOption.NOFOLLOW_LINKS);
  }

  Path at(String path) {
    return RawName.below(root, path);
  }

  static <T> T attempt(Attempt<T> attempt) {
    try {
      return attempt.run();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  interface Attempt<T> {
    T run() throws IOException;
  }
}
