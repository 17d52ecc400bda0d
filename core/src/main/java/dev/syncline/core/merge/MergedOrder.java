package dev.syncline.core.merge;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;

/** Where what is in either side goes. */
final class MergedOrder {

  private MergedOrder() {}

  /**
   * All keys of both sides: in the order of ours, with those that only theirs has behind the one
   * that they follow in theirs, and behind what ours put there since the base.
   *
   * @param base if it is empty, what both sides have stands for it
   */
  static <K> List<K> of(Set<K> base, SequencedSet<K> ours, SequencedSet<K> theirs) {
    Map<K, List<K>> followers = new HashMap<>();
    List<K> waiting = new ArrayList<>();
    Optional<K> followed = Optional.empty();
    for (K key : theirs) {
      if (ours.contains(key)) {
        followed = Optional.of(key);
      } else {
        followed
            .map(before -> followers.computeIfAbsent(before, _ -> new ArrayList<>()))
            .orElse(waiting)
            .add(key);
      }
    }
    var order = new ArrayList<K>();
    for (K key : ours) {
      if (base.isEmpty() ? theirs.contains(key) : base.contains(key)) {
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
