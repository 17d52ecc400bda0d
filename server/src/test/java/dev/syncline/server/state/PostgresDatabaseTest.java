package dev.syncline.server.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.syncline.core.model.SyncException;
import dev.syncline.server.RealPostgres;
import dev.syncline.server.config.DatabaseSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Collections;
import java.util.HashSet;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RealPostgres.class)
@Timeout(60)
final class PostgresDatabaseTest {

  private final RealPostgres.EmptyDatabase postgres;

  PostgresDatabaseTest(RealPostgres.EmptyDatabase postgres) {
    this.postgres = postgres;
  }

  @Test
  void serversThatStartTogetherAgreeOnTheSchemaAndTheStorageId() throws Exception {
    Callable<StorageId> server =
        () -> {
          try (var database = Database.open(Databases.address(postgres))) {
            return StorageId.in(database, UUID::randomUUID);
          }
        };
    var ids = new HashSet<StorageId>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<StorageId> id : threads.invokeAll(Collections.nCopies(4, server))) {
        ids.add(id.get());
      }
    }
    assertEquals(1, ids.size());
  }

  @Test
  void whoIsNotLetInHearsThat() {
    assertThrows(
        SyncException.Denied.class, () -> Database.open(as("nobody-knows-me", postgres.url())));
  }

  @Test
  void aDatabaseThatDoesNotExistIsAMistakeInTheUrl() {
    assertThrows(
        SyncException.Invalid.class,
        () -> Database.open(as(postgres.user(), postgres.url() + "_or_not")));
  }

  @Test
  void whereNobodyListensItIsUnavailableUntilSomebodyDoes() throws IOException {
    int port;
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    var address = as("postgres", "postgres://localhost:" + port + "/notes");
    assertThrows(SyncException.Unavailable.class, () -> Database.open(address));
    try (var database = Database.atFirstUse(address)) {
      assertThrows(SyncException.Unavailable.class, () -> new Settings(database).get("a"));
    }
  }

  @Test
  void somebodyElsesDatabaseIsLeftAloneButASchemaInItIsEnough() throws SQLException {
    try (var connection = DriverManager.getConnection(postgres.url(), postgres.user(), "");
        var statement = connection.createStatement()) {
      statement.execute("CREATE TABLE setting (theirs text)");
      statement.execute("CREATE SCHEMA syncline");
    }
    var refused =
        assertThrows(SyncException.Invalid.class, () -> Database.open(Databases.address(postgres)));
    assertTrue(refused.toString().contains("currentSchema"), refused.toString());
    var address = as(postgres.user(), postgres.url() + "?currentSchema=syncline");
    try (var database = Database.open(address)) {
      assertEquals("1", new Settings(database).putIfAbsent("a", "1"));
    }
    try (var database = Database.open(address)) {
      assertEquals(Optional.of("1"), new Settings(database).get("a"));
    }
  }

  private static DatabaseAddress as(String user, String url) {
    return DatabaseAddress.postgres(new DatabaseSettings(url, Optional.of(user), Optional.empty()));
  }
}
