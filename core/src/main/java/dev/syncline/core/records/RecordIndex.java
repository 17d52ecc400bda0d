package dev.syncline.core.records;

import dev.syncline.core.model.SyncException;
import dev.syncline.core.records.Records.Found;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What is known of all records of both sets: some 70 bytes for each key, whatever the records'
 * size. An entry's number is its place in the target; those that only the source has come behind.
 */
final class RecordIndex {

  private static final int MOST = 100_000_000;

  private static final int PAGE_BITS = 12;
  private static final int PAGE = 1 << PAGE_BITS;

  private static final int KEY_ONE = 0;
  private static final int KEY_TWO = 1;
  private static final int MEANING_ONE = 2;
  private static final int MEANING_TWO = 3;
  private static final int TARGET = 4;
  private static final int SOURCE = 5;
  private static final int LENGTHS = 6;
  private static final int WIDTH = 7;

  private final List<long[]> pages = new ArrayList<>();
  private final BitSet equal = new BitSet();
  private int count;
  private int[] table = new int[1 << 10];
  private int[] order = new int[1 << 10];
  private int inOrder;

  /** Adds a record of the target, before all of the source; false if its key was there. */
  boolean addTarget(Found found) {
    int entry = entry(found);
    boolean isNew = targetLength(entry) == 0;
    set(entry, MEANING_ONE, found.meaningOne());
    set(entry, MEANING_TWO, found.meaningTwo());
    set(entry, TARGET, found.offset());
    set(entry, LENGTHS, found.length());
    return isNew;
  }

  /** Adds a record of the source; false if its key was there. */
  boolean addSource(Found found) {
    int entry = entry(found);
    boolean isNew = sourceLength(entry) == 0;
    set(entry, SOURCE, found.offset());
    set(entry, LENGTHS, (long) found.length() << 32 | targetLength(entry));
    equal.set(
        entry,
        get(entry, MEANING_ONE) == found.meaningOne()
            && get(entry, MEANING_TWO) == found.meaningTwo());
    if (isNew) {
      if (inOrder == order.length) {
        order = Arrays.copyOf(order, inOrder + (inOrder >> 1));
      }
      order[inOrder++] = entry;
    }
    return isNew;
  }

  /** What only the source has, in its order. */
  IntStream added() {
    return inSource().filter(entry -> targetLength(entry) == 0);
  }

  /** What only the target has, in its order. */
  IntStream removed() {
    return IntStream.range(0, count).filter(entry -> sourceLength(entry) == 0);
  }

  /** What both have and means something else, in the order of the source. */
  IntStream modified() {
    return inSource().filter(entry -> targetLength(entry) != 0 && !equal.get(entry));
  }

  /** Whether what both have stands in another order. */
  boolean isReordered() {
    int last = -1;
    for (int place = 0; place < inOrder; place++) {
      int entry = order[place];
      if (targetLength(entry) != 0) {
        if (entry < last) {
          return true;
        }
        last = entry;
      }
    }
    return false;
  }

  long target(int entry) {
    return get(entry, TARGET);
  }

  long source(int entry) {
    return get(entry, SOURCE);
  }

  /** In bytes; 0 if the target has no such record. */
  int targetLength(int entry) {
    return (int) get(entry, LENGTHS);
  }

  int sourceLength(int entry) {
    return (int) (get(entry, LENGTHS) >>> 32);
  }

  private IntStream inSource() {
    return Arrays.stream(order, 0, inOrder);
  }

  private int entry(Found found) {
    int mask = table.length - 1;
    int at = (int) found.keyTwo() & mask;
    for (; table[at] != 0; at = (at + 1) & mask) {
      int entry = table[at] - 1;
      if (get(entry, KEY_ONE) == found.keyOne() && get(entry, KEY_TWO) == found.keyTwo()) {
        return entry;
      }
    }
    if (count == MOST) {
      throw new SyncException.Invalid("more than " + MOST + " records can't be compared");
    }
    if (count >> PAGE_BITS == pages.size()) {
      pages.add(new long[PAGE * WIDTH]);
    }
    int entry = count++;
    set(entry, KEY_ONE, found.keyOne());
    set(entry, KEY_TWO, found.keyTwo());
    table[at] = count;
    if (count > table.length / 3 * 2) {
      grow();
    }
    return entry;
  }

  private void grow() {
    table = new int[2 * table.length];
    int mask = table.length - 1;
    for (int entry = 0; entry < count; entry++) {
      int at = (int) get(entry, KEY_TWO) & mask;
      while (table[at] != 0) {
        at = (at + 1) & mask;
      }
      table[at] = entry + 1;
    }
  }

  private long get(int entry, int column) {
    return pages.get(entry >> PAGE_BITS)[(entry & (PAGE - 1)) * WIDTH + column];
  }

  private void set(int entry, int column, long value) {
    pages.get(entry >> PAGE_BITS)[(entry & (PAGE - 1)) * WIDTH + column] = value;
  }
}
