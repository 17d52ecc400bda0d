package dev.syncline.server.endpoint.sealed;

import dev.syncline.core.model.Author;
import dev.syncline.core.model.FileVersion;
import dev.syncline.core.model.LinkName;
import dev.syncline.core.port.Endpoint;
import dev.syncline.server.endpoint.folder.FolderEndpoint;
import dev.syncline.server.endpoint.folder.FolderSettings;
import dev.syncline.testkit.EndpointContract;
import dev.syncline.testkit.SettableClock;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;

/** The contract of endpoints, kept by a folder whose every file is encrypted. */
final class SealedContractTest extends EndpointContract {

  @TempDir Path directory;

  @Override
  protected Endpoint open() {
    var clock = new SettableClock();
    clock.move(Duration.ofDays(10_000));
    var settings = FolderSettings.of(root(), new LinkName("notes"), new Author("Ada", ""));
    FolderEndpoint folder = FolderEndpoint.of(settings, clock);
    folder.adopt();
    return new SealedEndpoint(
        folder, new Vault(Keys.ADA.sealingFor(Keys.ADA), path -> true, directory.resolve("vault")));
  }

  /** Each time it is asked for, it is sealed anew. */
  @Override
  protected FileVersion file(String text) {
    return FileVersion.regular(contents.put(text.isEmpty() ? new byte[0] : Keys.ADA.seal(text)));
  }

  @Override
  protected String text(FileVersion version) {
    byte[] stored = contents.read(version.content());
    try {
      if (stored.length > 0 && !AgeKeys.isSealed(new ByteArrayInputStream(stored))) {
        throw new AssertionError("it is not sealed: " + new String(stored, StandardCharsets.UTF_8));
      }
      return new String(
          stored.length == 0 ? stored : Keys.ADA.open(stored), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  protected void write(String path, String text) {
    try {
      Files.createDirectories(root().resolve(path).resolveSibling(""));
      Files.writeString(root().resolve(path), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  protected void remove(String path) {
    try {
      Files.delete(root().resolve(path));
      for (Path at = Path.of(path).getParent(); at != null; at = at.getParent()) {
        Files.delete(root().resolve(at));
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

  private Path root() {
    return directory.resolve("root");
  }
}
