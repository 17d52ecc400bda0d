package dev.syncline.server.document.store.sql;

import dev.syncline.server.RealPostgres;
import dev.syncline.server.config.DatabaseSettings;
import dev.syncline.server.state.Database;
import dev.syncline.server.state.DatabaseAddress;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The server's own pool on a real PostgreSQL, which a test can cut off or hold up. */
final class ChunkDatabase implements DataSource, AutoCloseable {

  private final Database database;
  private final DataSource pool;
  private final AtomicReference<@Nullable SQLException> broken = new AtomicReference<>();
  private final AtomicReference<CountDownLatch> gate = new AtomicReference<>(new CountDownLatch(0));

  private final AtomicInteger waiting = new AtomicInteger();

  ChunkDatabase(RealPostgres.EmptyDatabase postgres) {
    database =
        Database.open(
            DatabaseAddress.postgres(
                new DatabaseSettings(
                    postgres.url(), Optional.of(postgres.user()), Optional.empty())));
    pool = database.pool();
  }

  /** From now on nobody gets a connection, with this SQLSTATE. */
  void cutOff(String sqlState) {
    broken.set(new SQLException("cut off by the test", sqlState));
  }

  void mend() {
    broken.set(null);
  }

  /** From now on whoever wants a connection waits. */
  void holdUp() {
    gate.set(new CountDownLatch(1));
  }

  void letGo() {
    gate.get().countDown();
  }

  /** How many have wanted a connection since {@link #holdUp} and not got one. */
  int waiting() {
    return waiting.get();
  }

  /** Runs a statement beside the store. */
  void execute(String sql) throws SQLException {
    try (var connection = pool.getConnection();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** The first column of the first row of what a query finds beside the store. */
  String ask(String sql) throws SQLException {
    try (var connection = pool.getConnection();
        var statement = connection.createStatement();
        var row = statement.executeQuery(sql)) {
      return row.next() ? row.getString(1) : "";
    }
  }

  @Override
  public Connection getConnection() throws SQLException {
    waiting.incrementAndGet();
    try {
      gate.get().await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    } finally {
      waiting.decrementAndGet();
    }
    SQLException failure = broken.get();
    if (failure != null) {
      throw failure;
    }
    return pool.getConnection();
  }

  @Override
  public void close() {
    database.close();
  }

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    return getConnection();
  }

  @Override
  public PrintWriter getLogWriter() throws SQLException {
    return pool.getLogWriter();
  }

  @Override
  public void setLogWriter(PrintWriter out) throws SQLException {
    pool.setLogWriter(out);
  }

  @Override
  public void setLoginTimeout(int seconds) throws SQLException {
    pool.setLoginTimeout(seconds);
  }

  @Override
  public int getLoginTimeout() throws SQLException {
    return pool.getLoginTimeout();
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    return pool.getParentLogger();
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    return pool.unwrap(type);
  }

  @Override
  public boolean isWrapperFor(Class<?> type) throws SQLException {
    return pool.isWrapperFor(type);
  }
}
