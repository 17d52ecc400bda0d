package dev.syncline.server.state;

import dev.syncline.core.model.LinkName;
import dev.syncline.core.model.SyncException;
import dev.syncline.core.model.WorkspaceName;
import dev.syncline.core.port.Notices;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * Notices of all links in the database. Those that come together are made durable together, so that
 * one commit serves many senders.
 *
 * <p>Thread-safe.
 */
public final class SqlNotices implements AutoCloseable {

  /** So many senders may wait; more are told to come again. */
  private static final int MOST_WAITING = 10_000;

  private static final int MOST_AT_ONCE = 1_000;

  private final Database database;
  private final BlockingQueue<Task> tasks = new ArrayBlockingQueue<>(MOST_WAITING);
  private final Thread writer;

  /** Set before what waits is refused for the last time, so that whoever comes later sees it. */
  private volatile boolean isClosed;

  /** A statement for one row, and who waits for it. */
  private record Task(Owner owner, Row row, CompletableFuture<Boolean> done) {}

  private record Owner(WorkspaceName workspace, LinkName link) {}

  private sealed interface Row {
    record Keep(Notices.Notice notice) implements Row {}

    record Forget(Notices.Notice notice) implements Row {}
  }

  public SqlNotices(Database database) {
    this.database = database;
    this.writer = Thread.ofPlatform().daemon().name("notices").start(this::write);
  }

  /** Those of one link. */
  public Notices of(WorkspaceName workspace, LinkName link) {
    return new OfLink(new Owner(workspace, link));
  }

  private final class OfLink implements Notices {

    private final Owner owner;

    OfLink(Owner owner) {
      this.owner = owner;
    }

    @Override
    public void keep(Notice notice) {
      var task = new Task(owner, new Row.Keep(notice), new CompletableFuture<>());
      if (!tasks.offer(task)) {
        throw new SyncException.Unavailable("too many messages at once: send it again");
      }
      if (isClosed) {
        refuseWaiting();
      }
      try {
        task.done().get();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new SyncException.Unavailable("interrupted while a message was written down", e);
      } catch (ExecutionException e) {
        throw new SyncException.Unavailable("a message can't be written down now", e);
      }
    }

    @Override
    public void forget(Collection<Notice> notices) {
      for (Notice notice : notices) {
        // One that finds no place is only looked at once more after the next start.
        boolean _ = tasks.offer(new Task(owner, new Row.Forget(notice), new CompletableFuture<>()));
      }
    }

    @Override
    public List<Notice> all() {
      return database.read(connection -> {
        try (var query =
            connection.prepareStatement(
                "SELECT topic, who, number FROM notice WHERE workspace = ? AND link = ?"
                    + " ORDER BY number")) {
          query.setString(1, owner.workspace().value());
          query.setString(2, owner.link().value());
          var all = new ArrayList<Notice>();
          try (ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
              all.add(
                  new Notice(
                      rows.getString("topic"), rows.getString("who"), rows.getLong("number")));
            }
          }
          return all;
        }
      });
    }
  }

  private void write() {
    var batch = new ArrayList<Task>();
    try {
      while (true) {
        batch.add(tasks.take());
        tasks.drainTo(batch, MOST_AT_ONCE - 1);
        write(batch);
        batch.clear();
      }
    } catch (InterruptedException e) {
      // Closed.
    } finally {
      isClosed = true;
      refuse(batch);
      refuseWaiting();
    }
  }

  private void refuseWaiting() {
    var waiting = new ArrayList<Task>();
    tasks.drainTo(waiting);
    refuse(waiting);
  }

  private static void refuse(List<Task> refused) {
    var closed = new SyncException.Unavailable("the server is being stopped");
    refused.forEach(task -> task.done().completeExceptionally(closed));
  }

  private void write(List<Task> batch) {
    try {
      database.write(connection -> {
        write(connection, batch);
        return batch.size();
      });
      batch.forEach(task -> task.done().complete(true));
    } catch (RuntimeException e) {
      batch.forEach(task -> task.done().completeExceptionally(e));
    }
  }

  private static void write(Connection connection, List<Task> batch) throws SQLException {
    try (var keep =
            connection.prepareStatement(
                "INSERT INTO notice (workspace, link, topic, who, number) VALUES (?, ?, ?, ?, ?)"
                    + " ON CONFLICT (workspace, link, topic, who)"
                    + " DO UPDATE SET number = excluded.number"
                    + " WHERE excluded.number > notice.number");
        var forget =
            connection.prepareStatement(
                "DELETE FROM notice WHERE workspace = ? AND link = ? AND topic = ? AND who = ?"
                    + " AND number <= ?")) {
      for (Task task : batch) {
        switch (task.row()) {
          case Row.Keep(Notices.Notice notice) -> run(keep, task.owner(), notice);
          case Row.Forget(Notices.Notice notice) -> run(forget, task.owner(), notice);
        }
      }
    }
  }

  private static void run(PreparedStatement statement, Owner owner, Notices.Notice notice)
      throws SQLException {
    statement.setString(1, owner.workspace().value());
    statement.setString(2, owner.link().value());
    statement.setString(3, notice.topic());
    statement.setString(4, notice.by());
    statement.setLong(5, notice.number());
    statement.executeUpdate();
  }

  /** What waits is refused; what is being written is written. */
  @Override
  public void close() {
    writer.interrupt();
    boolean interrupted = false;
    while (writer.isAlive()) {
      try {
        writer.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
