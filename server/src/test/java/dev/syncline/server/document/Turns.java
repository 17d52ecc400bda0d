package dev.syncline.server.document;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.NullMarked;

/** Runs nothing by itself: a test decides whose turn it is, and so what happens is repeatable. */
@NullMarked
class Turns extends AbstractExecutorService {

  private final List<Runnable> waiting = new ArrayList<>();

  @Override
  public void execute(Runnable task) {
    waiting.add(task);
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  /** Gives the turn to one of those that wait. */
  void give(int to) {
    waiting.remove(Math.floorMod(to, waiting.size())).run();
  }

  void giveAll() {
    while (!waiting.isEmpty()) {
      give(0);
    }
  }

  @Override
  public void shutdown() {
    giveAll();
  }

  @Override
  public List<Runnable> shutdownNow() {
    return List.of();
  }

  @Override
  public boolean isShutdown() {
    return true;
  }

  @Override
  public boolean isTerminated() {
    return true;
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) {
    return true;
  }
}
