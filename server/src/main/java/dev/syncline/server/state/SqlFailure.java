package dev.syncline.server.state;

import dev.syncline.core.model.SyncException;
import java.sql.SQLException;
import org.sqlite.SQLiteException;

/**
 * Tells what has to happen next when a database fails, by the codes it gives and never by its text:
 * SQLite's result codes, or PostgreSQL's SQLSTATE (appendix A of its manual).
 */
final class SqlFailure {

  private SqlFailure() {}

  /**
   * @param action what was tried, in the infinitive
   * @return to be thrown: what names no cause that an operator could see to is a bug of ours
   */
  static RuntimeException of(String action, SQLException failure) {
    // A pool that gave up says so, with what its last attempt met as the cause.
    SQLException innermost = failure;
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql) {
        innermost = sql;
      }
    }
    String text = "can't " + action + ": " + innermost.getMessage();
    return innermost instanceof SQLiteException sqlite
        ? sqlite(text, sqlite)
        : postgres(text, innermost);
  }

  private static RuntimeException sqlite(String text, SQLiteException failure) {
    // The low byte is the result, what is above it says more about it.
    return switch (failure.getErrorCode() & 0xff) {
      case 5, 6 -> // BUSY, LOCKED
          new SyncException.Unavailable(text + ": another process keeps it locked", failure);
      case 13 -> // FULL
          new SyncException.Unavailable(text + ": the disk is full, free some space", failure);
      case 7, 10 -> // NOMEM, IOERR
          new SyncException.Unavailable(text, failure);
      case 3, 8, 14, 23 -> // PERM, READONLY, CANTOPEN, AUTH
          new SyncException.Denied(
              text + ": the user that runs Syncline needs to write to the data directory", failure);
      case 11, 26 -> // CORRUPT, NOTADB
          new SyncException.Corrupt(
              text + ": the file is damaged, keep it and restore a backup", failure);
      default -> new IllegalStateException(text, failure);
    };
  }

  private static RuntimeException postgres(String text, SQLException failure) {
    String state = failure.getSQLState() == null ? "" : failure.getSQLState();
    return switch (state.length() < 2 ? "" : state.substring(0, 2)) {
      case "28" -> new SyncException.Denied(text, failure);
      case "3D", "3F" -> new SyncException.Invalid(text, failure); // no such database, schema
      case "42" ->
          state.equals("42501")
              ? new SyncException.Denied(text, failure)
              : new IllegalStateException(text, failure);
      case "XX" ->
          state.equals("XX001") || state.equals("XX002")
              ? new SyncException.Corrupt(text, failure)
              : new SyncException.Unavailable(text, failure);
      // No state at all: the pool timed out. Then connection, read-only standby, deadlock,
      // resources, lock, operator, system.
      case "", "08", "25", "40", "53", "55", "57", "58" ->
          new SyncException.Unavailable(text, failure);
      default -> new IllegalStateException(text, failure);
    };
  }
}
