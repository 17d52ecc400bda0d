package dev.syncline.core.records;

import dev.syncline.core.json.JsonNode;
import dev.syncline.core.json.JsonSlot;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the fields that differ between two values. Goes into objects, and into lists of the same
 * length that hold objects or lists; any other list is one value.
 */
final class FieldDiff {

  private final List<FieldChange> changes = new ArrayList<>();

  private FieldDiff() {}

  /** In the order of the source, and behind them those that only the target has. */
  static List<FieldChange> between(JsonNode target, JsonNode source, Rule rule) {
    var diff = new FieldDiff();
    diff.value("", target, source, rule);
    return diff.changes;
  }

  private void value(String path, JsonNode old, JsonNode current, Rule rule) {
    if (old.hasSameText(current) || MeaningScanner.same(bytes(old), bytes(current), rule)) {
      return;
    }
    if (old.isObject() && current.isObject()) {
      members(path, old, current, rule);
    } else if (isListOfContainers(old) && isListOfContainers(current) && !rule.isUnordered()) {
      elements(path, old, current, rule);
    } else {
      change(path, Optional.of(old), Optional.of(current));
    }
  }

  private void members(String path, JsonNode old, JsonNode current, Rule rule) {
    Map<String, JsonNode> before = members(old);
    Map<String, JsonNode> now = members(current);
    now.forEach((name, value) -> {
      Rule inside = rule.inside(name);
      Optional<JsonNode> was = Optional.ofNullable(before.get(name));
      if (inside.isIgnored()) {
        return;
      }
      if (was.isPresent()) {
        value(step(path, name), was.get(), value, inside);
      } else {
        change(step(path, name), was, Optional.of(value));
      }
    });
    before.forEach((name, value) -> {
      if (!now.containsKey(name) && !rule.inside(name).isIgnored()) {
        change(step(path, name), Optional.of(value), Optional.empty());
      }
    });
  }

  private void elements(String path, JsonNode old, JsonNode current, Rule rule) {
    List<JsonSlot> before = old.slots();
    List<JsonSlot> now = current.slots();
    if (before.size() != now.size()) {
      change(path, Optional.of(old), Optional.of(current));
      return;
    }
    for (int i = 0; i < now.size(); i++) {
      value(path + "/" + i, before.get(i).node(), now.get(i).node(), rule);
    }
  }

  private void change(String path, Optional<JsonNode> old, Optional<JsonNode> current) {
    changes.add(new FieldChange(path, old.map(JsonNode::text), current.map(JsonNode::text)));
  }

  private static boolean isListOfContainers(JsonNode node) {
    return node.isArray() && node.slots().stream().allMatch(slot -> slot.node().isContainer());
  }

  private static Map<String, JsonNode> members(JsonNode object) {
    var members = new LinkedHashMap<String, JsonNode>();
    object.slots().forEach(slot -> members.put(slot.name(), slot.node()));
    return members;
  }

  private static String step(String path, String name) {
    return path + "/" + name.replace("~", "~0").replace("/", "~1");
  }

  private static byte[] bytes(JsonNode node) {
    return node.text().getBytes(StandardCharsets.UTF_8);
  }
}
