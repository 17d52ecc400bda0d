package dev.syncline.server.document.store.sql;

import dev.syncline.core.model.DocumentId;
import dev.syncline.core.model.SyncException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Reads chunks in order of position, so that memory is bounded whatever their number and sizes:
 * rows come by the page, and a long chunk comes alone. Needs a connection in a transaction.
 */
final class ChunkCursor {

  private static final int PAGE = 128;
  private static final int LONG = 64 << 10;

  private static final String SELECT =
      "SELECT position, checksum, CASE WHEN octet_length(chunk) <= "
          + LONG
          + " THEN chunk END FROM document_chunk WHERE document = ?";

  private final Connection connection;
  private final DocumentId document;

  ChunkCursor(Connection connection, DocumentId document) {
    this.connection = connection;
    this.document = document;
  }

  /** Sees a row, and whether its chunk is what was written. */
  interface RowVisitor {
    void row(long position, byte[] chunk, boolean sound);
  }

  void all(RowVisitor visitor) throws SQLException {
    try (var query = connection.prepareStatement(SELECT + " ORDER BY position")) {
      query.setObject(1, ChunkTable.uuid(document));
      show(query, visitor);
    }
  }

  void at(long[] positions, RowVisitor visitor) throws SQLException {
    try (var query =
        connection.prepareStatement(SELECT + " AND position = ANY(?) ORDER BY position")) {
      query.setObject(1, ChunkTable.uuid(document));
      query.setArray(2, ChunkTable.bigints(connection, positions));
      show(query, visitor);
    }
  }

  private void show(PreparedStatement query, RowVisitor visitor) throws SQLException {
    query.setFetchSize(PAGE);
    try (ResultSet row = query.executeQuery()) {
      while (row.next()) {
        long position = row.getLong(1);
        int checksum = row.getInt(2);
        byte[] chunk = row.getBytes(3);
        if (row.wasNull()) {
          chunk = alone(position);
        }
        visitor.row(position, chunk, Checksum.of(document, chunk) == checksum);
      }
    }
  }

  private byte[] alone(long position) throws SQLException {
    try (var query =
        connection.prepareStatement(
            "SELECT chunk FROM document_chunk WHERE document = ? AND position = ?")) {
      query.setObject(1, ChunkTable.uuid(document));
      query.setLong(2, position);
      try (ResultSet row = query.executeQuery()) {
        if (!row.next()) {
          throw new SyncException.Unavailable(
              "document " + document + " was deleted while it was read",
              new SQLException("no row"));
        }
        return row.getBytes(1);
      }
    }
  }
}
