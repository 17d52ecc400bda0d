package dev.syncline.server.cli.reference;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Makes records, changes some, and writes them in any way that JSON allows. */
final class RandomRecords {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final List<String> TEXTS =
      List.of("", "a", "b", "1", "é", "😀", "~/", "\"\\\n", "\u2028", "true", "x".repeat(70));
  private static final List<String> NUMBERS =
      List.of("0", "1", "-1", "10", "1.5", "100", "1e20", "123456789012345678901234567890", "1e-7");

  private final Random random;

  RandomRecords(Random random) {
    this.random = random;
  }

  ObjectNode records(int count) {
    ObjectNode records = NODES.objectNode();
    for (int i = 0; i < count; i++) {
      records.set("k" + random.nextInt(2 * count), record());
    }
    return records;
  }

  /** Some are gone, new, different or elsewhere. */
  ObjectNode changed(ObjectNode records) {
    var names = new ArrayList<>(records.propertyNames());
    if (random.nextInt(3) == 0) {
      Collections.shuffle(names, random);
    }
    ObjectNode changed = NODES.objectNode();
    for (String name : names) {
      switch (random.nextInt(6)) {
        case 0 -> changed.set("n" + random.nextInt(100), record());
        case 1 -> changed.set(name, mutated(records.path(name), 3));
        case 2 -> {} // gone
        default -> changed.set(name, records.path(name));
      }
    }
    return changed;
  }

  String written(JsonNode value) {
    var out = new StringBuilder();
    space(out);
    write(value, out);
    space(out);
    return out.toString();
  }

  private JsonNode record() {
    return random.nextInt(10) == 0 ? value(2) : object(3);
  }

  private JsonNode value(int depth) {
    return switch (random.nextInt(depth > 0 ? 8 : 6)) {
      case 0 -> NODES.booleanNode(random.nextBoolean());
      case 1 -> NODES.nullNode();
      case 2, 3 -> NODES.numberNode(new BigDecimal(pick(NUMBERS)));
      case 4, 5 -> NODES.stringNode(pick(TEXTS));
      case 6 -> array(depth - 1);
      default -> object(depth - 1);
    };
  }

  private ObjectNode object(int depth) {
    ObjectNode object = NODES.objectNode();
    int count = random.nextInt(20) == 0 ? 50 : random.nextInt(5);
    for (int i = 0; i < count; i++) {
      object.set(random.nextInt(8) == 0 ? pick(TEXTS) : "f" + random.nextInt(count), value(depth));
    }
    return object;
  }

  private ArrayNode array(int depth) {
    ArrayNode array = NODES.arrayNode();
    for (int i = random.nextInt(4); i > 0; i--) {
      array.add(value(depth));
    }
    return array;
  }

  private JsonNode mutated(JsonNode value, int depth) {
    if (value instanceof ObjectNode object && random.nextInt(5) > 0) {
      ObjectNode copy = object.deepCopy();
      for (String name : object.propertyNames()) {
        switch (random.nextInt(4)) {
          case 0 -> copy.set(name, mutated(object.path(name), depth - 1));
          case 1 -> copy.remove(name);
          default -> {} // stays
        }
      }
      return copy;
    }
    if (value instanceof ArrayNode array && !array.isEmpty() && random.nextInt(3) > 0) {
      ArrayNode copy = array.deepCopy();
      int at = random.nextInt(copy.size());
      copy.set(at, mutated(copy.path(at), depth - 1));
      return copy;
    }
    return value(Math.max(depth, 0));
  }

  private void write(JsonNode value, StringBuilder out) {
    switch (value) {
      case ObjectNode object -> {
        out.append('{');
        String comma = "";
        for (String name : object.propertyNames()) {
          if (random.nextInt(30) == 0) {
            // It is said again behind, and that counts.
            out.append(comma);
            member(name, value(1), out);
            comma = ",";
          }
          out.append(comma);
          member(name, object.path(name), out);
          comma = ",";
        }
        space(out);
        out.append('}');
      }
      case ArrayNode array -> {
        out.append('[');
        String comma = "";
        for (JsonNode element : array) {
          out.append(comma);
          space(out);
          write(element, out);
          space(out);
          comma = ",";
        }
        space(out);
        out.append(']');
      }
      default -> {
        if (value.isString()) {
          string(value.stringValue(), out);
        } else if (value.isNumber()) {
          number(value.decimalValue(), out);
        } else {
          out.append(value);
        }
      }
    }
  }

  private void member(String name, JsonNode value, StringBuilder out) {
    space(out);
    string(name, out);
    space(out);
    out.append(':');
    space(out);
    write(value, out);
    space(out);
  }

  private void string(String text, StringBuilder out) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      // Halves of a pair must be written in one way.
      boolean must = c < ' ' || c == '"' || c == '\\';
      if (must || (!Character.isSurrogate(c) && random.nextInt(6) == 0)) {
        out.append(
            random.nextBoolean() ? "\\u%04x".formatted((int) c) : "\\u%04X".formatted((int) c));
      } else {
        out.append(c);
      }
    }
    out.append('"');
  }

  private void number(BigDecimal number, StringBuilder out) {
    out.append(
        switch (random.nextInt(4)) {
          case 0 -> number.toPlainString();
          case 1 -> number.unscaledValue() + "e" + -number.scale();
          case 2 -> number.setScale(Math.max(number.scale(), 0) + 2).toPlainString();
          default -> number.toString();
        });
  }

  private void space(StringBuilder out) {
    switch (random.nextInt(12)) {
      case 0 -> out.append("\r\n\t");
      case 1 -> out.append("\n    ");
      case 2 -> out.append(' ');
      default -> {} // none
    }
  }

  private <T> T pick(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }
}
