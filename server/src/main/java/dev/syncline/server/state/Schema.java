package dev.syncline.server.state;

import dev.syncline.core.model.SyncException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.CoreErrorCode;
import org.flywaydb.core.api.FlywayException;

/**
 * Brings a database's tables up to date, with Flyway. A look at Flyway's own table tells whether
 * there is anything to do; mostly there is not, and then none of Flyway is loaded (350 ms and 15 MB
 * less).
 */
final class Schema {

  private static final String HISTORY = "flyway_schema_history";

  private Schema() {}

  /** Brings it to the newest version. */
  static void migrate(Connection connection, DataSource source, Dialect dialect)
      throws SQLException {
    migrate(connection, source, dialect, dialect.newest());
  }

  /** Brings it to the given version: for tests of what lies in between. */
  static void migrate(Connection connection, DataSource source, Dialect dialect, int target)
      throws SQLException {
    int present = version(connection, dialect).orElse(0);
    if (present > dialect.newest()) {
      throw new SyncException.Invalid(
          "a newer Syncline wrote this database (schema "
              + present
              + ", this one knows up to "
              + dialect.newest()
              + "): run that one, or restore a backup from before");
    }
    if (present >= target) {
      return;
    }
    try {
      Flyway.configure()
          .dataSource(source)
          .resourceProvider(dialect.migrations())
          .javaMigrationClassProvider(List::of)
          .table(HISTORY)
          .target(Integer.toString(target))
          .loggers("slf4j")
          .load()
          .migrate();
    } catch (FlywayException e) {
      throw failure(e);
    }
  }

  /** The newest migration that the database holds; empty if it was never migrated. */
  static Optional<Integer> version(Connection connection, Dialect dialect) throws SQLException {
    try (var statement = connection.createStatement()) {
      try (ResultSet history = statement.executeQuery(dialect.historyExists())) {
        if (!history.next()) {
          return Optional.empty();
        }
      }
      try (ResultSet row =
          statement.executeQuery(
              "SELECT version FROM "
                  + HISTORY
                  + " WHERE success AND version IS NOT NULL ORDER BY installed_rank DESC LIMIT 1")) {
        return row.next() ? Optional.of(row.getInt(1)) : Optional.empty();
      }
    }
  }

  private static RuntimeException failure(FlywayException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql) {
        return SqlFailure.of("bring the schema up to date", sql);
      }
    }
    if (e.getErrorCode() == CoreErrorCode.NON_EMPTY_SCHEMA_WITHOUT_SCHEMA_HISTORY_TABLE) {
      return new SyncException.Invalid(
          "the database holds tables of something else: give Syncline a database of its own, or a"
              + " schema of its own with ?currentSchema=… in database.url",
          e);
    }
    // What is left is a history that doesn't fit: somebody changed it by hand.
    return new SyncException.Corrupt(
        "the schema can't be brought up to date: " + e.getMessage(), e);
  }

  /** What differs between the databases. */
  enum Dialect {
    SQLITE,
    POSTGRESQL;

    Migrations migrations() {
      return new Migrations(files());
    }

    /** The version of the last file; each is called {@code folder/V<version>__<what>.sql}. */
    int newest() {
      String name = files().getLast();
      return Integer.parseInt(name.substring(name.indexOf("/V") + 2, name.indexOf("__")));
    }

    List<String> files() {
      return Stream.of(
              "common/V1__setting.sql",
              "common/V2__access_token.sql",
              "postgresql/V3__document_chunk.sql",
              "common/V4__run.sql",
              "common/V5__notice.sql")
          .filter(file -> this == POSTGRESQL || file.startsWith("common/"))
          .toList();
    }

    private String historyExists() {
      return switch (this) {
        case SQLITE ->
            "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = '" + HISTORY + "'";
        case POSTGRESQL -> "SELECT 1 WHERE to_regclass('" + HISTORY + "') IS NOT NULL";
      };
    }
  }
}
