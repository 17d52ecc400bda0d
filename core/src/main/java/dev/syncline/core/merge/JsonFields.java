package dev.syncline.core.merge;

import dev.syncline.core.json.JsonMeaning;
import dev.syncline.core.json.JsonNode;
import dev.syncline.core.json.JsonSlot;
import dev.syncline.core.merge.JsonPart.Item;
import dev.syncline.core.merge.JsonPart.Merged;
import dev.syncline.core.merge.JsonPart.Ours;
import dev.syncline.core.merge.JsonPart.Theirs;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;

/**
 * Merges three values by field: what only one side changed is taken, and where both changed
 * something it is looked into. Goes as deep as the documents do, which is bounded.
 */
final class JsonFields {

  /** Members of all objects that are looked into, in all versions: some 200 MB of memory. */
  private static final int MOST_HELD = 900_000;

  private final JsonArrays arrays;
  private final OnClash onClash;
  private final JsonClashes clashes = new JsonClashes();
  private int held;

  JsonFields(JsonArrays arrays, OnClash onClash) {
    this.arrays = arrays;
    this.onClash = onClash;
  }

  /** Where both sides clashed so far; if anywhere, the merged parts mean nothing. */
  List<String> clashes() {
    return clashes.paths();
  }

  /** Merges a value that both sides have. */
  JsonPart value(Optional<JsonNode> base, JsonNode ours, JsonNode theirs) {
    if (ours.hasSameText(theirs) || base.filter(theirs::hasSameText).isPresent()) {
      return new Ours(ours);
    }
    if (isContestedRecord(base, ours, theirs)) {
      return clash(ours, theirs);
    }
    // Before meanings are compared: that would look at everything again on every level. And even
    // what only theirs changed is better taken by field, since the rest of ours keeps its text.
    if (ours.isObject() && theirs.isObject() && base.map(JsonNode::isObject).orElse(true)) {
      return object(base, ours, theirs);
    }
    if (JsonMeaning.same(ours, theirs) || meansTheSame(base, theirs)) {
      return new Ours(ours);
    }
    if (meansTheSame(base, ours)) {
      return replaced(ours, theirs);
    }
    if (ours.isArray() && theirs.isArray() && base.map(JsonNode::isArray).orElse(true)) {
      return arrays.merge(this, base, ours, theirs);
    }
    return clash(ours, theirs);
  }

  /** Both sides changed the value that is looked at. */
  JsonPart clash(JsonNode ours, JsonNode theirs) {
    return switch (onClash) {
      case OURS -> new Ours(ours);
      case THEIRS -> replaced(ours, theirs);
      case WAIT_FIELD, WAIT_RECORD -> refuse(ours);
    };
  }

  /** Leaves the value that is looked at to a person. */
  JsonPart refuse(JsonNode ours) {
    clashes.here();
    return new Ours(ours);
  }

  /** Whether the value that is looked at holds all others. */
  boolean isAtRoot() {
    return clashes.depth() == 0;
  }

  private JsonPart replaced(JsonNode ours, JsonNode theirs) {
    return ours.isArray() && theirs.isArray()
        ? arrays.replace(this, ours, theirs)
        : new Theirs(theirs);
  }

  private boolean isContestedRecord(Optional<JsonNode> base, JsonNode ours, JsonNode theirs) {
    return onClash == OnClash.WAIT_RECORD
        && clashes.depth() == 1
        && !JsonMeaning.same(ours, theirs)
        && !meansTheSame(base, ours)
        && !meansTheSame(base, theirs);
  }

  /** Whether there is room for so many members more in this merge. */
  boolean mayHold(int members) {
    held = (int) Math.min((long) held + members, Integer.MAX_VALUE);
    return held <= MOST_HELD;
  }

  private JsonPart object(Optional<JsonNode> base, JsonNode ours, JsonNode theirs) {
    List<JsonSlot> inBase = base.map(JsonNode::slots).orElseGet(List::of);
    List<JsonSlot> inOurs = ours.slots();
    List<JsonSlot> inTheirs = theirs.slots();
    if (!mayHold(inBase.size() + inOurs.size() + inTheirs.size())) {
      return refuse(ours);
    }
    return container(
        ours,
        new JsonVersions<>(members(inBase), members(inOurs), members(inTheirs)),
        name -> name);
  }

  /**
   * Merges what is in a container.
   *
   * @param step how a member or element is called in a path
   */
  <K> JsonPart container(JsonNode ours, JsonVersions<K> versions, Function<K, String> step) {
    var items = new ArrayList<Item>();
    for (K key : versions.order()) {
      clashes.enter(() -> step.apply(key));
      item(versions, key).ifPresent(items::add);
      clashes.leave();
    }
    return new Merged(ours, items);
  }

  private <K> Optional<Item> item(JsonVersions<K> versions, K key) {
    Optional<JsonNode> base = versions.inBase(key).map(JsonSlot::node);
    Optional<JsonSlot> ours = versions.inOurs(key);
    Optional<JsonSlot> theirs = versions.inTheirs(key);
    if (ours.isPresent() && theirs.isPresent()) {
      JsonPart value = value(base, ours.get().node(), theirs.get().node());
      return Optional.of(new Item(ours.get(), value));
    }
    Optional<Item> only =
        ours.map(slot -> new Item(slot, new Ours(slot.node())))
            .or(() -> theirs.map(slot -> new Item(slot, new Theirs(slot.node()))));
    if (base.isEmpty()) {
      return only;
    }
    // One side deleted it. If the other changed it meanwhile, somebody has to say which counts.
    if (only.isEmpty() || meansTheSame(base, only.get().slot().node())) {
      return Optional.empty();
    }
    return switch (onClash) {
      case OURS -> only.filter(_ -> ours.isPresent());
      case THEIRS -> only.filter(_ -> theirs.isPresent());
      case WAIT_FIELD, WAIT_RECORD -> {
        clashes.here();
        yield Optional.empty();
      }
    };
  }

  private static SequencedMap<String, JsonSlot> members(List<JsonSlot> slots) {
    var members = new LinkedHashMap<String, JsonSlot>();
    slots.forEach(slot -> members.put(slot.name(), slot));
    return members;
  }

  private static boolean meansTheSame(Optional<JsonNode> base, JsonNode side) {
    return base.isPresent() && JsonMeaning.same(base.get(), side);
  }
}
