package dev.syncline.server.document.store.sql;

import dev.syncline.core.model.DocumentId;
import dev.syncline.core.model.SyncException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Appends that wait for their transaction, in the order of their calls. Thread-safe; one thread
 * takes.
 */
final class AppendQueue {

  private final long capacity;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Condition hasRoom = lock.newCondition();
  private final Condition ended = lock.newCondition();

  // Guarded by the lock.
  private final Deque<PendingAppend> waiting = new ArrayDeque<>();
  private List<PendingAppend> underWay = List.of();
  private long bytes;
  private boolean closed;

  /**
   * @param capacity {@link #add} blocks while so many bytes wait
   */
  AppendQueue(long capacity) {
    this.capacity = capacity;
  }

  /** Waits while the queue is full; false if it is closed. */
  boolean add(PendingAppend append) {
    lock.lock();
    try {
      while (bytes >= capacity && !closed) {
        hasRoom.awaitUninterruptibly();
      }
      if (closed) {
        return false;
      }
      waiting.add(append);
      bytes += append.bytes();
      changed.signal();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Takes what one transaction can hold, waiting for the first of it.
   *
   * @param most bytes; a single append may have more
   * @return empty if nothing came in that time, or if it is closed and empty
   */
  List<PendingAppend> take(long most, Duration patience) {
    lock.lock();
    try {
      long left = patience.toNanos();
      while (waiting.isEmpty() && !closed && left > 0) {
        left = changed.awaitNanos(left);
      }
      return takeNow(most);
    } catch (InterruptedException e) {
      // An interrupt means nothing to the committer: it ends when the queue does.
      return takeNow(most);
    } finally {
      lock.unlock();
    }
  }

  private List<PendingAppend> takeNow(long most) {
    var taken = new ArrayList<PendingAppend>();
    long sum = 0;
    for (PendingAppend next = waiting.peek(); next != null; next = waiting.peek()) {
      sum += next.bytes();
      if (sum > most && !taken.isEmpty()) {
        break;
      }
      taken.add(waiting.remove());
      bytes -= next.bytes();
    }
    hasRoom.signalAll();
    underWay = taken;
    return taken;
  }

  /** What was taken last has heard how it ended. */
  void told() {
    lock.lock();
    try {
      underWay = List.of();
      ended.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits until no append of the document is on its way, so that what comes next comes after. */
  void awaitNone(DocumentId document) {
    lock.lock();
    try {
      while (holds(underWay, document) || holds(waiting, document)) {
        ended.awaitUninterruptibly();
      }
    } finally {
      lock.unlock();
    }
  }

  private static boolean holds(Collection<PendingAppend> appends, DocumentId document) {
    return appends.stream().anyMatch(append -> append.document().equals(document));
  }

  /**
   * Tells the group that it failed, and so everything that waits behind it for the same documents.
   * All of it under the lock, so that each append of these documents either came before and fails
   * too, or comes after and its caller can know.
   */
  void fail(List<PendingAppend> group, SyncException cause) {
    lock.lock();
    try {
      Set<DocumentId> documents = new HashSet<>();
      var failed = new ArrayList<>(group);
      group.forEach(append -> documents.add(append.document()));
      for (PendingAppend behind : waiting) {
        if (documents.contains(behind.document())) {
          failed.add(behind);
          bytes -= behind.bytes();
        }
      }
      waiting.removeIf(behind -> documents.contains(behind.document()));
      hasRoom.signalAll();
      failed.forEach(append -> append.failed(cause));
    } finally {
      lock.unlock();
    }
  }

  /** Takes no more, and lets go of whoever waits. What is in it can still be taken. */
  void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
      hasRoom.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Whether nothing will ever come out of it again. */
  boolean isDone() {
    lock.lock();
    try {
      return closed && waiting.isEmpty();
    } finally {
      lock.unlock();
    }
  }
}
