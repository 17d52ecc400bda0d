package dev.syncline.server.document.automerge;

import dev.syncline.server.document.automerge.Waiting.Waiter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one document: the graph of its changes, how much of it is durable, and what
 * waits for a missing change. Everything that is said to a peer speaks of the durable part only, so
 * that "we have it" always means "we can't lose it". Confined to the document's mailbox.
 */
public final class History {

  /** The position of a change that the store has not confirmed yet. */
  static final long NOT_STORED = -1;

  /** Chunks that were just stored are about to be sent to the other peers. */
  private static final long RECENT_BYTES = 128 << 10;

  private final ChangeGraph graph = new ChangeGraph();
  private final Waiting waiting;

  /** Bytes of changes that are not durable yet, and of the youngest that are. */
  private final LinkedHashMap<Integer, byte[]> recent = new LinkedHashMap<>();

  private final Deque<Integer> pending = new ArrayDeque<>();
  private long recentBytes;
  private long storedBytes;
  private int durable;
  private List<ChangeHash> heads = List.of();

  /**
   * @param maxWaitingBytes the most memory that changes may take which wait for a missing one
   */
  public History(long maxWaitingBytes) {
    this.waiting = new Waiting(maxWaitingBytes);
  }

  /** Takes in a chunk that the store has. */
  public void load(Change change, long position) {
    accept(new Waiter(change, position), null);
    advance();
  }

  /**
   * Takes in changes from a peer. Those that complete the history have to be appended to the store,
   * in this order, and confirmed by {@link #confirm}.
   *
   * @return the changes to append; empty if all were known or have to wait
   */
  public List<Change> admit(Collection<Change> changes) {
    var added = new ArrayList<Change>(changes.size());
    for (Change change : changes) {
      accept(new Waiter(change, NOT_STORED), added);
    }
    // A change that was stored already, and only waited, may have become part of the history.
    advance();
    return added;
  }

  /** The next changes in the order in which {@link #admit} answered them are durable. */
  public void confirm(long[] positions) {
    for (long position : positions) {
      graph.place(pending.remove(), position);
    }
    advance();
    trimRecent();
  }

  /** Whether some admitted changes are not confirmed yet. */
  public boolean isPending() {
    return !pending.isEmpty();
  }

  /** Durable changes that no other durable one builds on, sorted. */
  public List<ChangeHash> heads() {
    return heads;
  }

  /** How many changes are durable. */
  public int size() {
    return durable;
  }

  /** Whether anything is stored or about to be. */
  public boolean hasAny() {
    return graph.size() > 0 || waiting.size() > 0;
  }

  /** Where the store keeps the durable changes. */
  public Stored stored() {
    record Place(long position, int length) {}
    // What waited for a change that was stored later comes after it in the history alone.
    List<Place> places =
        IntStream.range(0, durable)
            .mapToObj(index -> new Place(graph.position(index), graph.length(index)))
            .sorted(Comparator.comparingLong(Place::position))
            .toList();
    return new Stored(
        places.stream().mapToLong(Place::position).toArray(),
        places.stream().mapToInt(Place::length).toArray());
  }

  /**
   * Chunks in a store, in ascending order of their positions.
   *
   * @param lengths bytes of each
   */
  public record Stored(long[] positions, int[] lengths) {

    /** The positions from an index on whose chunks take at most so many bytes, but at least one. */
    public long[] batch(int from, long bytes) {
      int end = from + 1;
      for (long total = lengths[from]; end < positions.length; end++) {
        total += lengths[end];
        if (total > bytes) {
          break;
        }
      }
      return Arrays.copyOfRange(positions, from, end);
    }
  }

  /** How many changes wait for a missing one. */
  public int waiting() {
    return waiting.size();
  }

  /** Sum of the lengths of all chunks that were loaded or confirmed. */
  public long storedBytes() {
    return storedBytes;
  }

  /** Bytes that this takes in memory, about. */
  public long memory() {
    return graph.memory() + waiting.memory() + recentBytes + 500;
  }

  boolean isDurable(ChangeHash hash) {
    int index = graph.indexOf(hash);
    return index >= 0 && index < durable;
  }

  /** Whether we have it or are about to have it: there is no use in asking a peer for it. */
  boolean isKnown(ChangeHash hash) {
    return graph.contains(hash);
  }

  /** What has to be asked for to get at a peer's heads. */
  List<ChangeHash> missingFor(List<ChangeHash> theirs) {
    return waiting.missingFor(theirs, graph::contains);
  }

  /** Durable changes that {@code have} doesn't build on, ascending. */
  int[] since(List<ChangeHash> have) {
    return graph.since(heads, have);
  }

  int[] notIn(List<BloomFilter> filters, int[] candidates) {
    return graph.notIn(filters, candidates);
  }

  int indexOf(ChangeHash hash) {
    return graph.indexOf(hash);
  }

  ChangeHash hash(int index) {
    return graph.hash(index);
  }

  int length(int index) {
    return graph.length(index);
  }

  /** Where the store keeps a durable change. */
  public long position(int index) {
    return graph.position(index);
  }

  /** A change's chunk, if it is still in memory. */
  public byte @Nullable [] recent(int index) {
    return recent.get(index);
  }

  private void accept(Waiter waiter, @Nullable List<Change> added) {
    var ready = new ArrayDeque<Waiter>();
    ready.add(waiter);
    while (!ready.isEmpty()) {
      Waiter next = ready.remove();
      Change change = next.change();
      if (graph.contains(change.hash()) || waiting.contains(change.hash())) {
        continue;
      }
      ChangeHash missing = firstMissing(change);
      if (missing != null) {
        waiting.add(next, missing);
        continue;
      }
      int index = graph.add(change);
      graph.place(index, next.position());
      if (next.position() == NOT_STORED) {
        pending.add(index);
        recent.put(index, change.chunk());
        recentBytes += change.chunk().length;
        if (added != null) {
          added.add(change);
        }
      }
      ready.addAll(waiting.release(change.hash()));
    }
  }

  private @Nullable ChangeHash firstMissing(Change change) {
    for (ChangeHash dependency : change.dependencies()) {
      if (!graph.contains(dependency)) {
        return dependency;
      }
    }
    return null;
  }

  /**
   * The durable part is the longest stored prefix: what builds on a pending change is not in it.
   */
  private void advance() {
    int before = durable;
    while (durable < graph.size() && graph.position(durable) != NOT_STORED) {
      storedBytes += graph.length(durable);
      durable++;
    }
    if (durable > before) {
      heads = graph.headsAfter(heads, before, durable);
    }
  }

  private void trimRecent() {
    var oldest = recent.entrySet().iterator();
    while (recentBytes > RECENT_BYTES && oldest.hasNext()) {
      Map.Entry<Integer, byte[]> entry = oldest.next();
      if (entry.getKey() >= durable) {
        return;
      }
      recentBytes -= entry.getValue().length;
      oldest.remove();
    }
  }
}
