package dev.syncline.server.app;

import dev.syncline.core.model.Author;
import dev.syncline.server.app.checkup.Remotes;
import dev.syncline.server.config.RelaySettings;
import dev.syncline.server.state.Database;
import dev.syncline.server.state.SqlNotices;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/** Makes assemblies for tests that need one without a server around it. */
final class Assemblies {

  private Assemblies() {}

  static WorkspaceAssembly of(Path dataDir, Database database, Author author) {
    InstantSource clock = InstantSource.system();
    var settings =
        new RelaySettings(
            Optional.empty(), Optional.empty(), Optional.empty(), Duration.ZERO, Duration.ZERO);
    var remotes = new Remotes(dataDir, Optional.empty(), clock);
    return new WorkspaceAssembly(
        database,
        author,
        remotes,
        new RelayLinks(settings, new SqlNotices(database), clock),
        new ProposalLinks(remotes, Map.of()));
  }
}
