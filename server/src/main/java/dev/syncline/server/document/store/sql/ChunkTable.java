package dev.syncline.server.document.store.sql;

import dev.syncline.core.model.DocumentId;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Statements that write and count; reading chunks is {@link ChunkCursor}'s. */
final class ChunkTable {

  private static final String INSERT =
      """
      INSERT INTO document_chunk (document, position, checksum, chunk)
      SELECT document, nextval('document_chunk_position'), checksum, chunk
      FROM unnest(?, ?, ?) WITH ORDINALITY AS added (document, checksum, chunk, place)
      ORDER BY place
      RETURNING position\
      """;

  /** Leaps from one document to the next instead of reading the rows of all chunks. */
  private static final String LIST =
      """
      WITH RECURSIVE found AS (
        (SELECT document FROM document_chunk
         WHERE ?::uuid IS NULL OR document > ? ORDER BY document LIMIT 1)
        UNION ALL
        SELECT (SELECT c.document FROM document_chunk c
                WHERE c.document > found.document ORDER BY c.document LIMIT 1)
        FROM found WHERE found.document IS NOT NULL
      )
      SELECT document FROM found WHERE document IS NOT NULL LIMIT ?\
      """;

  private static final String SET_ASIDE =
      """
      WITH damaged AS (
        DELETE FROM document_chunk WHERE document = ? AND position = ANY(?)
        RETURNING document, position, checksum, chunk
      )
      INSERT INTO document_chunk_damaged (document, position, checksum, chunk)
      SELECT document, position, checksum, chunk FROM damaged\
      """;

  private ChunkTable() {}

  /** A chunk to be written. */
  record Row(DocumentId document, byte[] chunk) {}

  /**
   * Writes rows with one statement.
   *
   * @return their positions, in order
   */
  static long[] insert(Connection connection, List<Row> rows) throws SQLException {
    var documents = new UUID[rows.size()];
    var checksums = new Integer[rows.size()];
    var chunks = new byte[rows.size()][];
    for (int i = 0; i < documents.length; i++) {
      Row row = rows.get(i);
      documents[i] = uuid(row.document());
      checksums[i] = Checksum.of(row.document(), row.chunk());
      chunks[i] = row.chunk();
    }
    try (var insert = connection.prepareStatement(INSERT)) {
      insert.setArray(1, connection.createArrayOf("uuid", documents));
      insert.setArray(2, connection.createArrayOf("int4", checksums));
      insert.setArray(3, connection.createArrayOf("bytea", chunks));
      var positions = new long[documents.length];
      try (ResultSet row = insert.executeQuery()) {
        for (int i = 0; row.next(); i++) {
          positions[i] = row.getLong(1);
        }
      }
      return positions;
    }
  }

  /** Answers how many rows there were. */
  static int delete(Connection connection, DocumentId document) throws SQLException {
    int deleted = 0;
    for (String table : List.of("document_chunk", "document_chunk_damaged")) {
      try (var delete =
          connection.prepareStatement("DELETE FROM " + table + " WHERE document = ?")) {
        delete.setObject(1, uuid(document));
        deleted += delete.executeUpdate();
      }
    }
    return deleted;
  }

  /** Writes something and takes it back: whoever commits it knows that commits work. */
  static void touch(Connection connection) throws SQLException {
    var anyone = new DocumentId(0, 0);
    long[] position = insert(connection, List.of(new Row(anyone, new byte[1])));
    try (var delete =
        connection.prepareStatement(
            "DELETE FROM document_chunk WHERE document = ? AND position = ANY(?)")) {
      delete.setObject(1, uuid(anyone));
      delete.setArray(2, bigints(connection, position));
      delete.executeUpdate();
    }
  }

  static List<DocumentId> list(Connection connection, Optional<DocumentId> after, int limit)
      throws SQLException {
    try (var query = connection.prepareStatement(LIST)) {
      query.setObject(1, after.map(ChunkTable::uuid).orElse(null), Types.OTHER);
      query.setObject(2, after.map(ChunkTable::uuid).orElse(null), Types.OTHER);
      query.setInt(3, limit);
      var found = new ArrayList<DocumentId>();
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          found.add(document(row.getObject(1, UUID.class)));
        }
      }
      return found;
    }
  }

  static void setAside(Connection connection, DocumentId document, List<Long> positions)
      throws SQLException {
    try (var move = connection.prepareStatement(SET_ASIDE)) {
      move.setObject(1, uuid(document));
      move.setArray(2, connection.createArrayOf("int8", positions.toArray()));
      move.executeUpdate();
    }
  }

  /** Bytes that the chunks take, indexes included. */
  static long size(Connection connection) throws SQLException {
    try (PreparedStatement query =
            connection.prepareStatement(
                "SELECT pg_total_relation_size('document_chunk'::regclass)"
                    + " + pg_total_relation_size('document_chunk_damaged'::regclass)");
        ResultSet row = query.executeQuery()) {
      return row.next() ? row.getLong(1) : 0;
    }
  }

  static Array bigints(Connection connection, long[] values) throws SQLException {
    return connection.createArrayOf("int8", Arrays.stream(values).boxed().toArray());
  }

  static UUID uuid(DocumentId document) {
    return new UUID(document.high(), document.low());
  }

  private static DocumentId document(UUID uuid) {
    return new DocumentId(uuid.getMostSignificantBits(), uuid.getLeastSignificantBits());
  }
}
