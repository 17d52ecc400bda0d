package dev.syncline.server.endpoint.folder;

import dev.syncline.core.model.Author;
import dev.syncline.core.model.LinkName;
import dev.syncline.testkit.EndpointContract;
import dev.syncline.testkit.SettableClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;

/** A folder with an endpoint, and whoever else uses the folder. */
abstract class FolderFixture extends EndpointContract {

  static final LinkName LINK = new LinkName("notes");
  static final Author AUTHOR = new Author("Files changed in notes", "notes@syncline");

  @TempDir Path directory;

  final SettableClock clock = new SettableClock();

  FolderFixture() {
    clock.move(Duration.ofDays(10_000)); // in the future of every file
  }

  Path root() {
    return directory.resolve("root");
  }

  FolderSettings settings() {
    return FolderSettings.of(root(), LINK, AUTHOR);
  }

  FolderEndpoint open(FolderSettings settings, Seams seams) {
    var endpoint = new FolderEndpoint(settings, clock, seams);
    endpoint.adopt();
    return endpoint;
  }

  Seams seams() {
    return Seams.none();
  }

  @Override
  protected FolderEndpoint open() {
    return open(settings(), seams());
  }

  @Override
  protected void write(String path, String text) {
    try {
      Path file = root().resolve(path);
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  protected void remove(String path) {
    try {
      Files.delete(root().resolve(path));
      for (int end = path.lastIndexOf('/'); end >= 0; end = path.lastIndexOf('/', end - 1)) {
        Files.delete(root().resolve(path.substring(0, end)));
      }
    } catch (DirectoryNotEmptyException _) {
      // Something else is in it.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  protected Optional<String> read(String path) {
    try {
      Path file = root().resolve(path);
      return Files.isRegularFile(file) ? Optional.of(Files.readString(file)) : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  protected boolean takeAway() {
    try {
      Files.move(root(), directory.resolve("elsewhere"));
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
