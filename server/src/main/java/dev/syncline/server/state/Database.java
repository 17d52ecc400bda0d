package dev.syncline.server.state;

import dev.syncline.core.model.SyncException;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The database that holds the server's state: a SQLite file, or PostgreSQL. Whoever uses it finds
 * the newest schema.
 *
 * <p>Thread-safe; may be called from virtual threads. SQLite's native calls would hold their
 * carrier thread, so they run on one platform thread of their own while the caller waits.
 *
 * <p>Every method throws {@link SyncException.Unavailable} if the database can't be reached now,
 * {@link SyncException.Denied} if it refuses the credentials or the file system the access, {@link
 * SyncException.Invalid} if the address is wrong or a newer Syncline wrote the schema, and {@link
 * SyncException.Corrupt} if the database is damaged or somebody else changed the schema.
 */
public final class Database implements AutoCloseable {

  private final DatabaseAddress address;

  /** Guarded by this. */
  private @Nullable Connections opened;

  /** Guarded by this. */
  private boolean closed;

  private Database(DatabaseAddress address) {
    this.address = address;
  }

  /** Connects, and brings the schema up to date. */
  public static Database open(DatabaseAddress address) {
    Database database = atFirstUse(address);
    database.connections();
    return database;
  }

  /**
   * Connects when something is first asked: a server that never asks pays nothing, and gets no
   * file. What {@link #open} would throw, the first use throws, and the next tries again.
   */
  public static Database atFirstUse(DatabaseAddress address) {
    return new Database(address);
  }

  /** Runs statements that only read, each by itself. */
  public <T> T read(Work<T> work) {
    Connections connections = connections();
    try {
      return connections.with(work);
    } catch (SQLException e) {
      throw SqlFailure.of("read from " + connections, e);
    }
  }

  /** Runs statements as one transaction: all of them hold when it returns, or none if it throws. */
  public <T> T write(Work<T> work) {
    Connections connections = connections();
    try {
      return connections.with(connection -> inTransaction(connection, work));
    } catch (SQLException e) {
      throw SqlFailure.of("write to " + connections, e);
    }
  }

  /**
   * PostgreSQL's connection pool, for engines with tables of their own. Its commits are durable
   * when they return, whatever the database's default.
   *
   * @throws SyncException.Invalid if this is SQLite
   */
  public DataSource pool() {
    return switch (connections()) {
      case PostgresConnections postgres -> postgres.pool();
      case SqliteConnections sqlite ->
          throw new SyncException.Invalid(
              "only PostgreSQL can hold documents, and this is "
                  + sqlite
                  + ": set database.url, or documents.storage to files");
    };
  }

  /** Waits for statements under way. Nothing may be asked afterwards. */
  @Override
  public synchronized void close() {
    closed = true;
    if (opened != null) {
      opened.close();
      opened = null;
    }
  }

  private synchronized Connections connections() {
    if (closed) {
      throw new IllegalStateException(address + " is closed");
    }
    if (opened == null) {
      opened =
          switch (address) {
            case DatabaseAddress.SqliteFile file -> SqliteConnections.open(file);
            case DatabaseAddress.Postgres server -> PostgresConnections.open(server);
          };
    }
    return opened;
  }

  private static <T> T inTransaction(Connection connection, Work<T> work) throws SQLException {
    connection.setAutoCommit(false);
    boolean committed = false;
    try {
      T result = work.run(connection);
      connection.commit();
      committed = true;
      return result;
    } finally {
      end(connection, committed);
    }
  }

  private static void end(Connection connection, boolean committed) throws SQLException {
    if (committed) {
      connection.setAutoCommit(true);
      return;
    }
    try {
      connection.rollback();
      connection.setAutoCommit(true);
    } catch (SQLException e) {
      // The connection is broken. What broke it is on its way to the caller already.
      connection.close();
    }
  }

  /** Statements to run on a connection that is lent for as long as they run. */
  @FunctionalInterface
  public interface Work<T> {
    T run(Connection connection) throws SQLException;
  }
}
