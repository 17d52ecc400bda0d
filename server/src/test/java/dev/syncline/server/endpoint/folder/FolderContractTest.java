package dev.syncline.server.endpoint.folder;

import dev.syncline.testkit.EndpointContract;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** The contract of endpoints, kept by a folder. */
final class FolderContractTest {

  @Nested
  final class AsTheSystemIs extends Contract {
    AsTheSystemIs() {
      super(Seams.none());
    }
  }

  /** Without what Linux alone can do. */
  @Nested
  final class WithJavaAlone extends Contract {
    WithJavaAlone() {
      super(Seams.none().withoutNativeFiles());
    }
  }

  /** On a file system of the most difficult kind. */
  @Nested
  final class WithEscapedNames extends Contract {
    WithEscapedNames() {
      super(
          Seams.none()
              .withRules(
                  new NameRules(
                      NameRules.Letters.ARE_ONE,
                      NameRules.Accents.ARE_ONE,
                      NameRules.Forbidden.WINDOWS,
                      NameRules.Longest.UNITS)));
    }
  }

  abstract static class Contract extends EndpointContract {

    @TempDir Path directory;

    private final Seams seams;

    Contract(Seams seams) {
      this.seams = seams;
    }

    private LocalFolder folder() {
      return new LocalFolder(directory.resolve("root"));
    }

    @Override
    protected FolderEndpoint open() {
      var endpoint =
          new FolderEndpoint(
              FolderStage.settings(folder().root()), FolderStage.inTheFuture(), seams);
      endpoint.adopt();
      return endpoint;
    }

    @Override
    protected void write(String path, String text) {
      folder().write(path, text);
    }

    @Override
    protected void remove(String path) {
      folder().remove(path);
    }

    @Override
    protected Optional<String> read(String path) {
      return folder().read(path);
    }

    @Override
    protected boolean takeAway() {
      LocalFolder.attempt(() -> Files.move(folder().root(), directory.resolve("elsewhere")));
      return true;
    }
  }
}
