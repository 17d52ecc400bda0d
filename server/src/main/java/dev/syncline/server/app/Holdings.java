package dev.syncline.server.app;

import dev.syncline.core.port.AccessTokens;
import dev.syncline.core.port.ChunkStore;
import dev.syncline.server.app.checkup.Remotes;
import dev.syncline.server.archive.ZipArchive;
import dev.syncline.server.config.Configuration;
import dev.syncline.server.document.DocumentServer;
import dev.syncline.server.document.ServerIdentity;
import dev.syncline.server.document.store.file.FileChunkStore;
import dev.syncline.server.document.store.file.FileStoreSettings;
import dev.syncline.server.document.store.sql.SqlChunkStore;
import dev.syncline.server.document.store.sql.SqlStoreSettings;
import dev.syncline.server.state.DataDirectory;
import dev.syncline.server.state.Database;
import dev.syncline.server.state.DatabaseAddress;
import dev.syncline.server.state.SqlAccessTokens;
import dev.syncline.server.state.SqlNotices;
import dev.syncline.server.state.StorageId;
import dev.syncline.server.view.Archive;
import dev.syncline.server.view.Documents;
import dev.syncline.server.view.StorageMetrics;
import dev.syncline.server.workspace.LiveWorkspaces;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Everything that a data directory and its database hold, opened for this process alone: with a
 * network in front of it, a server; without, what commands work on.
 */
final class Holdings implements AutoCloseable {

  private final DataDirectory directory;
  private final Database database;
  private final AccessTokens tokens;
  private final ChunkStore store;
  private final Supplier<StorageMetrics> storage;
  private final DocumentServer server;
  private final Synced synced;
  private final InstantSource clock;

  private Holdings(
      DataDirectory directory,
      Database database,
      Stored stored,
      DocumentServer server,
      Synced synced,
      InstantSource clock) {
    this.directory = directory;
    this.database = database;
    this.tokens = new SqlAccessTokens(database, new SecureRandom());
    this.store = stored.store();
    this.storage = stored.metrics();
    this.server = server;
    this.synced = synced;
    this.clock = clock;
  }

  /** Workspaces, and what their links share. */
  private record Synced(
      LiveWorkspaces workspaces, RelayLinks relays, ProposalLinks proposals, SqlNotices notices)
      implements AutoCloseable {
    @Override
    public void close() {
      workspaces.close();
      relays.close();
      proposals.close();
      notices.close();
    }
  }

  private record Stored(ChunkStore store, StorageId id, Supplier<StorageMetrics> metrics) {}

  /**
   * Takes the data directory.
   *
   * @param work when the workspaces' links run
   * @throws dev.syncline.core.model.SyncException if another process has it, or it can't be used
   */
  static Holdings open(Configuration configuration, LiveWorkspaces.Work work, InstantSource clock) {
    // Read while nothing runs that would have to be stopped if it can't be.
    Connectors connectors = Connectors.of(configuration);
    DataDirectory directory = DataDirectory.open(configuration.dataDir(), clock.instant());
    Database database = null;
    try {
      database =
          Database.atFirstUse(
              configuration
                  .database()
                  .<DatabaseAddress>map(DatabaseAddress::postgres)
                  .orElseGet(() -> new DatabaseAddress.SqliteFile(directory.path())));
      Stored stored =
          switch (configuration.documents().storage()) {
            case FILES -> inFiles(directory, clock);
            case DATABASE -> inDatabase(database);
          };
      String id = stored.id().value().toString();
      var server =
          new DocumentServer(
              new ServerIdentity("storage-server-" + id.substring(0, 8), id),
              configuration.documents().limits(),
              stored.store(),
              clock);
      var notices = new SqlNotices(database);
      var relays = new RelayLinks(configuration.relay(), notices, clock);
      var remotes = new Remotes(directory.path(), configuration.keys().ssh(), clock);
      var proposals = new ProposalLinks(remotes, configuration.proposals());
      var workspaces =
          LiveWorkspaces.open(
              directory.path().resolve("workspaces"),
              new WorkspaceAssembly(database, Persons.ofThisMachine(), remotes, relays, proposals),
              work,
              clock,
              new SecureRandom());
      var synced = new Synced(workspaces, relays, proposals, notices);
      connectors.follow(workspaces);
      return new Holdings(directory, database, stored, server, synced, clock);
    } catch (RuntimeException e) {
      if (database != null) {
        database.close();
      }
      directory.close();
      throw e;
    }
  }

  private static Stored inFiles(DataDirectory directory, InstantSource clock) {
    StorageId id = StorageId.in(directory, UUID::randomUUID);
    FileChunkStore store = FileChunkStore.open(FileStoreSettings.in(directory.path()), clock);
    return new Stored(
        store,
        id,
        () -> new StorageMetrics(store.status(), store.appendTimes(), store.syncTimes()));
  }

  private static Stored inDatabase(Database database) {
    StorageId id = StorageId.in(database, UUID::randomUUID);
    var store = new SqlChunkStore(database.pool(), SqlStoreSettings.DEFAULT);
    return new Stored(
        store,
        id,
        () ->
            new StorageMetrics(
                store.status(), store.appends().snapshot(), store.syncs().snapshot()));
  }

  DataDirectory directory() {
    return directory;
  }

  AccessTokens tokens() {
    return tokens;
  }

  DocumentServer server() {
    return server;
  }

  Documents documents() {
    return server.documents();
  }

  LiveWorkspaces workspaces() {
    return synced.workspaces();
  }

  RelayLinks relays() {
    return synced.relays();
  }

  Archive archive() {
    return new ZipArchive(
        documents(), tokens, new SavedLedgers(workspaces(), clock), directory.path());
  }

  StorageMetrics storage() {
    return storage.get();
  }

  /** In the order in which one needs the other. */
  @Override
  public void close() {
    synced.close();
    server.close();
    store.close();
    database.close();
    directory.close();
  }
}
