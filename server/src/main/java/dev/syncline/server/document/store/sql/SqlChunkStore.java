package dev.syncline.server.document.store.sql;

import dev.syncline.core.model.DocumentId;
import dev.syncline.core.model.SyncException;
import dev.syncline.core.port.ChunkStore;
import dev.syncline.server.measure.Histogram;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;

/**
 * Chunks in PostgreSQL, in the tables that the server's migrations made. Group commit on a thread
 * of its own; reading on the caller's.
 *
 * <p>If the connection breaks while a commit is under way, its appends are told that they failed,
 * though the database may have kept them: the next {@link #scan} shows what it has.
 *
 * <p>Thread-safe as {@link ChunkStore} says.
 */
public final class SqlChunkStore implements ChunkStore {

  private final DataSource source;
  private final AppendQueue queue;
  private final Semaphore readers;
  private final Committer committer;
  private final Thread thread;
  private final Histogram appends = new Histogram();
  private final Histogram syncs = new Histogram();
  private final AtomicLong damaged = new AtomicLong();

  /**
   * @param source a pool with more connections than the settings' readers, whose commits are
   *     durable; the caller closes it, after this store
   */
  public SqlChunkStore(DataSource source, SqlStoreSettings settings) {
    this.source = source;
    this.queue = new AppendQueue(settings.queueBytes());
    // Whoever reads waits here, and never takes the last connection from the committer.
    this.readers = new Semaphore(settings.readers(), true);
    this.committer = new Committer(source, queue, settings, appends, syncs);
    this.thread = Thread.ofPlatform().daemon().name("chunk-committer").start(committer);
  }

  @Override
  public void scan(DocumentId document, ChunkVisitor visitor) {
    int unsound =
        inTransaction(connection -> {
          var found = new ArrayList<Long>();
          new ChunkCursor(connection, document)
              .all((position, chunk, sound) -> {
                if (sound) {
                  visitor.chunk(position, chunk);
                } else {
                  found.add(position);
                }
              });
          if (!found.isEmpty()) {
            ChunkTable.setAside(connection, document, found);
          }
          return found.size();
        });
    damaged.addAndGet(unsound);
  }

  @Override
  public void read(DocumentId document, long[] positions, ChunkVisitor visitor) {
    inTransaction(connection -> {
      var expected = new ExpectedPositions(document, positions);
      new ChunkCursor(connection, document)
          .at(
              positions,
              (position, chunk, sound) -> {
                expected.found(position, sound);
                visitor.chunk(position, chunk);
              });
      return expected.end();
    });
  }

  @Override
  public void append(DocumentId document, List<byte[]> chunks, Append append) {
    var pending = new PendingAppend(document, chunks, append, System.nanoTime());
    if (!queue.add(pending)) {
      pending.failed(new SyncException.Unavailable("changes can't be stored: the store is closed"));
    }
  }

  @Override
  public void delete(DocumentId document) {
    // An append that was called before must not land behind, and bring a part of it back.
    queue.awaitNone(document);
    inTransaction(connection -> ChunkTable.delete(connection, document));
  }

  @Override
  public List<DocumentId> list(Optional<DocumentId> after, int limit) {
    if (limit < 1 || limit > 10_000) {
      throw new SyncException.Invalid("a list has 1 to 10,000 documents, not " + limit);
    }
    return inTransaction(connection -> ChunkTable.list(connection, after, limit));
  }

  @Override
  public Status status() {
    return new Status(
        committer.problem(), damaged.get(), committer.commits(), committer.storedBytes());
  }

  /** From the call of an append until it is durable. */
  public Histogram appends() {
    return appends;
  }

  /** The database's commit alone. */
  public Histogram syncs() {
    return syncs;
  }

  @Override
  public void close() {
    queue.close();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        // What was accepted has to become durable first.
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @FunctionalInterface
  private interface Work<T> {
    T run(Connection connection) throws SQLException;
  }

  private <T> T inTransaction(Work<T> work) {
    readers.acquireUninterruptibly();
    try (Connection connection = source.getConnection()) {
      connection.setAutoCommit(false);
      T result = work.run(connection);
      connection.commit();
      return result;
    } catch (SQLException e) {
      throw StoreTrouble.reading(e);
    } finally {
      readers.release();
    }
  }
}
