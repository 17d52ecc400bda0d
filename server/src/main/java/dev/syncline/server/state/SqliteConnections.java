package dev.syncline.server.state;

import dev.syncline.core.model.SyncException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * One connection to a SQLite file, used by one platform thread. SQLite has one writer at a time
 * anyway, and the state is small.
 */
final class SqliteConnections implements Connections {

  private static final int BUSY_TIMEOUT_MILLIS = 10_000;

  private final Path file;
  private final DataSource source;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().daemon().name("state-database").factory());

  /** Used by that thread only. */
  private Connection connection;

  private SqliteConnections(Path file, DataSource source, Connection connection) {
    this.file = file;
    this.source = source;
    this.connection = connection;
  }

  static SqliteConnections open(DatabaseAddress.SqliteFile address) {
    Path directory = address.dataDirectory();
    if (!Files.isDirectory(directory)) {
      throw new SyncException.Invalid("data directory " + directory + " is not a directory");
    }
    Path file = directory.resolve("state.db");
    boolean mayWrite =
        Files.isWritable(directory) && (!Files.exists(file) || Files.isWritable(file));
    if (!mayWrite) {
      throw new SyncException.Denied(
          "can't write to "
              + file
              + ": give the user that runs Syncline write access to the data directory");
    }
    SqliteLibrary.unpackTo(directory);
    DataSource source = source(file);
    try {
      Connection connection = source.getConnection();
      try {
        Schema.migrate(connection, source, Schema.Dialect.SQLITE);
      } catch (SQLException | RuntimeException e) {
        connection.close();
        throw e;
      }
      return new SqliteConnections(file, source, connection);
    } catch (SQLException e) {
      throw SqlFailure.of("open " + file, e);
    }
  }

  private static DataSource source(Path file) {
    var config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    // In WAL mode, NORMAL would lose the last transactions when the power fails.
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.enforceForeignKeys(true);
    config.setBusyTimeout(BUSY_TIMEOUT_MILLIS);
    // A transaction that begins by reading could not wait for another writer later on.
    config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
    var source = new SQLiteDataSource(config);
    source.setUrl("jdbc:sqlite:" + file);
    return source;
  }

  @Override
  public <T> T with(Database.Work<T> work) throws SQLException {
    Future<T> result;
    try {
      result = thread.submit(() -> work.run(usable()));
    } catch (RejectedExecutionException e) {
      throw new IllegalStateException(this + " is closed", e);
    }
    try {
      return result.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SyncException.Unavailable("interrupted while waiting for " + this, e);
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case SQLException cause -> throw cause;
        case SyncException cause -> throw cause;
        case Error cause -> throw cause;
        case null, default -> throw new IllegalStateException("bug while using " + this, e);
      }
    }
  }

  /** A connection that broke, say since the disk was full, is closed: then there is a new one. */
  private Connection usable() throws SQLException {
    if (connection.isClosed()) {
      connection = source.getConnection();
    }
    return connection;
  }

  @Override
  public void close() {
    thread.shutdown();
    try {
      if (!thread.awaitTermination(BUSY_TIMEOUT_MILLIS, TimeUnit.MILLISECONDS)) {
        throw new SyncException.Unavailable(
            this + " is still busy", new IllegalStateException("a statement doesn't end"));
      }
      connection.close();
    } catch (InterruptedException e) {
      // The statement under way is committed or not, as after a crash; the file is sound either
      // way.
      Thread.currentThread().interrupt();
    } catch (SQLException e) {
      throw SqlFailure.of("close " + this, e);
    }
  }

  @Override
  public String toString() {
    return file.toString();
  }
}
