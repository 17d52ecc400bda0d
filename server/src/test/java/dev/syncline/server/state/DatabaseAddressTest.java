package dev.syncline.server.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.syncline.core.model.SyncException;
import dev.syncline.server.config.DatabaseSettings;
import dev.syncline.server.config.Secret;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DatabaseAddressTest {

  @Test
  void aUrlAsHostersWriteItIsUnderstood() {
    var address = parse("postgres://ann:p%40s%2Fs+1@db.example.org:5433/notes?sslmode=require");
    assertEquals("jdbc:postgresql://db.example.org:5433/notes?sslmode=require", address.jdbcUrl());
    assertEquals(Optional.of("ann"), address.user());
    assertEquals("p@s/s+1", address.password().orElseThrow().get());
  }

  @Test
  void userAndPasswordMayBeLeftOut() {
    var address = parse("postgresql://[::1]/notes");
    assertEquals("jdbc:postgresql://[::1]/notes", address.jdbcUrl());
    assertEquals(Optional.empty(), address.user());
    assertEquals(Optional.empty(), address.password());
  }

  @Test
  void aJdbcUrlIsTakenAsItIs() {
    var url = "jdbc:postgresql://one,two/notes?targetServerType=primary";
    assertEquals(url, parse(url).jdbcUrl());
  }

  @Test
  void settingsWinOverTheUrl() {
    var address =
        DatabaseAddress.postgres(
            new DatabaseSettings(
                "postgres://ann:old@db/notes",
                Optional.of("bob"),
                Optional.of(Secret.literal("new"))));
    assertEquals(Optional.of("bob"), address.user());
    assertEquals("new", address.password().orElseThrow().get());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mysql://ann:hunter2@db/notes",
        "db.example.org hunter2",
        "postgres://ann:hunter2@/notes",
        "postgres://ann:hunter2%zz@db/notes"
      })
  void aWrongOneIsRefusedWithoutRepeatingIt(String url) {
    var refused = assertThrows(SyncException.Invalid.class, () -> parse(url));
    assertFalse(refused.toString().contains("hunter2"), refused.toString());
  }

  @Test
  void itsTextHoldsNoSecret() {
    String text = parse("postgres://ann:hunter2@db/notes?password=hunter2").toString();
    assertEquals("PostgreSQL at jdbc:postgresql://db/notes", text);
  }

  private static DatabaseAddress.Postgres parse(String url) {
    return DatabaseAddress.postgres(new DatabaseSettings(url, Optional.empty(), Optional.empty()));
  }
}
