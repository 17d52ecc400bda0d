package dev.syncline.server.document;

import dev.syncline.core.model.DocumentId;
import dev.syncline.core.model.SyncException;
import dev.syncline.core.port.ChunkStore;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The documents that somebody has open or that are still in memory. Thread-safe. */
final class Rooms {

  private final ConcurrentHashMap<DocumentId, Room> rooms = new ConcurrentHashMap<>();
  private final DocumentServer server;
  private final ChunkStore store;
  private final InstantSource clock;
  private final Executor executor;
  private final Semaphore callersAtWork;
  private final AtomicLong lastNews = new AtomicLong();

  /**
   * @param callersAtWork how many callers at once may do a room's work themselves
   */
  Rooms(
      DocumentServer server,
      ChunkStore store,
      InstantSource clock,
      Executor executor,
      int callersAtWork) {
    this.callersAtWork = new Semaphore(callersAtWork);
    this.server = server;
    this.store = store;
    this.clock = clock;
    this.executor = executor;
  }

  /** Lets a room do something in its mailbox; opens it if need be. */
  void tell(DocumentId document, Consumer<Room> task) {
    post(document, task).ifPresent(executor::execute);
  }

  /**
   * As {@link #tell}, but does it on the caller's thread if no other caller is at it: that is
   * faster than to wake a thread, and so no more than one caller is ever held up.
   */
  void tellNow(DocumentId document, Consumer<Room> task) {
    post(document, task)
        .ifPresent(mailbox -> {
          if (callersAtWork.tryAcquire()) {
            try {
              mailbox.run();
            } finally {
              callersAtWork.release();
            }
          } else {
            executor.execute(mailbox);
          }
        });
  }

  /** Answers the room's mailbox if nobody runs it. */
  private Optional<Mailbox> post(DocumentId document, Consumer<Room> task) {
    var idle = new AtomicReference<@Nullable Mailbox>();
    // Posting within compute: a room is only ever removed while nothing is posted to it.
    rooms.compute(
        document,
        (id, open) -> {
          Room room =
              open != null
                  ? open
                  : new Room(server, store, clock, id, new Mailbox(executor), this::dropIfUnused);
          if (room.mailbox().post(() -> room.run(task))) {
            idle.set(room.mailbox());
          }
          return room;
        });
    return Optional.ofNullable(idle.get());
  }

  /**
   * Waits for a room's answer to a question.
   *
   * @throws SyncException as the question did
   */
  <T> T ask(DocumentId document, Function<Room, T> question) {
    var answer = new CompletableFuture<T>();
    tell(
        document,
        room -> {
          try {
            answer.complete(question.apply(room));
          } catch (SyncException.Invalid e) {
            // Only who asked is to blame.
            answer.completeExceptionally(e);
          } catch (RuntimeException e) {
            answer.completeExceptionally(e);
            throw e;
          }
        });
    return await(answer);
  }

  /** Waits for an answer, and throws what it failed with as it was. */
  static <T> T await(CompletableFuture<T> answer) {
    try {
      return answer.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof SyncException failure ? failure : e;
    }
  }

  /** As {@link #tell}, but nothing happens if the room isn't open. */
  void tellIfOpen(DocumentId document, Consumer<Room> task) {
    rooms.computeIfPresent(
        document,
        (id, room) -> {
          if (room.mailbox().post(() -> room.run(task))) {
            executor.execute(room.mailbox());
          }
          return room;
        });
  }

  /** Unix time for news: always later than for the news before, or clients ignore it as old. */
  long newsMillis() {
    return lastNews.updateAndGet(last -> Math.max(last + 1, clock.millis()));
  }

  int count() {
    return rooms.size();
  }

  /** Bytes of the histories in memory. */
  long memory() {
    return rooms.values().stream().mapToLong(Room::memory).sum();
  }

  /**
   * Lets go of documents that were idle for long enough, and of the longest idle while all together
   * take more than the cache may.
   */
  void sweep() {
    long now = clock.millis();
    long idleSince = now - server.limits().idleAfter().toMillis();
    var loaded = new ArrayList<Room>();
    long total = 0;
    for (Room room : rooms.values()) {
      if (room.memory() > 0) {
        room.clockShows(now);
        loaded.add(room);
        total += room.memory();
      }
    }
    // Taken once: the times move on while they are compared.
    record Idle(Room room, long since, long memory) {}
    var longestIdleFirst =
        loaded.stream()
            .map(room -> new Idle(room, room.lastUsed(), room.memory()))
            .sorted(Comparator.comparingLong(Idle::since))
            .toList();
    for (Idle idle : longestIdleFirst) {
      if (idle.since() > idleSince && total <= server.limits().cache()) {
        return;
      }
      total -= idle.memory();
      tellIfOpen(idle.room().document(), Room::forget);
    }
  }

  /** Called in the room's mailbox after each task. */
  private void dropIfUnused(DocumentId document) {
    rooms.computeIfPresent(
        document, (id, room) -> room.isUnused() && room.mailbox().isLast() ? null : room);
  }
}
