package dev.syncline.server.ledger;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.internal.storage.file.Pack;
import org.eclipse.jgit.internal.storage.file.PackIndex;
import org.eclipse.jgit.lib.ObjectId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Merges small packs into larger ones in the background, so that there are never many. What
 * recordings wrote is compressed once, against what was written with it; packs that are compressed
 * are copied together when they are together at least half as large as the next. So each object is
 * written anew a few times in its life, however long the history grows.
 *
 * <p>Nothing is ever left out, whether a ref leads to it or not: what somebody put and is about to
 * record can't vanish. Neither readers nor recordings wait. Thread-safe.
 */
final class Repacking {

  private static final Logger LOG = LoggerFactory.getLogger(Repacking.class);

  /** More objects than these are never merged at once: they all have to be in memory. */
  private static final long MANY = 200_000;

  /** The first three bits of an object in a pack that is stored as what differs from another. */
  private static final Set<Integer> DELTA_TYPES = Set.of(6, 7);

  private static final int SAMPLES = 500;

  private final Stored stored;
  private final int most;
  private final PackMerge merge;
  private final LooseContents loose;

  /** Packs that are compressed; only for the thread that merges. */
  private Set<String> compressed = new HashSet<>();

  /** Indexes of packs that are gone; only for the thread that merges, and at the end. */
  private final List<Path> ended = new ArrayList<>();

  /** How many packs a merge left. Guarded by this, like all below. */
  private int left;

  private Optional<Thread> running = Optional.empty();
  private boolean isClosed;

  Repacking(Stored stored, int most) {
    this.stored = stored;
    this.most = most;
    this.merge = new PackMerge(stored);
    this.loose = new LooseContents(stored);
  }

  /** Starts it if there are too many packs and it isn't under way. */
  synchronized void startIfNeeded() {
    if (!isClosed && running.isEmpty() && stored.packs() > left + most) {
      // Not a virtual thread: this one computes for long, and would hold a carrier.
      running = Optional.of(Thread.ofPlatform().name("ledger-repack").daemon().start(this::run));
    }
  }

  /** Waits for what is under way. */
  void close() {
    Optional<Thread> last;
    synchronized (this) {
      isClosed = true;
      last = running;
    }
    boolean interrupted = false;
    while (last.isPresent() && last.get().isAlive()) {
      try {
        last.get().join();
      } catch (InterruptedException _) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    try {
      deleteIndexes();
    } catch (IOException e) {
      throw GitFailure.writing(stored.path(), e);
    }
  }

  private void run() {
    try {
      merge();
    } catch (IOException | RuntimeException e) {
      // Nobody waits for it: all packs are as they were, and a later recording tries again.
      LOG.atWarn()
          .setCause(e)
          .addKeyValue("ledger", stored.path())
          .log("small packs can't be merged now");
    } finally {
      synchronized (this) {
        running = Optional.empty();
        left = stored.packs();
      }
    }
  }

  /** Merges those packs whose turn it is, if any. */
  void merge() throws IOException {
    deleteIndexes();
    List<Sized> packs = packs();
    compressed.retainAll(packs.stream().map(Sized::name).toList());
    var fresh = firstOf(packs.stream().filter(pack -> !pack.isCompressed).toList());
    var done = new ArrayList<>(packs.stream().filter(Sized::isCompressed).toList());
    Collection<ObjectId> single = loose.smallerThan(PackMerge.LARGE);
    if (fresh.size() > 1 || !single.isEmpty()) {
      done.add(replace(fresh, single, PackMerge.Deltas.SEARCH));
      done.sort(Comparator.comparingLong(Sized::bytes));
    }
    List<Sized> small = growing(done);
    if (small.size() > 1) {
      replace(small, List.of(), PackMerge.Deltas.COPY);
    }
  }

  private record Sized(Pack pack, long bytes, long objects, boolean isCompressed) {
    String name() {
      return pack.getPackName();
    }
  }

  private Sized replace(List<Sized> old, Collection<ObjectId> single, PackMerge.Deltas deltas)
      throws IOException {
    List<Pack> ending = old.stream().map(Sized::pack).toList();
    Pack pack = merge.write(ending, single, deltas);
    compressed.add(pack.getPackName());
    for (Sized gone : old) {
      if (!gone.name().equals(pack.getPackName())) {
        Path file = gone.pack().getPackFile().toPath();
        Files.deleteIfExists(file);
        ended.add(PackMerge.index(file));
      }
    }
    loose.delete(single);
    stored.forget(ending);
    Durable.names(stored.objects().getPackDirectory().toPath());
    return new Sized(pack, pack.getPackFile().length(), pack.getIndex().getObjectCount(), true);
  }

  /**
   * Of packs that were merged earlier. A reader that is under way may still hold such a pack: that
   * its file is gone is nothing to JGit, it looks again; that its index is gone it takes for
   * damage.
   */
  private void deleteIndexes() throws IOException {
    for (Path index : ended) {
      Files.deleteIfExists(index);
    }
    ended.clear();
  }

  /** All packs, the smallest first. */
  private List<Sized> packs() throws IOException {
    var packs = new ArrayList<Sized>();
    for (Pack pack : stored.lookForPacks()) {
      try {
        if (!pack.shouldBeKept()) {
          long bytes = Files.size(pack.getPackFile().toPath());
          packs.add(new Sized(pack, bytes, pack.getIndex().getObjectCount(), isCompressed(pack)));
        }
      } catch (NoSuchFileException _) {
        // Merged before; JGit has not looked since.
      }
    }
    packs.sort(Comparator.comparingLong(Sized::bytes));
    return packs;
  }

  /** As many as can be merged at once. */
  private static List<Sized> firstOf(List<Sized> packs) {
    var some = new ArrayList<Sized>();
    long objects = 0;
    for (Sized pack : packs) {
      objects += pack.objects();
      if (objects > MANY) {
        break;
      }
      some.add(pack);
    }
    return some;
  }

  /** From the smallest on, until one is larger than twice all before it. */
  private static List<Sized> growing(List<Sized> packs) {
    var small = new ArrayList<Sized>();
    long sum = 0;
    for (Sized next : packs) {
      if (!small.isEmpty() && next.bytes() > 2 * sum) {
        break;
      }
      small.add(next);
      sum += next.bytes();
    }
    return firstOf(small);
  }

  /** Whether it was merged already; after a start that is seen by what is in it. */
  private boolean isCompressed(Pack pack) throws IOException {
    if (compressed.contains(pack.getPackName())) {
      return true;
    }
    int samples = 0;
    try (var file = new RandomAccessFile(pack.getPackFile(), "r")) {
      for (PackIndex.MutableEntry entry : pack) {
        file.seek(entry.getOffset());
        if (DELTA_TYPES.contains((file.read() >> 4) & 7)) {
          compressed.add(pack.getPackName());
          return true;
        }
        if (++samples == SAMPLES) {
          break;
        }
      }
    }
    return false;
  }
}
