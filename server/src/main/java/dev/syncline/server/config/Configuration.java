package dev.syncline.server.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Everything that a person can decide about a server, checked and complete. Holds no secret in
 * clear: prints as it may be logged.
 *
 * @param dataDir the folder of the server's own files; need not exist yet
 * @param database the database server; SQLite in the data directory if empty
 */
public record Configuration(
    ServerSettings server,
    Path dataDir,
    Optional<DatabaseSettings> database,
    DocumentSettings documents,
    RelaySettings relay,
    Keys keys,
    LogSettings log) {

  /** The same with another data directory, and no database elsewhere. */
  public Configuration inFolder(Path other) {
    return new Configuration(server, other, Optional.empty(), documents, relay, keys, log);
  }
}
