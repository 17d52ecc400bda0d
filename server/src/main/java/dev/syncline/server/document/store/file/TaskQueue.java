package dev.syncline.server.document.store.file;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets many callers wait for one committer, with no more than so many bytes and the one task that
 * goes over it. Thread-safe.
 */
final class TaskQueue {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition filled = lock.newCondition();
  private final Condition emptied = lock.newCondition();
  private final Deque<Ticket> tickets = new ArrayDeque<>();
  private final long mostBytes;
  private long bytes;
  private long next;
  private boolean closed;

  TaskQueue(long mostBytes) {
    this.mostBytes = mostBytes;
  }

  /**
   * @param number grows with each call
   */
  record Ticket(long number, Task task) {}

  /** Waits while the queue is full; false if it is closed. */
  boolean put(Task task) {
    long size = task.bytes();
    lock.lock();
    try {
      // Not until this one fits: then small ones could pass a long one for ever.
      while (!closed && bytes >= mostBytes) {
        emptied.awaitUninterruptibly();
      }
      if (closed) {
        return false;
      }
      tickets.add(new Ticket(next++, task));
      bytes += size;
      filled.signal();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Waits until something is queued, the queue is closed, or a time is over. */
  void await(long nanos) {
    lock.lock();
    try {
      long left = nanos;
      while (tickets.isEmpty() && !closed && left > 0) {
        try {
          left = filled.awaitNanos(left);
        } catch (InterruptedException _) {
          // Nobody interrupts the committer: it ends when the queue is closed.
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /** Everything that is queued. */
  List<Ticket> take() {
    lock.lock();
    try {
      return takeAll();
    } finally {
      lock.unlock();
    }
  }

  /** Everything that is queued and behind it one more task; nothing if the queue is closed. */
  List<Ticket> takeWith(Task task) {
    lock.lock();
    try {
      if (closed) {
        return List.of();
      }
      List<Ticket> taken = takeAll();
      taken.add(new Ticket(next++, task));
      return taken;
    } finally {
      lock.unlock();
    }
  }

  private List<Ticket> takeAll() {
    var taken = new ArrayList<>(tickets);
    tickets.clear();
    bytes = 0;
    emptied.signalAll();
    return taken;
  }

  /**
   * Tells somebody something while nothing can be put; answers a number that is greater than those
   * of all that were put before it was told, and not greater than those of all that are put later.
   */
  long tell(Runnable news) {
    lock.lock();
    try {
      news.run();
      return next;
    } finally {
      lock.unlock();
    }
  }

  /** Nothing more is taken in; what is in it can be taken out. */
  void close() {
    lock.lock();
    try {
      closed = true;
      filled.signalAll();
      emptied.signalAll();
    } finally {
      lock.unlock();
    }
  }

  boolean isClosed() {
    lock.lock();
    try {
      return closed && tickets.isEmpty();
    } finally {
      lock.unlock();
    }
  }
}
