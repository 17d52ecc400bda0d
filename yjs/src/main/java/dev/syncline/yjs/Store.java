package dev.syncline.yjs;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** All that a document holds, by client and clock, without gaps. Confined to its document. */
final class Store {

  private final Map<Long, List<Struct>> byClient = new HashMap<>();

  Set<Long> clients() {
    return byClient.keySet();
  }

  /** How many units of a client's are here. */
  long next(long client) {
    List<Struct> structs = byClient.get(client);
    return structs == null ? 0 : structs.getLast().end();
  }

  boolean has(Id id) {
    return id.clock() < next(id.client());
  }

  StateVector state() {
    var clocks = new HashMap<Long, Long>();
    byClient.keySet().forEach(client -> clocks.put(client, next(client)));
    return new StateVector(clocks);
  }

  void add(Struct struct) {
    byClient.computeIfAbsent(struct.id().client(), _ -> new ArrayList<>()).add(struct);
  }

  /** What holds a unit that is here. */
  Struct find(Id id) {
    List<Struct> structs = of(id.client());
    return structs.get(index(structs, id.clock()));
  }

  /** What begins with a unit; an item that has it in its midst is split. */
  Struct startingAt(Id id) {
    List<Struct> structs = of(id.client());
    int at = index(structs, id.clock());
    Struct struct = structs.get(at);
    return struct instanceof Item item && item.id().clock() < id.clock()
        ? split(structs, at, item, id.clock())
        : struct;
  }

  /** What ends with a unit; an item that has it in its midst is split. */
  Struct endingAt(Id id) {
    List<Struct> structs = of(id.client());
    int at = index(structs, id.clock());
    Struct struct = structs.get(at);
    if (struct instanceof Item item && item.end() > id.clock() + 1) {
      split(structs, at, item, id.clock() + 1);
    }
    return struct;
  }

  private static Item split(List<Struct> structs, int at, Item item, long clock) {
    Item rest = item.split(clock - item.id().clock());
    structs.add(at + 1, rest);
    return rest;
  }

  /** A client's structs from a unit on; the first may begin before it. */
  List<Struct> from(long client, long clock) {
    List<Struct> structs = of(client);
    return structs.subList(
        clock >= next(client) ? structs.size() : index(structs, clock), structs.size());
  }

  /** Joins what needn't be apart, in one pass over a client's structs. */
  void tidy(long client) {
    List<Struct> structs = of(client);
    var tidied = new ArrayList<Struct>(structs.size());
    for (Struct struct : structs) {
      if (tidied.isEmpty() || !join(tidied, struct)) {
        tidied.add(struct);
      }
    }
    byClient.put(client, tidied);
  }

  private static boolean join(List<Struct> tidied, Struct next) {
    return switch (tidied.getLast()) {
      case Item before -> next instanceof Item item && before.join(item);
      case Forgotten before -> {
        boolean fits = next instanceof Forgotten;
        if (fits) {
          tidied.removeLast();
          tidied.add(new Forgotten(before.id(), before.length() + next.length()));
        }
        yield fits;
      }
    };
  }

  /** Joins what needn't be apart where a unit is. */
  void tidy(Id id) {
    List<Struct> structs = of(id.client());
    int at = index(structs, id.clock());
    for (int next = Math.min(at + 1, structs.size() - 1); next >= Math.max(at, 1); next--) {
      if (structs.get(next - 1) instanceof Item before
          && structs.get(next) instanceof Item item
          && before.join(item)) {
        structs.remove(next);
      }
    }
  }

  private List<Struct> of(long client) {
    List<Struct> structs = byClient.get(client);
    if (structs == null) {
      throw new IllegalStateException("nothing of client " + client + " is here");
    }
    return structs;
  }

  private static int index(List<Struct> structs, long clock) {
    int low = 0;
    int high = structs.size() - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (structs.get(middle).id().clock() <= clock) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }
}
