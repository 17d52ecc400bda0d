package dev.syncline.server.state;

import dev.syncline.server.RealPostgres;
import dev.syncline.server.config.DatabaseSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Databases that a test opened, closed together. */
final class Databases implements AutoCloseable {

  private final List<Database> opened = new ArrayList<>();

  Database open(DatabaseAddress address) {
    Database database = Database.open(address);
    opened.add(database);
    return database;
  }

  static DatabaseAddress address(RealPostgres.EmptyDatabase postgres) {
    return DatabaseAddress.postgres(
        new DatabaseSettings(postgres.url(), Optional.of(postgres.user()), Optional.empty()));
  }

  @Override
  public void close() {
    opened.forEach(Database::close);
  }
}
