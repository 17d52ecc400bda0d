package dev.syncline.server.state;

import dev.syncline.core.model.AccessScope;
import dev.syncline.core.model.DocumentId;
import dev.syncline.core.model.Grant;
import dev.syncline.core.model.IssuedToken;
import dev.syncline.core.model.SealedToken;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Statements on the tokens' table; the same in every database. */
final class TokenTable {

  private static final String SELECT =
      "SELECT id, secret_sha256, name, scope, documents, created, expires, last_used"
          + " FROM access_token";

  private TokenTable() {}

  /** Answers whether it was put in; it is not if there is one of its id already. */
  static boolean insert(Connection connection, SealedToken sealed) throws SQLException {
    IssuedToken token = sealed.token();
    Grant grant = token.grant();
    try (var insert =
        connection.prepareStatement(
            "INSERT INTO access_token"
                + " (id, secret_sha256, name, scope, documents, created, expires, last_used)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING")) {
      insert.setString(1, token.id());
      insert.setString(2, sealed.secretHash());
      insert.setString(3, grant.name());
      insert.setString(4, grant.scope().text());
      insert.setString(5, documents(grant.documents()));
      insert.setLong(6, token.created().toEpochMilli());
      setMoment(insert, 7, grant.expires());
      setMoment(insert, 8, token.lastUsed());
      return insert.executeUpdate() > 0;
    }
  }

  static Optional<SealedToken> find(Connection connection, String id) throws SQLException {
    try (var query = connection.prepareStatement(SELECT + " WHERE id = ?")) {
      query.setString(1, id);
      return rows(query).stream().findFirst();
    }
  }

  /** Oldest first. */
  static List<SealedToken> all(Connection connection) throws SQLException {
    try (var query = connection.prepareStatement(SELECT + " ORDER BY created, id")) {
      return rows(query);
    }
  }

  static boolean delete(Connection connection, String id) throws SQLException {
    try (var delete = connection.prepareStatement("DELETE FROM access_token WHERE id = ?")) {
      delete.setString(1, id);
      return delete.executeUpdate() > 0;
    }
  }

  static int noteUse(Connection connection, String id, Instant now) throws SQLException {
    try (var update =
        connection.prepareStatement("UPDATE access_token SET last_used = ? WHERE id = ?")) {
      update.setLong(1, now.toEpochMilli());
      update.setString(2, id);
      return update.executeUpdate();
    }
  }

  private static List<SealedToken> rows(PreparedStatement query) throws SQLException {
    var rows = new ArrayList<SealedToken>();
    try (ResultSet row = query.executeQuery()) {
      while (row.next()) {
        var grant =
            new Grant(
                row.getString("name"),
                AccessScope.parse(row.getString("scope")),
                documents(row.getString("documents")),
                moment(row, "expires"));
        Instant created = Instant.ofEpochMilli(row.getLong("created"));
        var token = new IssuedToken(row.getString("id"), grant, created, moment(row, "last_used"));
        rows.add(new SealedToken(token, row.getString("secret_sha256")));
      }
    }
    return rows;
  }

  private static String documents(Set<DocumentId> documents) {
    return documents.stream().sorted().map(DocumentId::hex).collect(Collectors.joining(" "));
  }

  private static Set<DocumentId> documents(String text) {
    return text.isEmpty()
        ? Set.of()
        : Arrays.stream(text.split(" ", -1))
            .map(hex -> DocumentId.of(HexFormat.of().parseHex(hex)))
            .collect(Collectors.toSet());
  }

  private static void setMoment(PreparedStatement statement, int index, Optional<Instant> moment)
      throws SQLException {
    if (moment.isPresent()) {
      statement.setLong(index, moment.get().toEpochMilli());
    } else {
      statement.setNull(index, Types.BIGINT);
    }
  }

  private static Optional<Instant> moment(ResultSet row, String column) throws SQLException {
    long millis = row.getLong(column);
    return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
  }
}
