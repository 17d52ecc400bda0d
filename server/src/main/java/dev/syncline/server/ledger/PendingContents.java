package dev.syncline.server.ledger;

import dev.syncline.core.model.ContentId;
import dev.syncline.core.model.SyncException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.util.sha1.SHA1;
import org.eclipse.jgit.util.sha1.Sha1CollisionException;

/**
 * The contents of files: those that are stored, and those that were put and wait in a pack in the
 * making for the next recording. Thread-safe.
 */
final class PendingContents implements AutoCloseable {

  /** Larger ones are not held in memory. */
  static final int SMALL = 1 << 18;

  /** A pack in the making that has so many objects or bytes is stored without waiting. */
  private static final int FULL_COUNT = 50_000;

  private static final long FULL_BYTES = 64L << 20;

  private final Stored stored;
  private final Path packs;
  private final LooseContents loose;
  private final Deflating deflating = new Deflating();

  /** Packs in the making; the last takes what is put, unless it is frozen. Guarded by this. */
  private final List<PackBuilder> pending = new ArrayList<>();

  private boolean isLastFrozen = true;

  PendingContents(Stored stored) {
    this.stored = stored;
    this.packs = stored.objects().getPackDirectory().toPath();
    this.loose = new LooseContents(stored);
  }

  ContentId put(long size, InputStream in) throws IOException {
    if (size < 0) {
      throw new IllegalArgumentException("contents can't have " + size + " bytes");
    }
    return GitModes.content(
        size > SMALL ? loose.put(size, in) : putSmall(Sizes.readAll(in, (int) size)));
  }

  boolean has(ContentId content) {
    ObjectId id = GitModes.id(content);
    try {
      return waiting().stream().anyMatch(builder -> builder.has(id))
          || stored.isKnown(id)
          || stored.has(id)
          // It may have gone from where it was to a new pack, between two looks of JGit's.
          || stored.has(id);
    } catch (IOException e) {
      throw unreadable(id, e);
    }
  }

  long size(ContentId content) {
    ObjectId id = GitModes.id(content);
    for (PackBuilder builder : waiting()) {
      Optional<Long> size = builder.size(id);
      if (size.isPresent()) {
        return size.get();
      }
    }
    try (ObjectReader reader = stored.reader()) {
      return reader.getObjectSize(id, Constants.OBJ_BLOB);
    } catch (IOException e) {
      throw unreadable(id, e);
    }
  }

  InputStream open(ContentId content) {
    ObjectId id = GitModes.id(content);
    try {
      for (PackBuilder builder : waiting()) {
        Optional<byte[]> bytes = builder.read(id);
        if (bytes.isPresent()) {
          return new ByteArrayInputStream(bytes.get());
        }
      }
      // What was stored since we looked is found here: it is known there before it leaves us.
      return BlobStream.open(stored, id);
    } catch (IOException e) {
      throw unreadable(id, e);
    }
  }

  /** Stores all that waits, and what a batch adds. Durable when it returns. */
  void store(FreshObjects fresh) throws IOException {
    List<PackBuilder> builders = freeze();
    if (builders.isEmpty() && fresh.order().isEmpty()) {
      return;
    }
    for (PackBuilder builder : builders.subList(0, Math.max(0, builders.size() - 1))) {
      store(builder, List.of(), fresh);
    }
    boolean isStored = !builders.isEmpty() && store(builders.getLast(), fresh.order(), fresh);
    if (!isStored) {
      store(started(), fresh.order(), fresh);
    }
    Durable.names(packs);
  }

  @Override
  public void close() throws IOException {
    for (PackBuilder builder : freeze()) {
      builder.close();
      drop(builder);
    }
    deflating.close();
  }

  private ObjectId putSmall(byte[] bytes) {
    SHA1 sha1 = SHA1.newInstance();
    sha1.update(Constants.encodedTypeString(Constants.OBJ_BLOB));
    sha1.update((byte) ' ');
    sha1.update(Constants.encodeASCII(bytes.length));
    sha1.update((byte) 0);
    sha1.update(bytes);
    ObjectId id;
    try {
      id = sha1.toObjectId();
    } catch (Sha1CollisionException e) {
      throw new SyncException.Invalid("contents that were made to collide in SHA-1", e);
    }
    if (waiting().stream().noneMatch(builder -> builder.has(id)) && !stored.isKnown(id)) {
      append(id, bytes);
    }
    return id;
  }

  private void append(ObjectId id, byte[] bytes) {
    var deflated = deflating.deflate(bytes);
    try {
      PackBuilder builder = current();
      while (!builder.add(
          id, Constants.OBJ_BLOB, bytes.length, deflated.bytes(), deflated.length())) {
        builder = current();
      }
      if (builder.count() >= FULL_COUNT || builder.bytes() >= FULL_BYTES) {
        freeze(builder);
        store(builder, List.of(), new FreshObjects(stored.reader()));
        Durable.names(packs);
      }
    } catch (IOException e) {
      throw GitFailure.writing(stored.path(), e);
    }
  }

  /**
   * Stores a pack in the making with more objects; without them if it fails.
   *
   * @return whether it still waited
   */
  private boolean store(PackBuilder builder, List<ObjectId> more, FreshObjects objects)
      throws IOException {
    // Nothing may be put between the objects that are taken back when it fails.
    synchronized (builder) {
      if (!isWaiting(builder)) {
        return false;
      }
      int count = builder.count();
      boolean isStored = false;
      try {
        for (ObjectId id : more) {
          FreshObject object = objects.get(id);
          var deflated = deflating.deflate(object.bytes());
          builder.add(
              id, object.type(), object.bytes().length, deflated.bytes(), deflated.length());
        }
        if (builder.count() > 0) {
          stored.install(builder.seal());
        }
        isStored = true;
      } finally {
        if (!isStored) {
          builder.cutTo(count);
        }
      }
      drop(builder);
      builder.close();
      return true;
    }
  }

  /** A pack in the making that nothing is put into, for what a batch adds. */
  private synchronized PackBuilder started() throws IOException {
    var builder = new PackBuilder(packs);
    pending.add(isLastFrozen ? pending.size() : pending.size() - 1, builder);
    return builder;
  }

  /** The packs in the making; what is put from now on goes to another one. */
  private synchronized List<PackBuilder> freeze() {
    isLastFrozen = true;
    return List.copyOf(pending);
  }

  private synchronized PackBuilder current() throws IOException {
    if (isLastFrozen) {
      pending.add(new PackBuilder(packs));
      isLastFrozen = false;
    }
    return pending.getLast();
  }

  private synchronized void freeze(PackBuilder builder) {
    isLastFrozen = isLastFrozen || pending.isEmpty() || pending.getLast() == builder;
  }

  private synchronized List<PackBuilder> waiting() {
    return List.copyOf(pending);
  }

  private synchronized boolean isWaiting(PackBuilder builder) {
    return pending.stream().anyMatch(it -> it == builder);
  }

  private synchronized void drop(PackBuilder builder) {
    isLastFrozen = isLastFrozen || pending.getLast() == builder;
    pending.removeIf(it -> it == builder);
  }

  private SyncException unreadable(AnyObjectId id, IOException cause) {
    return GitFailure.reading(stored.path(), "contents " + id.name(), cause);
  }
}
