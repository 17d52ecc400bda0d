package dev.syncline.server.app;

import dev.syncline.core.model.SyncException;
import dev.syncline.core.model.WorkspaceName;
import dev.syncline.server.config.Configuration;
import dev.syncline.server.config.Connector;
import dev.syncline.server.config.ConnectorFile;
import dev.syncline.server.workspace.LiveWorkspaces;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the workspaces that a {@code git_connectors.toml} speaks of, and keeps them as it says.
 *
 * @param all of the file; empty if there is no file, which says nothing
 */
record Connectors(Optional<List<Connector>> all) {

  private static final Logger LOG = LoggerFactory.getLogger(Connectors.class);

  /**
   * Reads the file.
   *
   * @throws SyncException.Invalid if it can't be used
   */
  static Connectors of(Configuration configuration) {
    return new Connectors(file(configuration).map(ConnectorFile::read));
  }

  /** Brings the workspaces up to date. */
  void follow(LiveWorkspaces workspaces) {
    all.ifPresent(connectors -> follow(connectors, workspaces));
  }

  private static void follow(List<Connector> connectors, LiveWorkspaces workspaces) {
    var told = new ArrayList<WorkspaceName>();
    for (Connector connector : connectors) {
      var name = new WorkspaceName(connector.workspace());
      told.add(name);
      put(name, connector.text(Connector.FROM_FILE), workspaces);
    }
    for (WorkspaceName name : List.copyOf(workspaces.names())) {
      if (!told.contains(name) && workspaces.text(name).startsWith("# " + Connector.FROM_FILE)) {
        LOG.atInfo().addKeyValue("workspace", name).log("no longer in the connectors");
        workspaces.remove(name);
      }
    }
  }

  private static Optional<Path> file(Configuration configuration) {
    return configuration
        .relay()
        .connectors()
        .or(() ->
            Optional.of(configuration.dataDir().resolve(ConnectorFile.NAME)).filter(Files::exists));
  }

  /** One that can't be used is reported, and stops no other. */
  private static void put(WorkspaceName name, String text, LiveWorkspaces workspaces) {
    boolean isThere = workspaces.names().contains(name);
    if (isThere && workspaces.text(name).equals(text)) {
      return;
    }
    try {
      workspaces.put(name, text);
    } catch (SyncException e) {
      LOG.atError()
          .addKeyValue("workspace", name)
          .addKeyValue("reason", e.getMessage())
          .log("a connector can't be used");
    }
  }
}
