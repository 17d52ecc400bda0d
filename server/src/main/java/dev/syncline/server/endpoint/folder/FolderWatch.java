package dev.syncline.server.endpoint.folder;

import dev.syncline.core.port.Hints;
import dev.syncline.server.endpoint.folder.WatchSource.News;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Says when something in a folder may have changed: first everything, once all is watched, and then
 * what the system tells. Whatever changes after a hint was given is in a later one.
 *
 * <p>Has a thread of its own, which calls the listener.
 */
public final class FolderWatch implements AutoCloseable {

  /** A folder that is never quiet is told of all the same. */
  private static final Duration LONGEST = Duration.ofMillis(500);

  private static final Duration LOOK_AFTER_ROOT = Duration.ofSeconds(5);

  /** Makes a source, again whenever the root is there again. */
  interface Sources {
    WatchSource open() throws IOException;
  }

  private final FolderSettings settings;
  private final Sources sources;
  private final Consumer<Hints> listener;
  private final LongSupplier nanos;
  private final Duration lookAfterRoot;
  private final QuietPeriod changes;
  private final Thread thread;

  private volatile boolean closed;
  private volatile Optional<String> problem = Optional.empty();
  private Optional<WatchedTree> tree = Optional.empty();

  FolderWatch(
      FolderSettings settings,
      Sources sources,
      Consumer<Hints> listener,
      LongSupplier nanos,
      Duration lookAfterRoot) {
    this.settings = settings;
    this.sources = sources;
    this.listener = listener;
    this.nanos = nanos;
    this.lookAfterRoot = lookAfterRoot;
    Duration quiet = settings.quiet();
    this.changes = new QuietPeriod(quiet, quiet.compareTo(LONGEST) > 0 ? quiet : LONGEST);
    this.thread =
        Thread.ofPlatform().daemon().name("folder-watch-" + settings.link()).unstarted(this::run);
  }

  /**
   * Starts to watch. The folder need not be there: it is watched as soon as it is.
   *
   * @param listener must return soon and not throw
   */
  public static FolderWatch start(FolderSettings settings, Consumer<Hints> listener) {
    var watch =
        new FolderWatch(
            settings,
            () -> new SystemWatchSource(settings.root()),
            listener,
            System::nanoTime,
            LOOK_AFTER_ROOT);
    watch.start();
    return watch;
  }

  void start() {
    thread.start();
  }

  /**
   * Why changes may be found late, in a sentence that says what to do; empty while all is watched.
   */
  public Optional<String> problem() {
    return problem;
  }

  /** Ends it; the listener isn't called once this has returned, unless by that call itself. */
  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    try {
      if (!Thread.currentThread().equals(thread)) {
        thread.join();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      long lookAt = nanos.getAsLong();
      while (!closed) {
        long now = nanos.getAsLong();
        if (now - lookAt >= 0) {
          lookAfterRoot();
          lookAt = now + lookAfterRoot.toNanos();
        }
        long wait = Math.min(lookAt - now, changes.dueIn(now).orElse(lookAfterRoot.toNanos()));
        listen(Duration.ofNanos(Math.max(wait, 0)));
        changes.take(nanos.getAsLong()).ifPresent(listener);
      }
    } catch (InterruptedException _) {
      // Closed.
    } catch (RuntimeException e) {
      problem = Optional.of("the folder is no longer watched (" + e + "): report this");
      throw e;
    } finally {
      tree.ifPresent(WatchedTree::close);
    }
  }

  /** A root that went away is watched again once it is back, or is another. */
  private void lookAfterRoot() {
    if (tree.isPresent() && tree.get().isStillTheRoot()) {
      return;
    }
    if (tree.isPresent()) {
      tree.get().close();
      tree = Optional.empty();
      changes.addEverywhere(nanos.getAsLong()); // whoever looks finds that it is gone
    }
    try {
      tree = Optional.of(WatchedTree.open(settings, sources.open()));
      problem = tree.get().problem();
    } catch (IOException e) {
      problem =
          Optional.of(
              settings.root() + " can't be watched (" + e.getMessage() + "): it is tried again");
      return;
    }
    changes.addEverywhere(nanos.getAsLong());
  }

  private void listen(Duration atMost) throws InterruptedException {
    if (tree.isEmpty()) {
      Thread.sleep(atMost);
      return;
    }
    WatchedTree watched = tree.get();
    List<News> all = watched.source().await(atMost);
    long now = nanos.getAsLong();
    var missed = new HashSet<String>();
    for (News news : all) {
      switch (news) {
        case News.Came(String where) -> {
          watched.watch(where);
          hint(watched, where, now);
        }
        case News.Changed(String where) -> hint(watched, where, now);
        case News.Went(String where) -> {
          watched.forget(where);
          hint(watched, where, now);
        }
        case News.Missed(String where) -> missed.add(where);
        case News.Ended(String where) -> {
          if (where.isEmpty()) {
            watched.close();
            tree = Optional.empty();
            changes.addEverywhere(now);
            return;
          }
          hint(watched, where, now);
        }
      }
    }
    if (!missed.isEmpty()) {
      catchUp(watched, new ArrayList<>(missed), now);
    }
    problem = watched.problem();
  }

  /** Looks for folders that came while nobody told. */
  private void catchUp(WatchedTree watched, List<String> missed, long now) {
    if (missed.size() == 1 && !missed.getFirst().isEmpty()) {
      watched.watch(missed.getFirst());
      hint(watched, missed.getFirst(), now);
    } else {
      watched.watch("");
      changes.addEverywhere(now);
    }
  }

  private void hint(WatchedTree watched, String where, long now) {
    if (where.isEmpty()) {
      changes.addEverywhere(now);
    } else {
      watched.hint(where).ifPresent(path -> changes.add(path, now));
    }
  }
}
