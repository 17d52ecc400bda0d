package dev.syncline.server.document.automerge;

import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;

/**
 * The changes of one document and what each builds on, without their bytes: about 60 bytes a
 * change. A change's index is its place in the order of arrival; what it builds on always has a
 * smaller one. Grows only. Confined to the document's mailbox.
 */
final class ChangeGraph {

  private static final int WORDS = 4;
  private static final int EMPTY_SLOT = -1;

  private int size;
  private long[] hashes = new long[0];
  private long[] positions = new long[0];
  private int[] lengths = new int[0];

  /**
   * Where the dependencies of a change end in {@link #dependencies}; they start where the change's
   * before it end.
   */
  private int[] dependencyEnds = new int[0];

  private int[] dependencies = new int[0];

  /** Open addressing with linear probing: indexes of changes, {@link #EMPTY_SLOT} where free. */
  private int[] slots = {EMPTY_SLOT, EMPTY_SLOT};

  int size() {
    return size;
  }

  boolean contains(ChangeHash hash) {
    return indexOf(hash) >= 0;
  }

  /** The change's index, or -1. */
  int indexOf(ChangeHash hash) {
    for (int slot = slot(hash.a()); ; slot = (slot + 1) & (slots.length - 1)) {
      int index = slots[slot];
      if (index == EMPTY_SLOT || isAt(hash, index)) {
        return index;
      }
    }
  }

  ChangeHash hash(int index) {
    int at = index * WORDS;
    return new ChangeHash(hashes[at], hashes[at + 1], hashes[at + 2], hashes[at + 3]);
  }

  /** Where the store keeps the change; meaningless until {@link #place} has told. */
  long position(int index) {
    return positions[index];
  }

  /** Bytes of the change's chunk. */
  int length(int index) {
    return lengths[index];
  }

  /** Adds a change that is not there yet, all of whose dependencies are. Answers its index. */
  int add(Change change) {
    grow(change.dependencies().size());
    int index = size;
    int end = index == 0 ? 0 : dependencyEnds[index - 1];
    for (ChangeHash dependency : change.dependencies()) {
      int known = indexOf(dependency);
      if (known < 0) {
        throw new IllegalStateException("change added before one that it builds on");
      }
      dependencies[end++] = known;
    }
    dependencyEnds[index] = end;
    int at = index * WORDS;
    hashes[at] = change.hash().a();
    hashes[at + 1] = change.hash().b();
    hashes[at + 2] = change.hash().c();
    hashes[at + 3] = change.hash().d();
    lengths[index] = change.chunk().length;
    size++;
    fill(index);
    return index;
  }

  /** Remembers where the store keeps a change. */
  void place(int index, long position) {
    positions[index] = position;
  }

  /**
   * The heads after the changes of some more indexes: each replaces those that it builds on.
   * Sorted. Costs once as much as there are heads, however many changes there are.
   */
  List<ChangeHash> headsAfter(List<ChangeHash> heads, int from, int to) {
    var after = new HashSet<>(heads);
    for (int index = from; index < to; index++) {
      for (int d = firstDependency(index); d < dependencyEnds[index]; d++) {
        after.remove(hash(dependencies[d]));
      }
      after.add(hash(index));
    }
    return after.stream().sorted().toList();
  }

  /**
   * What {@code want} builds on, itself included, and {@code have} doesn't: ascending indexes.
   * Looks only at changes younger than the oldest that is answered, and at as many as are shared
   * above it; so an edit on top costs the same however long the history is.
   */
  int[] since(List<ChangeHash> want, List<ChangeHash> have) {
    if (want.equals(have)) {
      return new int[0];
    }
    if (have.isEmpty()) {
      return ancestors(want);
    }
    var walk = new Walk();
    for (ChangeHash hash : have) {
      walk.reach(indexOf(hash), Walk.HAVE);
    }
    for (ChangeHash hash : want) {
      walk.reach(indexOf(hash), Walk.WANT);
    }
    return walk.run();
  }

  /** Everything that {@code want} builds on, itself included. */
  private int[] ancestors(List<ChangeHash> want) {
    var reached = new BitSet(size);
    for (ChangeHash hash : want) {
      int index = indexOf(hash);
      if (index >= 0) {
        reached.set(index);
      }
    }
    for (int i = reached.length() - 1; i >= 0; i = reached.previousSetBit(i - 1)) {
      for (int d = firstDependency(i); d < dependencyEnds[i]; d++) {
        reached.set(dependencies[d]);
      }
    }
    return reached.stream().toArray();
  }

  /**
   * Of ascending candidates, those that no filter holds, and all candidates that build on one of
   * them: a filter's false "yes" must not hide a change under one that is sent.
   */
  int[] notIn(List<BloomFilter> filters, int[] candidates) {
    if (filters.stream().allMatch(filter -> filter.entries() == 0)) {
      return candidates;
    }
    var chosen = new BitSet();
    int[] result = new int[candidates.length];
    int count = 0;
    for (int index : candidates) {
      ChangeHash hash = hash(index);
      boolean send = filters.stream().noneMatch(filter -> filter.contains(hash));
      for (int d = firstDependency(index); !send && d < dependencyEnds[index]; d++) {
        send = chosen.get(dependencies[d]);
      }
      if (send) {
        chosen.set(index);
        result[count++] = index;
      }
    }
    return Arrays.copyOf(result, count);
  }

  /** Bytes that this graph takes in memory. */
  long memory() {
    return 8L * (hashes.length + positions.length)
        + 4L * (lengths.length + dependencyEnds.length + dependencies.length + slots.length)
        + 200;
  }

  private int firstDependency(int index) {
    return index == 0 ? 0 : dependencyEnds[index - 1];
  }

  private boolean isAt(ChangeHash hash, int index) {
    int at = index * WORDS;
    return hashes[at] == hash.a()
        && hashes[at + 1] == hash.b()
        && hashes[at + 2] == hash.c()
        && hashes[at + 3] == hash.d();
  }

  /** Peers choose what they hash, so the low bits are mixed with high ones before they are used. */
  private int slot(long word) {
    long mixed = word * 0x9E3779B97F4A7C15L;
    return (int) (mixed >>> 32) & (slots.length - 1);
  }

  private void fill(int index) {
    int slot = slot(hashes[index * WORDS]);
    while (slots[slot] != EMPTY_SLOT) {
      slot = (slot + 1) & (slots.length - 1);
    }
    slots[slot] = index;
  }

  private void grow(int newDependencies) {
    if (size == positions.length) {
      int capacity = Math.max(4, size + (size >> 1));
      hashes = Arrays.copyOf(hashes, capacity * WORDS);
      positions = Arrays.copyOf(positions, capacity);
      lengths = Arrays.copyOf(lengths, capacity);
      dependencyEnds = Arrays.copyOf(dependencyEnds, capacity);
    }
    int needed = (size == 0 ? 0 : dependencyEnds[size - 1]) + newDependencies;
    if (needed > dependencies.length) {
      dependencies = Arrays.copyOf(dependencies, Math.max(needed, needed + (needed >> 1) + 3));
    }
    // At most three quarters full.
    if ((size + 1) * 4L > slots.length * 3L) {
      slots = new int[slots.length * 2];
      Arrays.fill(slots, EMPTY_SLOT);
      for (int i = 0; i < size; i++) {
        fill(i);
      }
    }
  }

  /**
   * Walks from the youngest change down, painting each with who reaches it, until everything that
   * is left to visit is had.
   */
  private final class Walk {

    static final int WANT = 1;
    static final int HAVE = 2;

    private final PriorityQueue<Integer> queue =
        new PriorityQueue<>((left, right) -> Integer.compare(right, left));
    private final IntPaint paint = new IntPaint();
    private int wantedOnly;

    void reach(int index, int by) {
      if (index < 0) {
        return;
      }
      int before = paint.get(index);
      int after = before | by;
      if (after == before) {
        return;
      }
      if (before == 0) {
        queue.add(index);
      }
      wantedOnly += (after == WANT ? 1 : 0) - (before == WANT ? 1 : 0);
      paint.set(index, after);
    }

    int[] run() {
      int[] found = new int[8];
      int count = 0;
      while (wantedOnly > 0) {
        int index = queue.remove();
        int by = paint.get(index);
        for (int d = firstDependency(index); d < dependencyEnds[index]; d++) {
          reach(dependencies[d], by);
        }
        if (by == WANT) {
          wantedOnly--;
          if (count == found.length) {
            found = Arrays.copyOf(found, count * 2);
          }
          found[count++] = index;
        }
      }
      int[] ascending = new int[count];
      for (int i = 0; i < count; i++) {
        ascending[i] = found[count - 1 - i];
      }
      return ascending;
    }
  }
}
