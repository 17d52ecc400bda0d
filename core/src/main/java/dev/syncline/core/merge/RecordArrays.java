package dev.syncline.core.merge;

import dev.syncline.core.json.JsonMeaning;
import dev.syncline.core.json.JsonNode;
import dev.syncline.core.json.JsonSlot;
import dev.syncline.core.merge.JsonPart.Item;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * Arrays in files of records. The outermost may hold the records, told apart by a field; any other
 * is one value, of which as much as can be stays as ours has it.
 *
 * @param field what tells records apart; empty if they are members of an object
 */
record RecordArrays(Optional<String> field) implements JsonArrays {

  @Override
  public JsonPart merge(
      JsonFields fields, Optional<JsonNode> base, JsonNode ours, JsonNode theirs) {
    return fields.isAtRoot() && field.isPresent()
        ? records(fields, base, ours, theirs)
        : fields.clash(ours, theirs);
  }

  @Override
  public JsonPart replace(JsonFields fields, JsonNode ours, JsonNode theirs) {
    return fields.isAtRoot() && field.isPresent()
        ? records(fields, Optional.of(ours), ours, theirs)
        : elements(fields, ours, theirs);
  }

  private JsonPart records(
      JsonFields fields, Optional<JsonNode> base, JsonNode ours, JsonNode theirs) {
    Optional<SequencedMap<String, JsonSlot>> inBase =
        base.map(this::byId).orElseGet(() -> Optional.of(new LinkedHashMap<>()));
    Optional<SequencedMap<String, JsonSlot>> inOurs = byId(ours);
    Optional<SequencedMap<String, JsonSlot>> inTheirs = byId(theirs);
    if (inBase.isEmpty() || inOurs.isEmpty() || inTheirs.isEmpty()) {
      return fields.refuse(ours);
    }
    var versions = new JsonVersions<>(inBase.get(), inOurs.get(), inTheirs.get());
    int all = versions.base().size() + versions.ours().size() + versions.theirs().size();
    return fields.mayHold(2 * all)
        ? fields.container(ours, versions, id -> id)
        : fields.refuse(ours);
  }

  /** Empty if a record has no id, or two have the same. */
  private Optional<SequencedMap<String, JsonSlot>> byId(JsonNode array) {
    var records = new LinkedHashMap<String, JsonSlot>();
    for (JsonSlot slot : array.slots()) {
      Optional<String> id = id(slot.node());
      if (id.isEmpty() || records.put(id.get(), slot) != null) {
        return Optional.empty();
      }
    }
    return Optional.of(records);
  }

  private Optional<String> id(JsonNode element) {
    return element.slots().stream()
        .filter(slot -> element.isObject() && slot.name().equals(field.orElse("")))
        .map(slot -> JsonMeaning.of(slot.node()))
        .findFirst();
  }

  /** Element by element between what is the same at both ends. */
  private static JsonPart elements(JsonFields fields, JsonNode ours, JsonNode theirs) {
    List<JsonSlot> mine = ours.slots();
    List<JsonSlot> its = theirs.slots();
    if (!fields.mayHold(mine.size() + its.size())) {
      return fields.refuse(ours);
    }
    int least = Math.min(mine.size(), its.size());
    int head = 0;
    while (head < least && isSame(mine.get(head), its.get(head))) {
      head++;
    }
    int tail = 0;
    while (tail < least - head
        && isSame(mine.get(mine.size() - 1 - tail), its.get(its.size() - 1 - tail))) {
      tail++;
    }
    var items = new ArrayList<Item>();
    for (int at = 0; at < its.size(); at++) {
      boolean isTail = at >= its.size() - tail;
      int place = isTail ? at - its.size() + mine.size() : at;
      JsonSlot there = its.get(at);
      if (isTail || place < mine.size() - tail) {
        JsonSlot here = mine.get(place);
        items.add(
            new Item(here, fields.value(Optional.of(here.node()), here.node(), there.node())));
      } else {
        items.add(new Item(there, new JsonPart.Theirs(there.node())));
      }
    }
    return new JsonPart.Merged(ours, items);
  }

  private static boolean isSame(JsonSlot one, JsonSlot other) {
    return JsonMeaning.same(one.node(), other.node());
  }
}
