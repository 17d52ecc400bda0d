package dev.syncline.server.endpoint.folder;

import dev.syncline.core.model.FilePath;
import dev.syncline.core.port.Hints;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Gathers changes until nothing has happened for a while, but no longer than bearable. Time is
 * nanoseconds of any clock that only goes forward.
 *
 * <p>Confined to one thread.
 */
final class QuietPeriod {

  /** More paths than this are looked for everywhere: that is faster. */
  private static final int MOST_PATHS = 10_000;

  private final long quiet;
  private final long longest;

  private final Set<FilePath> paths = new HashSet<>();
  private boolean everywhere;
  private long first;
  private long last;

  QuietPeriod(Duration quiet, Duration longest) {
    this.quiet = quiet.toNanos();
    this.longest = longest.toNanos();
  }

  /** A path may have changed. */
  void add(FilePath path, long now) {
    note(now);
    if (!everywhere) {
      paths.add(path);
      if (paths.size() > MOST_PATHS) {
        addEverywhere(now);
      }
    }
  }

  /** Anything may have changed. */
  void addEverywhere(long now) {
    note(now);
    everywhere = true;
    paths.clear();
  }

  /** In how many nanoseconds something is to be told; empty if there is nothing to tell. */
  Optional<Long> dueIn(long now) {
    if (isEmpty()) {
      return Optional.empty();
    }
    long due = Math.min(last + quiet - now, first + longest - now);
    return Optional.of(Math.max(0, due));
  }

  /** What is to be told now, once. */
  Optional<Hints> take(long now) {
    if (dueIn(now).filter(nanos -> nanos == 0).isEmpty()) {
      return Optional.empty();
    }
    Hints hints = everywhere ? new Hints.Everywhere() : new Hints.At(paths);
    everywhere = false;
    paths.clear();
    return Optional.of(hints);
  }

  private boolean isEmpty() {
    return !everywhere && paths.isEmpty();
  }

  private void note(long now) {
    first = isEmpty() ? now : first;
    last = now;
  }
}
