package dev.syncline.server.app;

import dev.syncline.core.model.Author;
import dev.syncline.core.model.FileMode;
import dev.syncline.core.model.LinkName;
import dev.syncline.server.endpoint.folder.FolderEndpoint;
import dev.syncline.server.endpoint.folder.FolderSettings;
import dev.syncline.testkit.workspace.MatrixPlace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** A folder on disk at which somebody works. */
record MatrixFolder(Path root, FolderEndpoint endpoint) implements MatrixPlace {

  static MatrixFolder of(Path root, LinkName link) {
    attempt(() -> Files.createDirectories(root));
    var settings = FolderSettings.of(root, link, new Author(link.value(), ""));
    var endpoint = FolderEndpoint.of(settings, InstantSource.system());
    endpoint.adopt();
    return new MatrixFolder(root, endpoint);
  }

  @Override
  public void change(Map<String, Optional<File>> changes) {
    attempt(() -> {
      for (var change : changes.entrySet()) {
        Path at = root.resolve(change.getKey());
        Files.deleteIfExists(at);
        if (change.getValue().isPresent()) {
          Files.createDirectories(at.resolveSibling(""));
          write(at, change.getValue().get());
        }
      }
      return root;
    });
  }

  private static void write(Path at, File file) throws IOException {
    switch (file.mode()) {
      case REGULAR -> Files.writeString(at, file.text());
      case EXECUTABLE ->
          Files.setPosixFilePermissions(
              Files.writeString(at, file.text()), PosixFilePermissions.fromString("rwxr-xr-x"));
      case SYMLINK -> Files.createSymbolicLink(at, Path.of(file.text()));
      case GITLINK -> throw new IOException("a folder holds no commits");
    }
  }

  @Override
  public SortedMap<String, File> files() {
    return attempt(() -> {
      var found = new TreeMap<String, File>();
      try (var below = Files.walk(root)) {
        for (Path each : (Iterable<Path>) below::iterator) {
          String path = root.relativize(each).toString();
          if (!Files.isDirectory(each) && !path.startsWith(".syncline-folder")) {
            found.put(path, read(each));
          }
        }
      }
      return found;
    });
  }

  private static File read(Path at) throws IOException {
    if (Files.isSymbolicLink(at)) {
      return new File(Files.readSymbolicLink(at).toString(), FileMode.SYMLINK);
    }
    return new File(
        Files.readString(at), Files.isExecutable(at) ? FileMode.EXECUTABLE : FileMode.REGULAR);
  }

  private static <T> T attempt(Attempt<T> attempt) {
    try {
      return attempt.run();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private interface Attempt<T> {
    T run() throws IOException;
  }
}
