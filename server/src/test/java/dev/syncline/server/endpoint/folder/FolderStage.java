package dev.syncline.server.endpoint.folder;

import dev.syncline.core.model.Author;
import dev.syncline.core.model.LinkName;
import dev.syncline.testkit.EndpointStage;
import dev.syncline.testkit.SettableClock;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.io.TempDir;

/** A folder with an endpoint, and whoever else uses the folder. */
abstract class FolderStage extends EndpointStage {

  static final LinkName LINK = new LinkName("notes");
  static final Author AUTHOR = new Author("Files changed in notes", "notes@syncline");

  @TempDir Path directory;

  final SettableClock clock = inTheFuture();

  static SettableClock inTheFuture() {
    var clock = new SettableClock();
    clock.move(Duration.ofDays(10_000));
    return clock;
  }

  static FolderSettings settings(Path root) {
    return FolderSettings.of(root, LINK, AUTHOR);
  }

  LocalFolder folder() {
    return new LocalFolder(directory.resolve("root"));
  }

  FolderEndpoint open() {
    return open(Seams.none());
  }

  FolderEndpoint open(Seams seams) {
    return open(settings(folder().root()), seams);
  }

  FolderEndpoint open(FolderSettings settings, Seams seams) {
    var endpoint = new FolderEndpoint(settings, clock, seams);
    endpoint.adopt();
    return endpoint;
  }
}
