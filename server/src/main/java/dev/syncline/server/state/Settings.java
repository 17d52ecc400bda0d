package dev.syncline.server.state;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** What the server remembers about itself, by name. Thread-safe. */
final class Settings {

  private final Database database;

  Settings(Database database) {
    this.database = database;
  }

  Optional<String> get(String name) {
    return database.read(connection -> value(connection, name));
  }

  /** The value that holds afterwards: the given one, unless another server was faster. */
  String putIfAbsent(String name, String value) {
    return database.write(connection -> {
      try (var insert =
          connection.prepareStatement(
              "INSERT INTO setting (name, value) VALUES (?, ?) ON CONFLICT (name) DO NOTHING")) {
        insert.setString(1, name);
        insert.setString(2, value);
        insert.executeUpdate();
      }
      return value(connection, name).orElse(value);
    });
  }

  private static Optional<String> value(Connection connection, String name) throws SQLException {
    try (var query = connection.prepareStatement("SELECT value FROM setting WHERE name = ?")) {
      query.setString(1, name);
      try (ResultSet row = query.executeQuery()) {
        return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
      }
    }
  }
}
