package dev.syncline.server.endpoint.relay;

import dev.syncline.server.config.Json;
import dev.syncline.yjs.YAny;
import dev.syncline.yjs.YDoc;
import dev.syncline.yjs.YValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Documents as the bytes of a file. They are the same whenever the document holds the same, however
 * its updates are written.
 */
final class DocumentText {

  private static final String CONTENTS = "contents";
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
    List<String> roots = document.roots();
    if (!roots.contains("nodes") && !roots.contains("edges")) {
      return Optional.empty();
    }
    var nodes = new ArrayList<Object>();
    document
        .map("nodes")
        .values()
        .forEach((id, value) -> {
          if (plain(value) instanceof Map<?, ?> fields) {
            var node = new TreeMap<String, @Nullable Object>();
            fields.forEach((name, field) -> node.put(String.valueOf(name), field));
            // What people type into a node is a text of its own, named by the node.
            String typed = roots.contains(id) ? document.text(id).toString() : "";
            if (!typed.isEmpty()) {
              node.put("text", typed);
            }
            nodes.add(node);
          }
        });
    var edges = new ArrayList<Object>();
    document
        .map("edges")
        .values()
        .forEach((id, value) -> {
          if (plain(value) instanceof Map<?, ?> fields) {
            edges.add(fields);
          }
        });
    var canvas = new TreeMap<String, Object>(Map.of("edges", edges, "nodes", nodes));
    return Optional.of(Json.pretty(canvas).getBytes(StandardCharsets.UTF_8));
  }

  private static @Nullable Object plain(YValue value) {
    return switch (value.toAny()) {
      case YAny.Undefined() -> null;
      case YAny.Null() -> null;
      case YAny.Bool(boolean is) -> is;
      case YAny.Num(double number) -> number(number);
      case YAny.BigInt(long number) -> number;
      case YAny.Text(String text) -> text;
      case YAny.Bytes bytes -> null;
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

  /** Whole numbers are written as such. */
  private static Object number(double number) {
    return number == Math.rint(number) && Math.abs(number) < EXACT
        ? (Object) (long) number
        : (Object) number;
  }
}
