package dev.syncline.server.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Named texts, a line each, in the message of a commit: {@code name: "text"}. A quote, a backslash,
 * a control character and half a character are written {@code \\uXXXX}, so that any text comes back
 * as it was. Each text has one form; whoever reads takes names in the order in which they were
 * written.
 */
final class Fields {

  private static final Pattern LINE =
      Pattern.compile("([a-z-]+): \"((?:[^\"\\\\\n]|\\\\u[0-9a-f]{4})*)\"\n");
  private static final Pattern ESCAPE = Pattern.compile("\\\\u([0-9a-f]{4})");

  private final List<Field> fields;

  private record Field(String name, String text) {}

  private Fields(List<Field> fields) {
    this.fields = fields;
  }

  /** Without any. */
  static Fields none() {
    return new Fields(new ArrayList<>());
  }

  /** Those that follow a message's subject; empty if it isn't made of a subject and fields. */
  static Optional<Fields> parse(String message) {
    var fields = new ArrayList<Field>();
    int at = message.indexOf("\n\n") + 2;
    if (at < 2) {
      return Optional.empty();
    }
    for (Matcher line = LINE.matcher(message); at < message.length(); at = line.end()) {
      if (!line.find(at) || line.start() != at) {
        return Optional.empty();
      }
      fields.add(new Field(line.group(1), unescaped(line.group(2))));
    }
    return Optional.of(new Fields(fields));
  }

  Fields add(String name, String text) {
    fields.add(new Field(name, text));
    return this;
  }

  /** A message of this subject. */
  String message(String subject) {
    var message = new StringBuilder(subject).append("\n\n");
    for (Field field : fields) {
      message.append(field.name()).append(": \"").append(escaped(field.text())).append("\"\n");
    }
    return message.toString();
  }

  /** Takes the next text if it has this name. */
  Optional<String> takeIf(String name) {
    return fields.isEmpty() || !fields.getFirst().name().equals(name)
        ? Optional.empty()
        : Optional.of(fields.removeFirst().text());
  }

  /** Takes the next text, which must have this name. */
  String take(String name) {
    return takeIf(name)
        .orElseThrow(
            () -> new IllegalArgumentException("\"" + name + "\" is not where it belongs"));
  }

  private static String escaped(String text) {
    var escaped = new StringBuilder(text.length());
    for (int at = 0; at < text.length(); at++) {
      char c = text.charAt(at);
      boolean isPair =
          Character.isHighSurrogate(c)
              && at + 1 < text.length()
              && Character.isLowSurrogate(text.charAt(at + 1));
      if (isPair) {
        escaped.append(c).append(text.charAt(++at));
      } else if (Character.isISOControl(c) || Character.isSurrogate(c) || c == '"' || c == '\\') {
        escaped.append(String.format("\\u%04x", (int) c));
      } else {
        escaped.append(c);
      }
    }
    return escaped.toString();
  }

  private static String unescaped(String text) {
    return ESCAPE
        .matcher(text)
        .replaceAll(hex ->
            Matcher.quoteReplacement(
                Character.toString((char) Integer.parseInt(hex.group(1), 16))));
  }
}
