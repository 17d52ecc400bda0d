package dev.syncline.core.merge;

import dev.syncline.core.json.JsonNode;
import dev.syncline.core.json.JsonText;

/**
 * Lays out a value of another document in the style of ours. Strings and numbers stay as written.
 */
final class JsonLayout {

  /** What becomes of the value's lines. */
  enum Lines {
    /** It is on one line where it goes. */
    JOIN,
    /** It keeps its lines, but for how far they are indented. */
    KEEP,
    /** It has none, where ours has. */
    BREAK
  }

  private final StringBuilder out;
  private final JsonStyle style;
  private final Lines lines;
  private final String indent;
  private int depth;

  private JsonLayout(StringBuilder out, JsonStyle style, Lines lines, String indent) {
    this.out = out;
    this.style = style;
    this.lines = lines;
    this.indent = indent;
  }

  /**
   * Appends a value.
   *
   * @param indent of the line that it begins on
   */
  static void append(
      JsonNode node, StringBuilder out, JsonStyle style, Lines lines, String indent) {
    new JsonLayout(out, style, lines, indent).append(node);
  }

  private void append(JsonNode node) {
    String source = node.document().source();
    char before = 0;
    for (int at = node.start(); at < node.end(); ) {
      int token = at;
      while (JsonText.isSpace(source.charAt(token))) {
        token++;
      }
      char next = source.charAt(token);
      boolean closes = next == '}' || next == ']';
      depth -= closes ? 1 : 0;
      appendGap(before, source.substring(at, token), next);
      depth += next == '{' || next == '[' ? 1 : 0;
      at = tokenEnd(source, token, node.end());
      appendToken(source, token, at);
      before = next;
    }
  }

  private void appendToken(String source, int from, int to) {
    if (source.charAt(from) == ':' && lines != Lines.KEEP) {
      out.append(style.colon());
    } else if (source.charAt(from) == '"') {
      out.append(style.string(source.substring(from, to)));
    } else {
      out.append(source, from, to);
    }
  }

  private void appendGap(char before, String space, char next) {
    switch (lines) {
      case JOIN -> out.append(before == ',' ? style.afterComma() : "");
      case KEEP -> appendKept(space);
      case BREAK -> {
        boolean opens = before == '{' || before == '[';
        boolean closes = next == '}' || next == ']';
        if (opens != closes || before == ',') {
          appendLine();
        }
      }
    }
  }

  private void appendKept(String space) {
    int last = space.lastIndexOf('\n');
    if (last < 0) {
      out.append(space);
      return;
    }
    for (int feed = space.indexOf('\n'); feed < last; feed = space.indexOf('\n', feed + 1)) {
      out.append(style.lineEnd());
    }
    appendLine();
  }

  private void appendLine() {
    out.append(style.line(indent));
    out.repeat(style.unit(), depth);
  }

  private static int tokenEnd(String source, int start, int end) {
    char first = source.charAt(start);
    if (first == '"') {
      int at = start + 1;
      while (source.charAt(at) != '"') {
        at += source.charAt(at) == '\\' ? 2 : 1;
      }
      return at + 1;
    }
    int at = start + 1;
    if ("{}[],:".indexOf(first) < 0) {
      while (at < end && "]},: \t\r\n".indexOf(source.charAt(at)) < 0) {
        at++;
      }
    }
    return at;
  }
}
