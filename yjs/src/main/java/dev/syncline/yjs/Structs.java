package dev.syncline.yjs;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What one client inserted, in the order of clocks, without gaps. Confined to its document. */
final class Structs {

  private final List<Struct> all = new ArrayList<>();

  /** Where each begins, to be searched without a look at structs all over the memory. */
  private long[] clocks = new long[4];

  /** How many units are here. */
  long end() {
    return all.isEmpty() ? 0 : all.getLast().end();
  }

  void add(Struct struct) {
    insert(all.size(), struct);
  }

  /** What holds a unit that is here. */
  Struct find(long clock) {
    return all.get(index(clock));
  }

  /** What begins with a unit; an item that has it in its midst is split. */
  Struct startingAt(long clock) {
    int at = index(clock);
    Struct struct = all.get(at);
    return clocks[at] < clock && struct instanceof Item item ? split(at, item, clock) : struct;
  }

  /** What ends with a unit; an item that has it in its midst is split. */
  Struct endingAt(long clock) {
    int at = index(clock);
    Struct struct = all.get(at);
    if (struct instanceof Item item && end(at) > clock + 1) {
      split(at, item, clock + 1);
    }
    return struct;
  }

  private Item split(int at, Item item, long clock) {
    Item rest = item.split(clock - clocks[at]);
    insert(at + 1, rest);
    return rest;
  }

  /** All from a unit on; the first may begin before it. */
  List<Struct> from(long clock) {
    return all.subList(clock >= end() ? all.size() : index(clock), all.size());
  }

  /** The same with what needn't be apart joined, in one pass. */
  Structs tidied() {
    var tidied = new Structs();
    for (Struct struct : all) {
      if (tidied.all.isEmpty() || !tidied.join(struct)) {
        tidied.add(struct);
      }
    }
    return tidied;
  }

  private boolean join(Struct next) {
    return switch (all.getLast()) {
      case Item before -> next instanceof Item item && before.join(item);
      case Forgotten before -> {
        boolean fits = next instanceof Forgotten;
        if (fits) {
          all.set(all.size() - 1, new Forgotten(before.id(), before.length() + next.length()));
        }
        yield fits;
      }
    };
  }

  /** Joins what needn't be apart where a unit is. */
  void tidy(long clock) {
    int at = index(clock);
    for (int next = Math.min(at + 1, all.size() - 1); next >= Math.max(at, 1); next--) {
      if (all.get(next - 1) instanceof Item before
          && all.get(next) instanceof Item item
          && before.join(item)) {
        all.remove(next);
        System.arraycopy(clocks, next + 1, clocks, next, all.size() - next);
      }
    }
  }

  private void insert(int at, Struct struct) {
    int size = all.size();
    if (size == clocks.length) {
      clocks = Arrays.copyOf(clocks, size + size / 2);
    }
    System.arraycopy(clocks, at, clocks, at + 1, size - at);
    clocks[at] = struct.id().clock();
    all.add(at, struct);
  }

  private long end(int at) {
    return at + 1 < all.size() ? clocks[at + 1] : all.get(at).end();
  }

  private int index(long clock) {
    int at = Arrays.binarySearch(clocks, 0, all.size(), clock);
    return at >= 0 ? at : -at - 2;
  }
}
