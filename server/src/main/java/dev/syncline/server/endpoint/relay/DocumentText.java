package dev.syncline.server.endpoint.relay;

import dev.syncline.server.config.Json;
import dev.syncline.yjs.YAny;
import dev.syncline.yjs.YDoc;
import dev.syncline.yjs.YMap;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Documents as the bytes of a file. They are the same whenever the document holds the same, however
 * its updates are written.
 */
final class DocumentText {

  private static final String CONTENTS = "contents";
  private static final String NODES = "nodes";
  private static final String EDGES = "edges";
  private static final double EXACT = 1L << 53;

  private DocumentText() {}

  /** A note's text; empty if nobody has uploaded it yet, which is not an empty note. */
  static Optional<byte[]> note(YDoc document) {
    return document.roots().contains(CONTENTS)
        ? Optional.of(document.text(CONTENTS).toString().getBytes(StandardCharsets.UTF_8))
        : Optional.empty();
  }

  /**
   * A canvas in the form of JSON Canvas, with nodes and edges in the order of their ids and fields
   * in that of their names; empty if nobody has uploaded it yet.
   *
   * @see <a href="https://jsoncanvas.org/spec/1.0">JSON Canvas 1.0</a>
   */
  static Optional<byte[]> canvas(YDoc document) {
    Set<String> roots = Set.copyOf(document.roots());
    if (!roots.contains(NODES) && !roots.contains(EDGES)) {
      return Optional.empty();
    }
    Map<String, Object> nodes = objects(document.map(NODES));
    nodes.replaceAll((id, node) -> {
      // What people type into a node is a text of its own, named by the node.
      String typed = roots.contains(id) ? document.text(id).toString() : "";
      return typed.isEmpty() ? node : withText(node, typed);
    });
    Map<String, Object> edges = objects(document.map(EDGES));
    return Optional.of(
        bytes(Map.of(NODES, List.copyOf(nodes.values()), EDGES, List.copyOf(edges.values()))));
  }

  /**
   * The same for a canvas that somebody else wrote; empty if it is none.
   *
   * @param json of any order, and with numbers of any form
   */
  static Optional<byte[]> canonicalCanvas(byte[] json) {
    JsonNode canvas;
    try {
      canvas = JsonMapper.shared().readTree(json);
    } catch (JacksonException e) {
      return Optional.empty();
    }
    if (!(plain(canvas) instanceof Map<?, ?> fields)) {
      return Optional.empty();
    }
    var sorted = new TreeMap<String, @Nullable Object>();
    fields.forEach((name, value) -> sorted.put(String.valueOf(name), value));
    for (String part : List.of(NODES, EDGES)) {
      if (sorted.get(part) instanceof List<?> items) {
        sorted.put(part, items.stream().sorted(Comparator.comparing(DocumentText::id)).toList());
      }
    }
    return Optional.of(bytes(sorted));
  }

  private static byte[] bytes(Map<String, ?> canvas) {
    return Json.pretty(new TreeMap<>(canvas)).getBytes(StandardCharsets.UTF_8);
  }

  /** The objects of a map, by their keys. */
  private static Map<String, Object> objects(YMap map) {
    var objects = new TreeMap<String, Object>();
    map.values()
        .forEach((id, value) -> {
          if (plain(value.toAny()) instanceof Map<?, ?> fields) {
            objects.put(id, fields);
          }
        });
    return objects;
  }

  private static Object withText(Object node, String text) {
    var fields = new TreeMap<String, @Nullable Object>();
    ((Map<?, ?>) node).forEach((name, value) -> fields.put(String.valueOf(name), value));
    fields.put("text", text);
    return fields;
  }

  private static String id(@Nullable Object item) {
    return item instanceof Map<?, ?> fields ? String.valueOf(fields.get("id")) : "";
  }

  private static @Nullable Object plain(YAny value) {
    return switch (value) {
      case YAny.Undefined() -> null;
      case YAny.Null() -> null;
      case YAny.Bool(boolean is) -> is;
      case YAny.Num(double number) -> number(number);
      case YAny.BigInt(long number) -> number;
      case YAny.Text(String text) -> text;
      case YAny.Bytes _ -> null;
      case YAny.Items(List<YAny> items) -> {
        var list = new ArrayList<@Nullable Object>();
        items.forEach(item -> list.add(plain(item)));
        yield list;
      }
      case YAny.Fields(Map<String, YAny> fields) -> {
        var map = new TreeMap<String, @Nullable Object>();
        fields.forEach((name, field) -> map.put(name, plain(field)));
        yield map;
      }
    };
  }

  private static @Nullable Object plain(JsonNode node) {
    return switch (node.getNodeType()) {
      case OBJECT -> {
        var map = new TreeMap<String, @Nullable Object>();
        node.properties().forEach(field -> map.put(field.getKey(), plain(field.getValue())));
        yield map;
      }
      case ARRAY -> {
        var list = new ArrayList<@Nullable Object>();
        node.forEach(item -> list.add(plain(item)));
        yield list;
      }
      case NUMBER -> number(node.asDouble());
      case BOOLEAN -> node.asBoolean();
      case STRING -> node.asString();
      default -> null;
    };
  }

  /** Whole numbers are written as such. */
  private static Object number(double number) {
    return number == Math.rint(number) && Math.abs(number) < EXACT
        ? (Object) (long) number
        : (Object) number;
  }
}
