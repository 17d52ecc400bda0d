package dev.syncline.server.endpoint.jsonapi.horde;

import dev.syncline.core.json.JsonNode;
import dev.syncline.core.json.JsonReader;
import dev.syncline.core.json.JsonReading;
import dev.syncline.core.json.JsonText;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * Writes JSON to the letter as Python's {@code json.dumps} does: ASCII only, floating-point numbers
 * in their shortest form. Values are texts, integers, truth values, null, maps, lists, and JSON
 * that was read.
 */
final class PythonJson {

  private static final int FIRST_EXPONENT = 16;
  private static final int LEAST_FIXED = -4;

  private final StringBuilder out = new StringBuilder();
  private final String indent;

  private PythonJson(String indent) {
    this.indent = indent;
  }

  /** With {@code indent=4}. */
  static String indented(Object value) {
    return new PythonJson("    ").written(value);
  }

  /** On one line. */
  static String line(Object value) {
    return new PythonJson("").written(value);
  }

  /**
   * JSON that Python would read.
   *
   * @throws IllegalArgumentException if it is none
   */
  static JsonNode read(String json) {
    return switch (JsonReader.read(json.getBytes(StandardCharsets.UTF_8))) {
      case JsonReading.Read(var document) -> document.root();
      case JsonReading.Refused(String reason) ->
          throw new IllegalArgumentException("it is no JSON: " + reason);
    };
  }

  private String written(Object value) {
    write(value, "\n");
    return out.toString();
  }

  private void write(Object value, String line) {
    switch (value) {
      case String text -> string(text);
      case JsonNode node -> node(node, line);
      case Map<?, ?> map ->
          all(
              '{',
              map.entrySet().stream()
                  .<Runnable>map(it -> () -> member(it.getKey().toString(), it.getValue(), line))
                  .toList(),
              '}',
              line);
      case List<?> list ->
          all(
              '[',
              list.stream().<Runnable>map(it -> () -> write(it, line + indent)).toList(),
              ']',
              line);
      default -> out.append(value);
    }
  }

  private void node(JsonNode node, String line) {
    switch (node.first()) {
      case '{' ->
          all(
              '{',
              node.slots().stream()
                  .<Runnable>map(it -> () -> member(it.name(), it.node(), line))
                  .toList(),
              '}',
              line);
      case '[' ->
          all(
              '[',
              node.slots().stream()
                  .<Runnable>map(it -> () -> write(it.node(), line + indent))
                  .toList(),
              ']',
              line);
      case '"' -> string(JsonText.decoded(node.text()));
      case 't', 'f', 'n' -> out.append(node.text());
      default -> out.append(number(node.text()));
    }
  }

  private void member(String name, Object value, String line) {
    string(name);
    out.append(": ");
    write(value, line + indent);
  }

  private void all(char open, List<Runnable> items, char close, String line) {
    out.append(open);
    for (int at = 0; at < items.size(); at++) {
      out.append(at == 0 ? "" : indent.isEmpty() ? ", " : ",");
      out.append(indent.isEmpty() ? "" : line + indent);
      items.get(at).run();
    }
    out.append(indent.isEmpty() || items.isEmpty() ? "" : line).append(close);
  }

  private void string(String text) {
    out.append('"');
    for (int at = 0; at < text.length(); at++) {
      char c = text.charAt(at);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        case '\b' -> out.append("\\b");
        case '\f' -> out.append("\\f");
        default -> {
          if (c < ' ' || c > '~' + 1) {
            out.append("\\u").append(HexFormat.of().toHexDigits(c));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }

  /** A number as Python writes what it read. */
  static String number(String json) {
    if (json.matches("-?[0-9]+")) {
      return new BigInteger(json).toString();
    }
    return number(Double.parseDouble(json));
  }

  /** {@code repr(float)}. */
  static String number(double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("a number is too large");
    }
    if (value == 0) {
      return 1 / value < 0 ? "-0.0" : "0.0";
    }
    BigDecimal shortest = shortest(Math.abs(value));
    String digits = shortest.unscaledValue().toString();
    int exponent = digits.length() - shortest.scale() - 1;
    String text;
    if (exponent >= LEAST_FIXED && exponent < FIRST_EXPONENT) {
      text = shortest.toPlainString();
      text = text.indexOf('.') < 0 ? text + ".0" : text;
    } else {
      String mantissa =
          digits.length() == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
      String power = Integer.toString(Math.abs(exponent));
      text = mantissa + (exponent < 0 ? "e-" : "e+") + (power.length() == 1 ? "0" : "") + power;
    }
    return value < 0 ? "-" + text : text;
  }

  /** Java gives two digits at least, even where one says the same. */
  private static BigDecimal shortest(double value) {
    var java = new BigDecimal(Double.toString(value)).stripTrailingZeros();
    BigDecimal one = java.round(new MathContext(1));
    return one.doubleValue() == value ? one.stripTrailingZeros() : java;
  }
}
