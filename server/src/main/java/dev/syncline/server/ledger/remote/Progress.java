package dev.syncline.server.ledger.remote;

import org.eclipse.jgit.lib.EmptyProgressMonitor;

/** Tells a listener what JGit tells, and JGit to stop when our thread is told to. */
final class Progress extends EmptyProgressMonitor {

  private final FetchProgress listener;
  private String step = "";
  private int done;
  private int all;

  Progress(FetchProgress listener) {
    this.listener = listener;
  }

  @Override
  public void beginTask(String title, int total) {
    step = title;
    done = 0;
    all = total;
    listener.at(step, done, all);
  }

  @Override
  public void update(int completed) {
    done += completed;
    listener.at(step, done, all);
  }

  @Override
  public boolean isCancelled() {
    return Thread.currentThread().isInterrupted();
  }
}
