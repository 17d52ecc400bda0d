package dev.syncline.server.ledger;

import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
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

/** Writes objects of several packs into one, durably. For one thread at a time. */
final class PackMerge {

  /** Larger contents are not compared with others to find what is the same in them. */
  static final int LARGE = 8 << 20;

  /** Versions of the same path are next to each other, so few have to be looked at. */
  private static final int WINDOW = 4;

  private static final long SEARCH_MEMORY = 16L << 20;

  private final Stored stored;
  private final Path packs;

  /** What is done to objects that are stored as a whole. */
  enum Deltas {
    /** Each is compared with similar ones, and stored as what differs if that is shorter. */
    SEARCH,
    /** All are copied as they are. */
    COPY
  }

  PackMerge(Stored stored) {
    this.stored = stored;
    this.packs = stored.objects().getPackDirectory().toPath();
  }

  /**
   * Writes them. Every object is in the new pack, whether a ref leads to it or not.
   *
   * @param loose objects that are in no pack
   * @return the new pack, which readers know already
   */
  Pack write(List<Pack> from, Collection<ObjectId> loose, Deltas deltas) throws IOException {
    Path temporary = packs.resolve(RepositoryFiles.TEMPORARY + "pack_" + UUID.randomUUID());
    Path temporaryIndex = temporary.resolveSibling(temporary.getFileName() + ".idx");
    try (ObjectReader reader = stored.repository().newObjectReader();
        var writer = new PackWriter(config(deltas), reader)) {
      writer.setDeltaBaseAsOffset(true);
      writer.setReuseDeltaCommits(deltas == Deltas.COPY);
      writer.preparePack(objects(from, loose, reader, deltas).iterator());
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
      return stored.install(pack);
    } finally {
      Files.deleteIfExists(temporary);
      Files.deleteIfExists(temporaryIndex);
    }
  }

  /** The index of a pack. */
  static Path index(Path pack) {
    return pack.resolveSibling(pack.getFileName().toString().replace(".pack", ".idx"));
  }

  private PackConfig config(Deltas deltas) {
    var config = new PackConfig(stored.repository());
    // JGit takes whole objects of a pack for such that no delta was found for: not if we search.
    config.setReuseDeltas(deltas == Deltas.COPY);
    config.setDeltaCompress(deltas == Deltas.SEARCH);
    config.setDeltaSearchWindowSize(WINDOW);
    config.setThreads(1);
    config.setIndexVersion(2);
    config.setBuildBitmaps(false);
    config.setBigFileThreshold(LARGE);
    config.setDeltaSearchMemoryLimit(SEARCH_MEMORY);
    config.setDeltaCacheSize(SEARCH_MEMORY);
    return config;
  }

  private static List<RevObject> objects(
      List<Pack> from, Collection<ObjectId> loose, ObjectReader reader, Deltas deltas)
      throws IOException {
    var seen = new ObjectIdSubclassMap<RevObject>();
    var objects = new ArrayList<RevObject>();
    try (var walk = new RevWalk(reader)) {
      for (Pack pack : from) {
        for (PackIndex.MutableEntry entry : pack) {
          add(entry.toObjectId(), walk, seen, objects);
        }
      }
      for (ObjectId id : loose) {
        add(id, walk, seen, objects);
      }
      return deltas == Deltas.SEARCH ? new PathOrder(reader, walk).sorted(objects) : objects;
    }
  }

  private static void add(
      ObjectId id, RevWalk walk, ObjectIdSubclassMap<RevObject> seen, List<RevObject> objects)
      throws IOException {
    if (!seen.contains(id)) {
      RevObject object = walk.lookupAny(id, walk.getObjectReader().open(id).getType());
      seen.add(object);
      objects.add(object);
    }
  }

  private static String hash(Path pack) throws IOException {
    try (var file = new RandomAccessFile(pack.toFile(), "r")) {
      byte[] hash = new byte[Constants.OBJECT_ID_LENGTH];
      file.seek(file.length() - hash.length);
      file.readFully(hash);
      return HexFormat.of().formatHex(hash);
    }
  }
}
