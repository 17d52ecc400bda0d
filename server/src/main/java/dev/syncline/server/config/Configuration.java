package dev.syncline.server.config;

import dev.syncline.core.model.WorkspaceName;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that a person can decide about a server, checked and complete. Holds no secret in
 * clear: prints as it may be logged.
 *
 * @param dataDir the folder of the server's own files; need not exist yet
 * @param database the database server; SQLite in the data directory if empty
 * @param proposals folders for what some workspaces would propose, whatever their files say of pull
 *     requests
 */
public record Configuration(
    ServerSettings server,
    Path dataDir,
    Optional<DatabaseSettings> database,
    DocumentSettings documents,
    RelaySettings relay,
    Keys keys,
    LogSettings log,
    Map<WorkspaceName, Path> proposals) {

  public Configuration {
    proposals = Map.copyOf(proposals);
  }

  /** The same with another data directory, and no database elsewhere. */
  public Configuration inFolder(Path other) {
    return new Configuration(
        server, other, Optional.empty(), documents, relay, keys, log, proposals);
  }

  /** The same, but what these workspaces would propose goes into folders. */
  public Configuration proposingInto(Map<WorkspaceName, Path> folders) {
    return new Configuration(server, dataDir, database, documents, relay, keys, log, folders);
  }
}
