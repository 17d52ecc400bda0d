package dev.syncline.server.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.syncline.core.model.SyncException;
import dev.syncline.core.model.WorkspaceName;
import dev.syncline.server.config.Configuration;
import dev.syncline.server.config.ConfigurationReader;
import dev.syncline.server.config.Sources;
import dev.syncline.server.workspace.LiveWorkspaces;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A data directory is opened as a whole, or not at all. */
final class HoldingsTest {

  private static final WorkspaceName NOTES = new WorkspaceName("notes");

  @TempDir Path folder;

  @Test
  void whereTheConnectorsCanNotBeReadNothingStaysOpen() throws IOException {
    Configuration configuration =
        ConfigurationReader.read(
                new Sources(
                    folder,
                    Optional.empty(),
                    Map.of(),
                    Map.of("DATA_DIR", folder.resolve("data").toString())))
            .orThrow();
    Path desk = Files.createDirectory(folder.resolve("desk"));
    try (Holdings first = open(configuration)) {
      first.workspaces().put(NOTES, "links: {desk: {folder: " + desk + "}}");
    }
    Path connectors = folder.resolve("data/git_connectors.toml");
    Files.writeString(connectors, "[[git_connector");
    assertThrows(SyncException.Invalid.class, () -> open(configuration));
    Files.delete(connectors);
    try (Holdings again = open(configuration)) {
      assertEquals(1, again.workspaces().status(NOTES).links().size());
    }
  }

  private static Holdings open(Configuration configuration) {
    return Holdings.open(configuration, LiveWorkspaces.Work.WHEN_ASKED, InstantSource.system());
  }
}
