package dev.syncline.server.state;

import dev.syncline.core.model.CommitId;
import dev.syncline.core.model.LinkName;
import dev.syncline.core.model.RunId;
import dev.syncline.core.model.WorkspaceName;
import dev.syncline.core.plan.Outcome;
import dev.syncline.core.plan.Run;
import dev.syncline.core.port.Journal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A workspace's journal in the database. Runs that did nothing and found nothing are not kept. */
public final class SqlJournal implements Journal {

  private static final int KEPT = 10_000;

  private final Database database;
  private final WorkspaceName workspace;
  private final InstantSource clock;

  public SqlJournal(Database database, WorkspaceName workspace, InstantSource clock) {
    this.database = database;
    this.workspace = workspace;
    this.clock = clock;
  }

  @Override
  public void add(Run run) {
    boolean nothing =
        run.outcome() instanceof Outcome.Equal
            && run.work().toLedger() + run.work().toEndpoint() == 0;
    if (nothing) {
      return;
    }
    database.write(connection -> {
      insert(connection, run);
      return forgetOldest(connection);
    });
  }

  @Override
  public boolean isApproved(String fingerprint) {
    return database.read(connection -> {
      try (var query =
          connection.prepareStatement(
              "SELECT 1 FROM approval WHERE workspace = ? AND fingerprint = ?")) {
        query.setString(1, workspace.value());
        query.setString(2, fingerprint);
        try (ResultSet rows = query.executeQuery()) {
          return rows.next();
        }
      }
    });
  }

  @Override
  public void approve(LinkName link, String fingerprint) {
    database.write(connection -> {
      try (var insert =
          connection.prepareStatement(
              "INSERT INTO approval (workspace, link, fingerprint, approved)"
                  + " VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING")) {
        insert.setString(1, workspace.value());
        insert.setString(2, link.value());
        insert.setString(3, fingerprint);
        insert.setLong(4, clock.instant().toEpochMilli());
        return insert.executeUpdate();
      }
    });
  }

  @Override
  public Optional<Run> find(RunId run) {
    return database.read(connection -> {
      try (var query =
          connection.prepareStatement("SELECT * FROM run WHERE workspace = ? AND id = ?")) {
        query.setString(1, workspace.value());
        query.setString(2, run.value());
        try (ResultSet rows = query.executeQuery()) {
          return runs(rows).stream().findFirst();
        }
      }
    });
  }

  @Override
  public List<Run> newest(int limit) {
    return database.read(connection -> {
      try (var query =
          connection.prepareStatement(
              "SELECT * FROM run WHERE workspace = ? ORDER BY started DESC, id DESC LIMIT ?")) {
        query.setString(1, workspace.value());
        query.setInt(2, limit);
        try (ResultSet rows = query.executeQuery()) {
          return runs(rows);
        }
      }
    });
  }

  private void insert(Connection connection, Run run) throws SQLException {
    try (var insert =
        connection.prepareStatement(
            "INSERT INTO run (workspace, id, link, started, millis, outcome, reason, fingerprint,"
                + " to_ledger, to_endpoint, version, waiting, details)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING")) {
      Written outcome = Written.of(run.outcome());
      insert.setString(1, workspace.value());
      insert.setString(2, run.id().value());
      insert.setString(3, run.link().value());
      insert.setLong(4, run.started().toEpochMilli());
      insert.setLong(5, run.took().toMillis());
      insert.setString(6, outcome.word());
      insert.setString(7, outcome.reason());
      insert.setString(8, outcome.fingerprint());
      insert.setLong(9, run.work().toLedger());
      insert.setLong(10, run.work().toEndpoint());
      insert.setString(11, run.work().version().map(CommitId::hex).orElse(""));
      insert.setLong(12, run.work().waiting());
      insert.setString(13, RunDetails.of(run.work()).text());
      insert.executeUpdate();
    }
  }

  private int forgetOldest(Connection connection) throws SQLException {
    try (var delete =
        connection.prepareStatement(
            "DELETE FROM run WHERE workspace = ? AND started <= (SELECT started FROM run"
                + " WHERE workspace = ? ORDER BY started DESC LIMIT 1 OFFSET ?)")) {
      delete.setString(1, workspace.value());
      delete.setString(2, workspace.value());
      delete.setInt(3, KEPT);
      return delete.executeUpdate();
    }
  }

  private static List<Run> runs(ResultSet rows) throws SQLException {
    var runs = new ArrayList<Run>();
    while (rows.next()) {
      RunDetails details = RunDetails.parse(rows.getString("details"));
      String version = rows.getString("version");
      var work =
          new Run.Work(
              rows.getInt("to_ledger"),
              rows.getInt("to_endpoint"),
              version.isEmpty() ? Optional.empty() : Optional.of(new CommitId(version)),
              rows.getInt("waiting"),
              details.overruled(),
              details.problems(),
              details.reply());
      var outcome =
          new Written(
              rows.getString("outcome"), rows.getString("reason"), rows.getString("fingerprint"));
      runs.add(
          new Run(
              new RunId(rows.getString("id")),
              new LinkName(rows.getString("link")),
              Instant.ofEpochMilli(rows.getLong("started")),
              Duration.ofMillis(rows.getLong("millis")),
              outcome.outcome(),
              work));
    }
    return runs;
  }

  /** An outcome as the table holds it. */
  private record Written(String word, String reason, String fingerprint) {

    static Written of(Outcome outcome) {
      return switch (outcome) {
        case Outcome.Equal() -> new Written("equal", "", "");
        case Outcome.Again(String reason) -> new Written("again", reason, "");
        case Outcome.Held(String reason, String fingerprint) ->
            new Written("held", reason, fingerprint);
        case Outcome.Unavailable(String reason, Optional<Instant> notBefore) ->
            new Written("unavailable", reason, "");
        case Outcome.Denied(String reason) -> new Written("denied", reason, "");
        case Outcome.Invalid(String reason) -> new Written("invalid", reason, "");
        case Outcome.Halted(String reason) -> new Written("halted", reason, "");
      };
    }

    Outcome outcome() {
      return switch (word) {
        case "equal" -> new Outcome.Equal();
        case "again" -> new Outcome.Again(reason);
        case "held" -> new Outcome.Held(reason, fingerprint);
        case "denied" -> new Outcome.Denied(reason);
        case "invalid" -> new Outcome.Invalid(reason);
        case "halted" -> new Outcome.Halted(reason);
        default -> new Outcome.Unavailable(reason, Optional.empty());
      };
    }
  }
}
