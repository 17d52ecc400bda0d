package dev.syncline.core.merge;

import dev.syncline.core.json.JsonMeaning;
import dev.syncline.core.json.JsonNode;
import dev.syncline.core.json.JsonSlot;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * Merges two changes of a JSON document as {@link JsonMerge} does, and arrays as sets: what either
 * side added is kept, nothing is added twice, what either side deleted is gone. Arrays of more than
 * some hundred thousand elements clash. Immutable; callable from any thread.
 */
public final class JsonUnion {

  private final Optional<String> member;

  private JsonUnion(Optional<String> member) {
    this.member = member;
  }

  /** Elements are the same if their values are. */
  public static JsonUnion byValue() {
    return new JsonUnion(Optional.empty());
  }

  /**
   * Elements are the same if they are objects with the same value of a member, such as {@code id},
   * and then are merged by field; others as {@link #byValue} says. Where one version has two
   * elements with the same value of it, changes of both sides clash.
   */
  public static JsonUnion byMember(String member) {
    return new JsonUnion(Optional.of(member));
  }

  /**
   * Merges.
   *
   * @param base empty if both sides added the file: then two objects, or two arrays, are merged as
   *     if it had been an empty one
   */
  public JsonOutcome merge(Optional<byte[]> base, byte[] ours, byte[] theirs) {
    return JsonThreeWay.merge(base, ours, theirs, this::array);
  }

  /**
   * What makes an element the same in all versions.
   *
   * @param meaning of the element, or of the member that names it
   * @param place how many with this meaning are before it
   */
  private record Identity(Named named, String meaning, int place) {
    enum Named {
      BY_VALUE,
      BY_MEMBER
    }

    boolean isAmbiguous() {
      return named == Named.BY_MEMBER && place > 0;
    }
  }

  private JsonPart array(
      JsonFields fields, Optional<JsonNode> base, JsonNode ours, JsonNode theirs) {
    List<JsonSlot> inBase = base.map(JsonNode::slots).orElseGet(List::of);
    List<JsonSlot> inOurs = ours.slots();
    List<JsonSlot> inTheirs = theirs.slots();
    // What makes an element the same takes as much again as a member.
    if (!fields.mayHold(2 * (inBase.size() + inOurs.size() + inTheirs.size()))) {
      return fields.refuse(ours);
    }
    var versions = new JsonVersions<>(elements(inBase), elements(inOurs), elements(inTheirs));
    if (isAmbiguous(versions.base())
        || isAmbiguous(versions.ours())
        || isAmbiguous(versions.theirs())) {
      return fields.refuse(ours);
    }
    versions.theirs().keySet().removeIf(element -> isRepeatedByTheirs(element, versions));
    return fields.container(
        ours,
        versions,
        element ->
            versions
                .inOurs(element)
                .map(inOurs::indexOf)
                .or(() -> versions.inTheirs(element).map(inTheirs::indexOf))
                .map(index -> Integer.toString(index))
                .orElse(""));
  }

  private SequencedMap<Identity, JsonSlot> elements(List<JsonSlot> slots) {
    var elements = new LinkedHashMap<Identity, JsonSlot>();
    var places = new HashMap<Identity, Integer>();
    for (JsonSlot slot : slots) {
      Identity first = identity(slot.node());
      int place = places.merge(first, 1, Integer::sum) - 1;
      elements.put(new Identity(first.named(), first.meaning(), place), slot);
    }
    return elements;
  }

  private Identity identity(JsonNode element) {
    return member
        .flatMap(name -> member(element, name))
        .map(value -> new Identity(Identity.Named.BY_MEMBER, JsonMeaning.of(value), 0))
        .orElseGet(() -> new Identity(Identity.Named.BY_VALUE, JsonMeaning.of(element), 0));
  }

  private static Optional<JsonNode> member(JsonNode element, String name) {
    if (!element.isObject()) {
      return Optional.empty();
    }
    return element.slots().stream()
        .filter(slot -> slot.name().equals(name))
        .map(JsonSlot::node)
        .findFirst();
  }

  private static boolean isAmbiguous(Map<Identity, JsonSlot> elements) {
    return elements.keySet().stream().anyMatch(Identity::isAmbiguous);
  }

  /** Whether theirs newly has once more what it has already. */
  private static boolean isRepeatedByTheirs(Identity element, JsonVersions<Identity> versions) {
    return element.place() > 0
        && !versions.ours().containsKey(element)
        && !versions.base().containsKey(element);
  }
}
