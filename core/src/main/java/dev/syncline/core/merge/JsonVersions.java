package dev.syncline.core.merge;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * What is in the three versions of one container, each by what tells it from the others.
 *
 * @param <K> a member's name, or what makes an element the same
 */
record JsonVersions<K>(
    SequencedMap<K, JsonSlot> base,
    SequencedMap<K, JsonSlot> ours,
    SequencedMap<K, JsonSlot> theirs) {

  Optional<JsonSlot> inBase(K key) {
    return Optional.ofNullable(base.get(key));
  }

  Optional<JsonSlot> inOurs(K key) {
    return Optional.ofNullable(ours.get(key));
  }

  Optional<JsonSlot> inTheirs(K key) {
    return Optional.ofNullable(theirs.get(key));
  }

  /**
   * All keys of both sides: in the order of ours, with those that only theirs has behind the one
   * that they follow in theirs, and behind what ours put there.
   */
  List<K> order() {
    Map<K, List<K>> followers = new HashMap<>();
    List<K> waiting = new ArrayList<>();
    Optional<K> followed = Optional.empty();
    for (K key : theirs.keySet()) {
      if (ours.containsKey(key)) {
        followed = Optional.of(key);
      } else {
        followed
            .map(before -> followers.computeIfAbsent(before, _ -> new ArrayList<>()))
            .orElse(waiting)
            .add(key);
      }
    }
    var order = new ArrayList<K>();
    for (K key : ours.keySet()) {
      if (base.containsKey(key)) {
        order.addAll(waiting);
        waiting.clear();
      }
      order.add(key);
      waiting.addAll(followers.getOrDefault(key, List.of()));
    }
    order.addAll(waiting);
    return order;
  }
}
