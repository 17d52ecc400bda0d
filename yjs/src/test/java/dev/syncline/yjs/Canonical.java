package dev.syncline.yjs;

import java.util.TreeMap;
import java.util.stream.Collectors;

/** Data as JSON, with the keys of objects in order: as the peer prints it. */
final class Canonical {

  private Canonical() {}

  static String json(YAny value) {
    return switch (value) {
      case YAny.Undefined() -> "undefined";
      case YAny.Null() -> "null";
      case YAny.Bool(boolean is) -> Boolean.toString(is);
      case YAny.Num(double number) ->
          number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
      case YAny.BigInt(long number) -> Long.toString(number);
      case YAny.Text(String text) -> quoted(text);
      case YAny.Bytes bytes -> "bytes";
      case YAny.Items items ->
          items.values().stream().map(Canonical::json).collect(Collectors.joining(",", "[", "]"));
      case YAny.Fields fields ->
          new TreeMap<>(fields.values())
              .entrySet().stream()
                  .map(field -> quoted(field.getKey()) + ":" + json(field.getValue()))
                  .collect(Collectors.joining(",", "{", "}"));
    };
  }

  static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
