package dev.syncline.yjs;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** All that a document holds, by client. Confined to its document. */
final class Store {

  private final Map<Long, Structs> byClient = new HashMap<>();

  Set<Long> clients() {
    return byClient.keySet();
  }

  /** How many units of a client's are here. */
  long next(long client) {
    @Nullable Structs structs = byClient.get(client);
    return structs == null ? 0 : structs.end();
  }

  boolean has(Id id) {
    return id.clock() < next(id.client());
  }

  StateVector state() {
    var clocks = new HashMap<Long, Long>();
    byClient.forEach((client, structs) -> clocks.put(client, structs.end()));
    return new StateVector(clocks);
  }

  void add(Struct struct) {
    byClient.computeIfAbsent(struct.id().client(), _ -> new Structs()).add(struct);
  }

  /** What holds a unit that is here. */
  Struct find(Id id) {
    return of(id.client()).find(id.clock());
  }

  /** What begins with a unit; an item that has it in its midst is split. */
  Struct startingAt(Id id) {
    return of(id.client()).startingAt(id.clock());
  }

  /** What ends with a unit; an item that has it in its midst is split. */
  Struct endingAt(Id id) {
    return of(id.client()).endingAt(id.clock());
  }

  /** A client's structs from a unit on; the first may begin before it. */
  List<Struct> from(long client, long clock) {
    return of(client).from(clock);
  }

  /** Joins what needn't be apart, in one pass over a client's structs. */
  void tidy(long client) {
    byClient.computeIfPresent(client, (_, structs) -> structs.tidied());
  }

  /** Joins what needn't be apart where a unit is. */
  void tidy(Id id) {
    of(id.client()).tidy(id.clock());
  }

  private Structs of(long client) {
    @Nullable Structs structs = byClient.get(client);
    if (structs == null) {
      throw new IllegalStateException("nothing of client " + client + " is here");
    }
    return structs;
  }
}
