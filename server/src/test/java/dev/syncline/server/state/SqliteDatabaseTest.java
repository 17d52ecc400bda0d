package dev.syncline.server.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.syncline.core.model.SyncException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteDataSource;

final class SqliteDatabaseTest {

  @TempDir private Path directory;

  @Test
  void whatIsNeverAskedMakesNoFile() throws IOException {
    Database.atFirstUse(new DatabaseAddress.SqliteFile(directory)).close();
    try (var files = Files.list(directory)) {
      assertEquals(0, files.count());
    }
  }

  @Test
  void whatIsWrittenIsThereAfterwards() {
    try (var database = open()) {
      assertEquals("1", new Settings(database).putIfAbsent("a", "1"));
    }
    try (var database = Database.atFirstUse(new DatabaseAddress.SqliteFile(directory))) {
      assertEquals(Optional.of("1"), new Settings(database).get("a"));
      assertEquals("1", new Settings(database).putIfAbsent("a", "2"), "the first one stays");
    }
  }

  @Test
  void theStorageIdIsMadeOnce() {
    UUID first = UUID.fromString("00000000-0000-4000-8000-000000000001");
    try (var database = open()) {
      assertEquals(first, StorageId.in(database, () -> first).value());
      assertEquals(first, StorageId.in(database, UUID::randomUUID).value());
    }
  }

  @Test
  void aWriteThatFailsLeavesNothing() {
    try (var database = open()) {
      assertThrows(
          IllegalStateException.class,
          () ->
              database.write(connection -> {
                try (var statement = connection.createStatement()) {
                  statement.execute("INSERT INTO setting VALUES ('a', '1')");
                  return statement.execute("INSERT INTO setting VALUES ('a', '2')");
                }
              }));
      assertEquals(Optional.empty(), new Settings(database).get("a"));
      assertEquals("3", new Settings(database).putIfAbsent("a", "3"), "and it goes on");
    }
  }

  @Test
  void aTransactionThatSqliteGaveUpByItselfStopsNoLaterOne() {
    try (var database = open()) {
      assertThrows(
          IllegalStateException.class,
          () ->
              database.write(connection -> {
                try (var statement = connection.createStatement()) {
                  statement.execute("INSERT INTO setting VALUES ('a', '1')");
                  statement.execute("ROLLBACK"); // as it does on a full disk
                  return statement.execute("no statement");
                }
              }));
      assertEquals(Optional.empty(), new Settings(database).get("a"));
      assertEquals("2", new Settings(database).putIfAbsent("a", "2"));
    }
  }

  @Test
  void anOlderSchemaIsBroughtUpToDate() throws SQLException {
    var source = new SQLiteDataSource();
    source.setUrl("jdbc:sqlite:" + directory.resolve("state.db"));
    try (var connection = source.getConnection()) {
      Schema.migrate(connection, source, Schema.Dialect.SQLITE, 1);
      assertEquals(Optional.of(1), Schema.version(connection, Schema.Dialect.SQLITE));
      try (var statement = connection.createStatement()) {
        statement.execute("INSERT INTO setting VALUES ('kept', 'yes')");
      }
    }
    try (var database = open()) {
      assertEquals(Optional.of("yes"), new Settings(database).get("kept"));
      assertEquals(
          Optional.of(Schema.Dialect.SQLITE.newest()),
          database.read(connection -> Schema.version(connection, Schema.Dialect.SQLITE)));
    }
  }

  @Test
  void aNewerSchemaIsLeftAlone() throws SQLException {
    open().close();
    try (var connection = connect();
        var statement = connection.createStatement()) {
      statement.execute("UPDATE flyway_schema_history SET version = '99' WHERE version = '1'");
      statement.execute(
          "UPDATE flyway_schema_history SET installed_rank = 99 WHERE version = '99'");
    }
    var refused = assertThrows(SyncException.Invalid.class, this::open);
    assertTrue(refused.toString().contains("a newer Syncline"), refused.toString());
  }

  @Test
  void somebodyElsesDatabaseIsLeftAlone() throws SQLException {
    try (var connection = connect();
        var statement = connection.createStatement()) {
      statement.execute("CREATE TABLE theirs (a)");
    }
    var refused = assertThrows(SyncException.Invalid.class, this::open);
    assertTrue(refused.toString().contains("something else"), refused.toString());
  }

  @Test
  void aDamagedFileIsReportedAndKept() throws IOException {
    String text = "no database".repeat(1000);
    Path file = Files.writeString(directory.resolve("state.db"), text);
    assertThrows(SyncException.Corrupt.class, this::open);
    assertEquals(text, Files.readString(file));
  }

  @Test
  void aDirectoryThatIsNoneIsNamed() {
    var address = new DatabaseAddress.SqliteFile(directory.resolve("none"));
    assertThrows(SyncException.Invalid.class, () -> Database.open(address));
  }

  @Test
  void aClosedOneIsNotOpenedAgain() {
    Database database = open();
    database.close();
    assertThrows(IllegalStateException.class, () -> new Settings(database).get("a"));
  }

  private Database open() {
    return Database.open(new DatabaseAddress.SqliteFile(directory));
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("state.db"));
  }
}
