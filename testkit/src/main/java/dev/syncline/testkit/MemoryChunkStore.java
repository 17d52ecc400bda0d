package dev.syncline.testkit;

import dev.syncline.core.model.DocumentId;
import dev.syncline.core.model.SyncException;
import dev.syncline.core.port.ChunkStore;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A store that forgets everything but does nothing by itself: appends stay in the air until {@link
 * #sync} or {@link #fail}, so that a test decides what is durable when. Thread-safe.
 */
public final class MemoryChunkStore implements ChunkStore {

  private record InTheAir(DocumentId document, List<byte[]> chunks, Append append) {}

  private final NavigableMap<DocumentId, List<byte[]>> documents = new TreeMap<>();
  private final Deque<InTheAir> inTheAir = new ArrayDeque<>();
  private final boolean immediate;
  private long syncs;
  private boolean closed;
  private @Nullable String problem;
  private @Nullable String unreadable;

  private MemoryChunkStore(boolean immediate) {
    this.immediate = immediate;
  }

  /** Makes each append durable at once, in the caller's thread. */
  public static MemoryChunkStore immediate() {
    return new MemoryChunkStore(true);
  }

  /** Waits for {@link #sync}. */
  public static MemoryChunkStore manual() {
    return new MemoryChunkStore(false);
  }

  @Override
  public synchronized void scan(DocumentId document, ChunkVisitor visitor) {
    checkReadable();
    List<byte[]> chunks = documents.getOrDefault(document, List.of());
    for (int i = 0; i < chunks.size(); i++) {
      visitor.chunk(i, chunks.get(i));
    }
  }

  @Override
  public synchronized void read(DocumentId document, long[] positions, ChunkVisitor visitor) {
    checkReadable();
    List<byte[]> chunks = documents.getOrDefault(document, List.of());
    for (long position : positions) {
      if (position < 0 || position >= chunks.size()) {
        throw new SyncException.Corrupt("no chunk at " + position);
      }
      visitor.chunk(position, chunks.get((int) position));
    }
  }

  private synchronized void checkReadable() {
    if (unreadable != null) {
      throw new SyncException.Unavailable(unreadable, new IOException(unreadable));
    }
  }

  /** Lets every read fail, as a database does that is away; until {@link #readable}. */
  public synchronized void unreadable(String why) {
    unreadable = why;
  }

  /** Reads work again. */
  public synchronized void readable() {
    unreadable = null;
  }

  @Override
  public void append(DocumentId document, List<byte[]> chunks, Append append) {
    if (chunks.isEmpty()
        || chunks.stream().anyMatch(one -> one.length < 1 || one.length > MAX_CHUNK_BYTES)) {
      throw new SyncException.Invalid("an append has chunks of 1 byte to 64 MiB");
    }
    if (!takesOff(new InTheAir(document, List.copyOf(chunks), append))) {
      append.failed(new SyncException.Unavailable("the store is closed"));
    } else if (immediate) {
      sync();
    }
  }

  private synchronized boolean takesOff(InTheAir one) {
    return !closed && inTheAir.add(one);
  }

  /** Makes everything durable that is in the air; answers how many appends that were. */
  public int sync() {
    return store(land(_ -> true));
  }

  /** Loses everything that is in the air, as a full disk does. */
  public void fail(String why) {
    for (InTheAir one : land(_ -> true)) {
      one.append().failed(new SyncException.Unavailable(why, new IOException(why)));
    }
  }

  /** Loses everything that is in the air without a word, as a crash does. */
  public void crash() {
    land(_ -> true);
  }

  private synchronized List<InTheAir> land(Predicate<InTheAir> which) {
    List<InTheAir> landing = inTheAir.stream().filter(which).toList();
    inTheAir.removeIf(which);
    syncs += landing.isEmpty() ? 0 : 1;
    return landing;
  }

  private int store(List<InTheAir> landing) {
    for (InTheAir one : landing) {
      one.append().durable(store(one));
    }
    return landing.size();
  }

  private synchronized long[] store(InTheAir one) {
    List<byte[]> chunks = documents.computeIfAbsent(one.document(), id -> new ArrayList<>());
    long[] positions = new long[one.chunks().size()];
    for (int i = 0; i < positions.length; i++) {
      positions[i] = chunks.size();
      chunks.add(one.chunks().get(i));
    }
    return positions;
  }

  /** Lands what is in the air for this document, so that the deletion comes after it. */
  @Override
  public void delete(DocumentId document) {
    store(land(one -> one.document().equals(document)));
    synchronized (this) {
      documents.remove(document);
    }
  }

  @Override
  public synchronized List<DocumentId> list(Optional<DocumentId> after, int limit) {
    if (limit < 1 || limit > 10_000) {
      throw new SyncException.Invalid("a list has 1 to 10,000 documents, not " + limit);
    }
    return after.map(id -> documents.tailMap(id, false)).orElse(documents).keySet().stream()
        .limit(limit)
        .toList();
  }

  /** Sets what {@link #status} calls the problem. */
  public synchronized void trouble(String why) {
    problem = why;
  }

  @Override
  public synchronized Status status() {
    return new Status(Optional.ofNullable(problem), 0, syncs, 0);
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    sync();
  }
}
