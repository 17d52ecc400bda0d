package dev.syncline.server.state;

import java.sql.SQLException;

/** Lends connections of one kind of database. Its text names the database, without secrets. */
sealed interface Connections permits SqliteConnections, PostgresConnections {

  /** Runs the work with a connection in auto-commit mode. */
  <T> T with(Database.Work<T> work) throws SQLException;

  void close();
}
