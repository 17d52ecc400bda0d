package dev.syncline.server.document.store.sql;

import dev.syncline.core.model.SyncException;
import dev.syncline.server.measure.Histogram;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Makes appends durable: one transaction for all that came while the one before was under way. So
 * the database's fsync is paid once for many, and the order of appends is that of the queue.
 * Confined to its thread, but for what it has counted.
 */
final class Committer implements Runnable {

  private final DataSource source;
  private final AppendQueue queue;
  private final SqlStoreSettings settings;
  private final Histogram appends;
  private final Histogram syncs;
  private final AtomicLong commits = new AtomicLong();
  private final AtomicLong storedBytes = new AtomicLong();
  private volatile @Nullable String problem;

  Committer(
      DataSource source,
      AppendQueue queue,
      SqlStoreSettings settings,
      Histogram appends,
      Histogram syncs) {
    this.source = source;
    this.queue = queue;
    this.settings = settings;
    this.appends = appends;
    this.syncs = syncs;
  }

  Optional<String> problem() {
    return Optional.ofNullable(problem);
  }

  long commits() {
    return commits.get();
  }

  long storedBytes() {
    return storedBytes.get();
  }

  @Override
  public void run() {
    probe();
    while (!queue.isDone()) {
      List<PendingAppend> group = queue.take(settings.groupBytes(), settings.probe());
      if (!group.isEmpty()) {
        commit(group);
        queue.told();
      } else if (!queue.isDone()) {
        probe();
      }
    }
  }

  private void commit(List<PendingAppend> group) {
    long[] positions;
    try {
      positions = insert(group);
    } catch (SQLException e) {
      fail(group, StoreTrouble.storing(e));
      return;
    } catch (SyncException e) {
      fail(group, e);
      return;
    } catch (RuntimeException | OutOfMemoryError e) {
      // This thread must not end: nobody would be told any more.
      fail(group, new SyncException.Unavailable("changes can't be stored: " + e, e));
      return;
    }
    problem = null;
    commits.incrementAndGet();
    tell(group, positions);
  }

  private void fail(List<PendingAppend> group, SyncException cause) {
    problem = cause.getMessage();
    queue.fail(group, cause);
  }

  private void tell(List<PendingAppend> group, long[] positions) {
    int from = 0;
    for (PendingAppend one : group) {
      int to = from + one.chunks().size();
      storedBytes.addAndGet(one.bytes());
      appends.record(System.nanoTime() - one.called());
      one.durable(Arrays.copyOfRange(positions, from, to));
      from = to;
    }
  }

  private long[] insert(List<PendingAppend> group) throws SQLException {
    try (Connection connection = source.getConnection()) {
      connection.setAutoCommit(false);
      int chunks = group.stream().mapToInt(one -> one.chunks().size()).sum();
      var positions = new long[chunks];
      int written = 0;
      for (List<ChunkTable.Row> rows : statements(group)) {
        long[] some = ChunkTable.insert(connection, rows);
        System.arraycopy(some, 0, positions, written, some.length);
        written += some.length;
      }
      long begin = System.nanoTime();
      connection.commit();
      syncs.record(System.nanoTime() - begin);
      return positions;
    }
  }

  /** Cut so that no statement needs much more memory than a transaction should take. */
  private List<List<ChunkTable.Row>> statements(List<PendingAppend> group) {
    var statements = new ArrayList<List<ChunkTable.Row>>();
    var rows = new ArrayList<ChunkTable.Row>();
    long bytes = 0;
    for (PendingAppend one : group) {
      for (byte[] chunk : one.chunks()) {
        bytes += chunk.length;
        if (bytes > settings.groupBytes() && !rows.isEmpty()) {
          statements.add(rows);
          rows = new ArrayList<>();
          bytes = chunk.length;
        }
        rows.add(new ChunkTable.Row(one.document(), chunk));
      }
    }
    statements.add(rows);
    return statements;
  }

  /** Keeps the status true while nobody appends: readiness depends on it. */
  private void probe() {
    try (Connection connection = source.getConnection()) {
      connection.setAutoCommit(false);
      if (problem != null) {
        // Only a commit that wrote something shows that a full disk has room again.
        ChunkTable.touch(connection);
      }
      storedBytes.set(ChunkTable.size(connection));
      connection.commit();
      problem = null;
    } catch (SQLException e) {
      problem = StoreTrouble.storing(e).getMessage();
    } catch (RuntimeException | OutOfMemoryError e) {
      problem = "changes can't be stored: " + e;
    }
  }
}
