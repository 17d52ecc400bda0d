package dev.syncline.server.document;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/** Keeps tasks and runs them one at a time, in the order in which they were posted. Thread-safe. */
final class Mailbox implements Runnable {

  /** After so many tasks the thread is given back, so that one busy document starves no other. */
  private static final int TURN = 256;

  private final Executor executor;
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();

  /** Tasks that were posted and have not ended: whoever raises it from zero starts the run. */
  private final AtomicInteger open = new AtomicInteger();

  Mailbox(Executor executor) {
    this.executor = executor;
  }

  /** True if nobody runs the tasks: who posted this one has to see to it. */
  boolean post(Runnable task) {
    tasks.add(task);
    return open.getAndIncrement() == 0;
  }

  /** Whether the task that asks is the only one. */
  boolean isLast() {
    return open.get() == 1;
  }

  /** To be called once for each {@link #post} that was answered with true. */
  @Override
  public void run() {
    for (int i = 0; i < TURN; i++) {
      runOne(tasks.remove());
      if (open.decrementAndGet() == 0) {
        return;
      }
    }
    executor.execute(this);
  }

  /** Whatever a task throws is reported, and never ends the run: nobody would start it again. */
  private static void runOne(Runnable task) {
    try {
      task.run();
    } catch (Throwable bug) {
      Thread thread = Thread.currentThread();
      try {
        thread.getUncaughtExceptionHandler().uncaughtException(thread, bug);
      } catch (Throwable ignored) {
        // As the runtime does with what such a handler throws.
      }
    }
  }
}
