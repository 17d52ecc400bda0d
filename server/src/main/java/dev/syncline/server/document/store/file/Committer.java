package dev.syncline.server.document.store.file;

import dev.syncline.core.model.DocumentId;
import dev.syncline.core.model.SyncException;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Makes everything that waits durable with one write and one fsync, then tells who waited. While it
 * does so the next tasks gather: no delay is needed to group them. Works on a thread of its own, or
 * on the caller's when the log is at rest: to wake a thread may take longer than an fsync. Whoever
 * has the turn has all of this to itself.
 */
final class Committer implements Runnable {

  /** After so long without a commit the log is at rest. */
  private static final long REST_NANOS = 1_000_000;

  private final FileStoreSettings settings;
  private final TaskQueue queue;
  private final LogWriter log;
  private final Tails tails;
  private final DocumentFiles files;
  private final Checkpointer checkpointer;
  private final Counters counters;
  private final Trouble trouble = new Trouble("write the log");
  private final Map<DocumentId, Bar> bars = new HashMap<>();
  private final ReentrantLock turn = new ReentrantLock();
  private volatile long lastCommit = System.nanoTime();

  /** How long its own thread waits for tasks before it looks after the log. */
  private Duration patience;

  /** What is being committed: somebody waits to be told of it. */
  private List<TaskQueue.Ticket> taken = List.of();

  Committer(
      FileStoreSettings settings,
      TaskQueue queue,
      LogWriter log,
      Tails tails,
      DocumentFiles files,
      Checkpointer checkpointer,
      Counters counters) {
    this.settings = settings;
    this.patience = settings.idle();
    this.queue = queue;
    this.log = log;
    this.tails = tails;
    this.files = files;
    this.checkpointer = checkpointer;
    this.counters = counters;
  }

  /** Tasks of a document with a lower number were called before a failure of it was told. */
  private record Bar(long number, SyncException cause) {}

  Trouble trouble() {
    return trouble;
  }

  @Override
  public void run() {
    try {
      while (!queue.isClosed()) {
        queue.await(patience.toNanos());
        inTurn(this::serve);
      }
      checkpointer.awaitProgress();
      inTurn(this::checkpoint);
    } catch (RuntimeException | Error bug) {
      inTurn(() -> stop(bug));
    } finally {
      checkpointer.close();
    }
  }

  private void inTurn(Runnable work) {
    turn.lock();
    try {
      work.run();
    } finally {
      turn.unlock();
    }
  }

  private void serve() {
    List<TaskQueue.Ticket> tickets = queue.take();
    if (tickets.isEmpty()) {
      quiet();
    } else {
      commitAndMakeRoom(tickets);
    }
    patience = log.isReady() ? settings.idle() : settings.retry();
  }

  /** Does a task at once if the log is at rest; false if it isn't, and the task has to queue. */
  boolean commitNow(Task task) {
    // An interrupt would close the log's file in the middle of a commit.
    if (System.nanoTime() - lastCommit < REST_NANOS
        || Thread.currentThread().isInterrupted()
        || turn.isHeldByCurrentThread()
        || !turn.tryLock()) {
      return false;
    }
    try {
      if (!log.isReady() || tails.bytes() >= settings.tailBytes()) {
        return false;
      }
      List<TaskQueue.Ticket> tickets = queue.takeWith(task);
      if (tickets.isEmpty()) {
        return false;
      }
      commitAndMakeRoom(tickets);
    } catch (RuntimeException | Error bug) {
      stop(bug);
    } finally {
      turn.unlock();
    }
    return true;
  }

  /** What memory says may differ from the log now, and only a new start reads the log again. */
  private void stop(Throwable bug) {
    var cause =
        new SyncException.Unavailable(
            "the store has stopped (" + bug + "): restart the server, and report this", bug);
    trouble.is(cause);
    queue.close();
    taken.forEach(ticket -> ticket.task().failed(cause));
    queue.take().forEach(ticket -> ticket.task().failed(cause));
  }

  private void quiet() {
    if (!log.isReady()) {
      begin();
    } else if (!tails.isEmpty() && System.nanoTime() - lastCommit >= settings.idle().toNanos()) {
      checkpoint();
    }
  }

  private void commitAndMakeRoom(List<TaskQueue.Ticket> tickets) {
    taken = tickets;
    commit(tickets);
    taken = List.of();
    lastCommit = System.nanoTime();
    if (tails.bytes() >= settings.tailBytes() || log.length() >= settings.segmentBytes()) {
      checkpoint();
    }
  }

  private void commit(List<TaskQueue.Ticket> tickets) {
    Optional<SyncException> obstacle = begin().or(this::waitForRoom);
    var batch = new Batch(tails, files, (log.number() << 32) + log.length());
    for (TaskQueue.Ticket ticket : tickets) {
      obstacle
          .or(() -> barring(ticket))
          .or(() -> draft(batch, ticket))
          .ifPresent(cause -> fail(ticket, cause));
    }
    Optional<SyncException> failure = write(batch);
    if (failure.isPresent()) {
      batch.tickets().forEach(ticket -> fail(ticket, failure.get()));
    } else {
      batch.publish(counters);
    }
    // All with lower numbers are through: nobody is barred any more by these.
    long through = tickets.getLast().number() + 1;
    bars.values().removeIf(bar -> bar.number() <= through);
  }

  private Optional<SyncException> write(Batch batch) {
    if (batch.entries().isEmpty()) {
      return Optional.empty();
    }
    try {
      log.write(batch.entries());
      return Optional.empty();
    } catch (IOException | RuntimeException | Error e) {
      SyncException cause = DiskTrouble.writing(settings.directory(), e);
      trouble.is(cause);
      return Optional.of(cause);
    }
  }

  /** Begins a segment if none is open; answers what is in the way. */
  private Optional<SyncException> begin() {
    if (log.isReady()) {
      return Optional.empty();
    }
    try {
      log.begin();
      trouble.isOver();
      return Optional.empty();
    } catch (IOException | RuntimeException | Error e) {
      SyncException cause = DiskTrouble.writing(settings.directory(), e);
      trouble.is(cause);
      return Optional.of(cause);
    }
  }

  /** Memory is bounded: while files can't keep up with the log, the log waits, or refuses. */
  private Optional<SyncException> waitForRoom() {
    while (tails.bytes() >= settings.mostTailBytes()) {
      if (checkpointer.isFree()) {
        checkpoint();
        if (!log.isReady()) {
          return trouble.now();
        }
      }
      checkpointer.awaitProgress();
      if (checkpointer.trouble().now().isPresent() && !checkpointer.isFree()) {
        return checkpointer.trouble().now();
      }
    }
    return Optional.empty();
  }

  private Optional<SyncException> barring(TaskQueue.Ticket ticket) {
    return Optional.ofNullable(bars.get(ticket.task().document()))
        .filter(bar -> ticket.number() < bar.number())
        .map(Bar::cause);
  }

  private Optional<SyncException> draft(Batch batch, TaskQueue.Ticket ticket) {
    try {
      batch.add(ticket);
      return Optional.empty();
    } catch (IOException | RuntimeException | Error e) {
      return Optional.of(DiskTrouble.reading(files.path(ticket.task().document()), e));
    }
  }

  private void fail(TaskQueue.Ticket ticket, SyncException cause) {
    long after = queue.tell(() -> ticket.task().failed(cause));
    bars.put(ticket.task().document(), new Bar(after, cause));
  }

  /** Begins a new segment, so that all before it can be dropped, and hands over what they hold. */
  private void checkpoint() {
    if (!log.isReady() || (!log.hasEntries() && tails.isEmpty())) {
      return;
    }
    boolean free = checkpointer.isFree();
    if (!free && log.length() < settings.segmentBytes()) {
      return;
    }
    try {
      log.begin();
    } catch (IOException | RuntimeException | Error e) {
      trouble.is(DiskTrouble.writing(settings.directory(), e));
      return;
    }
    if (free) {
      checkpointer.start(new Checkpointer.Job(tails.beginCheckpoint(), log.number() - 1));
    }
  }

  void close() throws IOException {
    log.close();
  }
}
