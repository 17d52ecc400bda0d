package dev.syncline.server.endpoint.jsonapi;

import dev.syncline.core.json.JsonNode;
import dev.syncline.core.json.JsonSlot;
import dev.syncline.core.json.JsonText;
import java.util.List;
import java.util.Optional;

/** Finds values by JSON Pointers (RFC 6901). */
final class Pointer {

  private Pointer() {}

  /** The value; empty if there is none. */
  static Optional<JsonNode> find(JsonNode root, String pointer) {
    Optional<JsonNode> found = Optional.of(root);
    for (String step : pointer.split("/", -1)) {
      // What is before the first slash is empty, and so is the pointer to the whole.
      found = step.equals(pointer) || step.isEmpty() ? found : found.flatMap(it -> in(it, step));
    }
    return found;
  }

  /** What a text or a number says; empty for anything else and for empty text. */
  static Optional<String> scalar(JsonNode root, String pointer) {
    return find(root, pointer)
        .filter(node -> !node.isContainer() && "tfn".indexOf(node.first()) < 0)
        .map(node -> node.first() == '"' ? JsonText.decoded(node.text()) : node.text())
        .filter(text -> !text.isEmpty());
  }

  private static Optional<JsonNode> in(JsonNode node, String step) {
    String name = step.replace("~1", "/").replace("~0", "~");
    List<JsonSlot> slots = node.slots();
    if (node.isObject()) {
      return slots.stream()
          .filter(slot -> slot.name().equals(name))
          .map(JsonSlot::node)
          .findFirst();
    }
    return name.matches("0|[1-9][0-9]{0,8}") && Integer.parseInt(name) < slots.size()
        ? Optional.of(slots.get(Integer.parseInt(name)).node())
        : Optional.empty();
  }
}
