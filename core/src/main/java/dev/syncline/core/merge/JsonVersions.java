package dev.syncline.core.merge;

import dev.syncline.core.json.JsonSlot;
import java.util.List;
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

  /** All keys of both sides, each where it belongs. */
  List<K> order() {
    return MergedOrder.of(base.keySet(), ours.sequencedKeySet(), theirs.sequencedKeySet());
  }
}
