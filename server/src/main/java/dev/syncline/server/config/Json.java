package dev.syncline.server.config;

import java.util.HexFormat;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes JSON (RFC 8259): the schema, what commands answer to {@code --json}, and log lines need no
 * library for it. Reads none.
 */
public final class Json {

  private static final String INDENT = "  ";

  private Json() {}

  /**
   * On one line.
   *
   * @param value a map, an iterable, text, a number, a truth value or nothing; an {@link Optional}
   *     stands for what it holds; anything else is written as its text
   */
  public static String line(@Nullable Object value) {
    var out = new StringBuilder();
    write(value, Optional.empty(), out);
    return out.toString();
  }

  /** The same, on many lines, for people. Without a line end at the end. */
  public static String pretty(@Nullable Object value) {
    var out = new StringBuilder();
    write(value, Optional.of("\n"), out);
    return out.toString();
  }

  /**
   * @param lineEnd with the indentation of the value; empty for everything on one line
   */
  private static void write(@Nullable Object value, Optional<String> lineEnd, StringBuilder out) {
    switch (value) {
      case null -> out.append("null");
      case Optional<?> optional -> write(optional.orElse(null), lineEnd, out);
      case Map<?, ?> map -> object(map, lineEnd, out);
      case Iterable<?> items -> array(items, lineEnd, out);
      case Double number when !Double.isFinite(number) -> out.append("null");
      case Float number when !Float.isFinite(number) -> out.append("null");
      case Number number -> out.append(number);
      case Boolean truth -> out.append(truth);
      default -> string(value.toString(), out);
    }
  }

  private static void object(Map<?, ?> map, Optional<String> lineEnd, StringBuilder out) {
    Optional<String> inner = lineEnd.map(end -> end + INDENT);
    out.append('{');
    String separator = "";
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      out.append(separator);
      inner.ifPresent(out::append);
      string(String.valueOf(entry.getKey()), out);
      out.append(lineEnd.isPresent() ? ": " : ":");
      write(entry.getValue(), inner, out);
      separator = ",";
    }
    if (!map.isEmpty()) {
      lineEnd.ifPresent(out::append);
    }
    out.append('}');
  }

  private static void array(Iterable<?> items, Optional<String> lineEnd, StringBuilder out) {
    Optional<String> inner = lineEnd.map(end -> end + INDENT);
    out.append('[');
    Iterator<?> rest = items.iterator();
    boolean any = rest.hasNext();
    while (rest.hasNext()) {
      inner.ifPresent(out::append);
      write(rest.next(), inner, out);
      if (rest.hasNext()) {
        out.append(',');
      }
    }
    if (any) {
      lineEnd.ifPresent(out::append);
    }
    out.append(']');
  }

  private static void string(String text, StringBuilder out) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          // The line separators of JavaScript end lines for some readers; half a pair is no UTF-8.
          if (c < ' ' || c == 0x7f || c == '\u2028' || c == '\u2029' || isHalf(text, i)) {
            out.append("\\u").append(HexFormat.of().toHexDigits(c));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }

  private static boolean isHalf(String text, int at) {
    char c = text.charAt(at);
    if (Character.isHighSurrogate(c)) {
      return at + 1 == text.length() || !Character.isLowSurrogate(text.charAt(at + 1));
    }
    return Character.isLowSurrogate(c)
        && (at == 0 || !Character.isHighSurrogate(text.charAt(at - 1)));
  }
}
