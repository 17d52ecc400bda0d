package dev.syncline.server.state;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.syncline.core.model.SyncException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** A small pool of connections to a PostgreSQL server, used on the caller's thread. */
final class PostgresConnections implements Connections {

  private static final int OLDEST_SERVER = 13;
  private static final int POOL_SIZE = 8;
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

  /** Shorter, since edits wait for it: better to hear soon that they were not stored. */
  private static final Duration POOL_TIMEOUT = Duration.ofSeconds(5);

  /** A network that swallows packets must not hold a thread for ever. */
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(60);

  private final DatabaseAddress.Postgres address;
  private final HikariDataSource pool;

  private PostgresConnections(DatabaseAddress.Postgres address, HikariDataSource pool) {
    this.address = address;
    this.pool = pool;
  }

  static PostgresConnections open(DatabaseAddress.Postgres address) {
    // Migrations may take long, and wait for another node's.
    PGSimpleDataSource patient = source(address, Duration.ZERO);
    // Not through the pool: it retries for a while before it tells that a password is wrong.
    try (Connection connection = patient.getConnection()) {
      int version = connection.getMetaData().getDatabaseMajorVersion();
      if (version < OLDEST_SERVER) {
        throw new SyncException.Invalid(
            address + " is version " + version + ": " + OLDEST_SERVER + " or newer is needed");
      }
      Schema.migrate(connection, patient, Schema.Dialect.POSTGRESQL);
    } catch (SQLException e) {
      throw SqlFailure.of("connect to " + address, e);
    }
    var pool = new HikariDataSource(poolOf(source(address, ANSWER_TIMEOUT)));
    return new PostgresConnections(address, pool);
  }

  private static PGSimpleDataSource source(DatabaseAddress.Postgres address, Duration timeout) {
    var source = new Source(address.password());
    try {
      source.setUrl(address.jdbcUrl());
    } catch (IllegalArgumentException e) {
      // Without its cause, which repeats the URL and what password it may hold.
      throw new SyncException.Invalid("database.url is no URL that PostgreSQL's driver reads");
    }
    address.user().ifPresent(source::setUser);
    source.setApplicationName("syncline");
    source.setConnectTimeout((int) CONNECT_TIMEOUT.toSeconds());
    if (source.getSocketTimeout() == 0) {
      source.setSocketTimeout((int) timeout.toSeconds());
    }
    source.setTcpKeepAlive(true);
    return source;
  }

  private static HikariConfig poolOf(DataSource source) {
    var config = new HikariConfig();
    config.setPoolName("state");
    config.setDataSource(source);
    config.setMaximumPoolSize(POOL_SIZE);
    config.setMinimumIdle(1);
    config.setConnectionTimeout(POOL_TIMEOUT.toMillis());
    // Reachable a moment ago; if it no longer is, the first use tells.
    config.setInitializationFailTimeout(-1);
    // "Durable when it returns" must not depend on what the database or the role has as default.
    config.setConnectionInitSql("SET synchronous_commit TO on");
    return config;
  }

  @Override
  public <T> T with(Database.Work<T> work) throws SQLException {
    try (Connection connection = pool.getConnection()) {
      return work.run(connection);
    }
  }

  DataSource pool() {
    return pool;
  }

  @Override
  public void close() {
    pool.close();
  }

  @Override
  public String toString() {
    return address.toString();
  }

  /** Asks for the password at each connection, since secrets are rotated while we run. */
  private static final class Source extends PGSimpleDataSource {
    private static final long serialVersionUID = 1L;

    private final transient Optional<Supplier<String>> password;

    Source(Optional<Supplier<String>> password) {
      this.password = password;
    }

    @Override
    public Connection getConnection() throws SQLException {
      return password.isPresent()
          ? getConnection(getUser(), password.get().get())
          : super.getConnection();
    }
  }
}
