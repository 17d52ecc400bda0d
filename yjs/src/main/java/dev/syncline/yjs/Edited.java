package dev.syncline.yjs;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;

/** What changed in a document since somebody began to change it. Confined to its document. */
final class Edited {

  /** Of one client so many places are joined one by one; from more on, all is looked at. */
  private static final int MOST_PLACES = 64;

  /** Where there may be something to join, by client; no more places than decide that. */
  private final Map<Long, TreeSet<Long>> touched = new HashMap<>();

  private final Deletions deletions = new Deletions();
  private final StateVector before;

  Edited(StateVector before) {
    this.before = before;
  }

  StateVector before() {
    return before;
  }

  Deletions deletions() {
    return deletions;
  }

  void touch(Id id) {
    TreeSet<Long> clocks = touched.computeIfAbsent(id.client(), _ -> new TreeSet<>());
    if (clocks.size() <= MOST_PLACES) {
      clocks.add(id.clock());
    }
  }

  void deleted(Item item) {
    touch(item.id());
    deletions.add(item.id().client(), item.id().clock(), item.length());
  }

  /** Joins what needn't be apart, where something changed. */
  void tidy(Store store) {
    touched.forEach((client, clocks) -> {
      if (clocks.size() > MOST_PLACES) {
        store.tidy(client);
      } else {
        clocks.descendingSet().forEach(clock -> store.tidy(new Id(client, clock)));
      }
    });
  }
}
