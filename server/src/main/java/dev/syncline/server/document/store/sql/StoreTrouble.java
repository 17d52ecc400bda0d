package dev.syncline.server.document.store.sql;

import dev.syncline.core.model.SyncException;
import java.sql.SQLException;

/** Says what an operator has to do when the database fails, by its SQLSTATE. */
final class StoreTrouble {

  private StoreTrouble() {}

  /** A failure to store something: it may work again later, whatever it was. */
  static SyncException.Unavailable storing(SQLException failure) {
    SQLException cause = innermost(failure);
    return new SyncException.Unavailable(
        "the database can't store changes (" + cause.getMessage() + "): " + advice(cause), failure);
  }

  /** A failure to read a document or about documents. */
  static SyncException reading(SQLException failure) {
    SQLException cause = innermost(failure);
    String text = "the database can't show documents (" + cause.getMessage() + "): ";
    return isDamage(cause)
        ? new SyncException.Corrupt(text + advice(cause), failure)
        : new SyncException.Unavailable(text + advice(cause), failure);
  }

  private static String advice(SQLException cause) {
    String state = state(cause);
    if (isDamage(cause)) {
      return "its files are damaged, keep a copy of them and restore a backup";
    }
    return switch (state.length() < 2 ? "" : state.substring(0, 2)) {
      case "53" ->
          state.equals("53100")
              ? "free some space on its disk"
              : "give it more memory or connections";
      case "25" -> "it is read-only, connect to the server that takes writes";
      case "28" -> "check database.user and database.password";
      case "42" ->
          state.equals("42501")
              ? "let the database's user write to Syncline's tables"
              : "restore the tables that somebody changed";
      default -> "start it, or check database.url and the network";
    };
  }

  private static boolean isDamage(SQLException cause) {
    return state(cause).equals("XX001") || state(cause).equals("XX002");
  }

  /** A pool that gave up says so, with what its last attempt met as the cause. */
  private static SQLException innermost(SQLException failure) {
    SQLException innermost = failure;
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql) {
        innermost = sql;
      }
    }
    return innermost;
  }

  private static String state(SQLException failure) {
    return failure.getSQLState() == null ? "" : failure.getSQLState();
  }
}
