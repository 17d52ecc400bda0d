package dev.syncline.server.endpoint.jsonapi;

import dev.syncline.core.json.JsonMeaning;
import dev.syncline.core.json.JsonNode;
import dev.syncline.core.json.JsonSlot;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** Whether a JSON value is a set of records, and which. */
sealed interface Records {

  /** It is. */
  record Found(Set<String> ids) implements Records {}

  /**
   * It is not.
   *
   * @param reason why, as the end of a sentence that begins with what sent it
   */
  record Wrong(String reason) implements Records {}

  /**
   * Looks at a value.
   *
   * @param id the field that tells the objects of an array apart; empty if they are members
   */
  static Records in(JsonNode value, Optional<String> id) {
    if (id.isEmpty() ? !value.isObject() : !value.isArray()) {
      return new Wrong(
          id.isEmpty()
              ? "sends no object of records by name; if it sends an array, set `id` to the field"
                  + " that tells its records apart"
              : "sends no array of records; if it sends an object of records by name, take `id`"
                  + " out");
    }
    var ids = new LinkedHashSet<String>();
    for (JsonSlot slot : value.slots()) {
      Optional<String> its = slot.node().isObject() ? name(slot, id) : Optional.empty();
      if (its.isEmpty()) {
        return new Wrong(
            "sends `"
                + shortened(slot.name().isEmpty() ? slot.node().text() : slot.name())
                + "`, which is no record"
                + id.map(field -> " with a field `" + field + "`").orElse(""));
      }
      if (!ids.add(its.get())) {
        return new Wrong("sends two records that are called " + shortened(its.get()));
      }
    }
    return new Found(ids);
  }

  private static Optional<String> name(JsonSlot slot, Optional<String> id) {
    return id.isEmpty()
        ? Optional.of(slot.name())
        : slot.node().slots().stream()
            .filter(field -> field.name().equals(id.get()))
            .map(field -> JsonMeaning.of(field.node()))
            .findFirst();
  }

  private static String shortened(String text) {
    return text.length() > 60 ? text.substring(0, 60) + "\u2026" : text;
  }
}
