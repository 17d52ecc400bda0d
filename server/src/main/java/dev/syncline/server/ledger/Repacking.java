package dev.syncline.server.ledger;

import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.jgit.internal.storage.file.Pack;
import org.eclipse.jgit.internal.storage.file.PackIndex;
import org.eclipse.jgit.internal.storage.pack.PackWriter;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectIdSubclassMap;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.revwalk.RevObject;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.pack.PackConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Merges small packs into larger ones in the background, so that there are never many. A pack is
 * merged only with packs that are together at least half as large, so each object is written anew a
 * few times in its life however long the history grows. Every object of the old packs is in the new
 * one, whether a ref leads to it or not: nothing that somebody put and is about to record can
 * vanish.
 *
 * <p>Thread-safe. Neither readers nor recordings wait for it.
 */
final class Repacking {

  private static final Logger LOG = LoggerFactory.getLogger(Repacking.class);

  /** Larger contents are not compared with each other to find what is the same in them. */
  private static final int LARGE = 8 << 20;

  private static final long SEARCH_MEMORY = 32L << 20;

  private final Stored stored;
  private final int most;
  private final Path packs;

  /** Guarded by this. */
  private Optional<Thread> running = Optional.empty();

  private boolean isClosed;

  Repacking(Stored stored, int most) {
    this.stored = stored;
    this.most = most;
    this.packs = stored.objects().getPackDirectory().toPath();
  }

  /** Starts it if there are too many packs and it isn't under way. */
  synchronized void startIfNeeded() {
    if (!isClosed && running.isEmpty() && stored.objects().getPacks().size() > most) {
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
  }

  private void run() {
    try {
      merge();
    } catch (IOException | RuntimeException e) {
      // Nobody waits for it: all packs are as they were, and the next recording tries again.
      LOG.warn("small packs of the ledger {} can't be merged now", stored.path(), e);
    } finally {
      synchronized (this) {
        running = Optional.empty();
      }
    }
  }

  /** Merges those packs whose turn it is, if any. */
  void merge() throws IOException {
    List<Pack> small = small();
    if (small.size() < 2) {
      return;
    }
    write(small);
    for (Pack pack : small) {
      // The pack before its index: JGit then knows that it is gone, and looks for the new one.
      Path file = pack.getPackFile().toPath();
      Files.deleteIfExists(file);
      Files.deleteIfExists(index(file));
    }
    Durable.names(packs);
  }

  /** From the smallest on, until one is larger than twice all before it. */
  private List<Pack> small() throws IOException {
    record Sized(Pack pack, long bytes) {}
    var sorted = new ArrayList<Sized>();
    for (Pack pack : stored.objects().getPacks()) {
      try {
        if (!pack.shouldBeKept()) {
          sorted.add(new Sized(pack, Files.size(pack.getPackFile().toPath())));
        }
      } catch (NoSuchFileException _) {
        // Merged before; JGit has not looked since.
      }
    }
    sorted.sort(Comparator.comparingLong(Sized::bytes));
    var small = new ArrayList<Pack>();
    long sum = 0;
    for (Sized next : sorted) {
      if (small.size() >= 2 && next.bytes() > 2 * sum) {
        break;
      }
      small.add(next.pack());
      sum += next.bytes();
    }
    return small;
  }

  private void write(List<Pack> small) throws IOException {
    Path temporary = packs.resolve(RepositoryFiles.TEMPORARY + "pack_" + UUID.randomUUID());
    Path temporaryIndex = temporary.resolveSibling(temporary.getFileName() + ".idx");
    try (ObjectReader reader = stored.repository().newObjectReader();
        var writer = new PackWriter(config(), reader)) {
      writer.setDeltaBaseAsOffset(true);
      writer.preparePack(objects(small, reader));
      try (var file = new FileOutputStream(temporary.toFile());
          OutputStream out = new BufferedOutputStream(file)) {
        writer.writePack(NullProgressMonitor.INSTANCE, NullProgressMonitor.INSTANCE, out);
        out.flush();
        file.getFD().sync();
      }
      try (var file = new FileOutputStream(temporaryIndex.toFile());
          OutputStream out = new BufferedOutputStream(file)) {
        writer.writeIndex(out);
        out.flush();
        file.getFD().sync();
      }
      Path pack = packs.resolve("pack-" + hash(temporary) + ".pack");
      Durable.rename(temporary, pack);
      Durable.rename(temporaryIndex, index(pack));
      Durable.names(packs);
      stored.objects().openPack(pack.toFile());
    } finally {
      Files.deleteIfExists(temporary);
      Files.deleteIfExists(temporaryIndex);
    }
  }

  private PackConfig config() {
    var config = new PackConfig(stored.repository());
    // JGit takes whole objects of a pack for such that no delta was found for: never reuse that.
    config.setReuseDeltas(false);
    config.setThreads(1);
    config.setIndexVersion(2);
    config.setBuildBitmaps(false);
    config.setBigFileThreshold(LARGE);
    config.setDeltaSearchMemoryLimit(SEARCH_MEMORY);
    config.setDeltaCacheSize(SEARCH_MEMORY);
    return config;
  }

  private static Iterator<RevObject> objects(List<Pack> small, ObjectReader reader)
      throws IOException {
    var objects = new ObjectIdSubclassMap<RevObject>();
    try (var walk = new RevWalk(reader)) {
      for (Pack pack : small) {
        for (PackIndex.MutableEntry entry : pack) {
          ObjectId id = entry.toObjectId();
          if (!objects.contains(id)) {
            objects.add(walk.lookupAny(id, reader.open(id).getType()));
          }
        }
      }
    }
    return objects.iterator();
  }

  private static String hash(Path pack) throws IOException {
    try (var file = new RandomAccessFile(pack.toFile(), "r")) {
      byte[] hash = new byte[Constants.OBJECT_ID_LENGTH];
      file.seek(file.length() - hash.length);
      file.readFully(hash);
      return HexFormat.of().formatHex(hash);
    }
  }

  private static Path index(Path pack) {
    return pack.resolveSibling(pack.getFileName().toString().replace(".pack", ".idx"));
  }
}
