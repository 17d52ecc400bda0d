package dev.syncline.core.merge;

import dev.syncline.core.json.JsonDocument;
import dev.syncline.core.json.JsonNode;
import dev.syncline.core.json.JsonText;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * How a document is laid out, as far as one can tell from its beginning.
 *
 * @param hasLines whether it is broken into lines at all
 * @param lineEnd what ends them
 * @param unit by how much the content of a container is indented
 * @param colon a colon and the space around it
 * @param letters how those are written that ASCII lacks
 */
record JsonStyle(boolean hasLines, String lineEnd, String unit, String colon, Letters letters) {

  /** How letters that ASCII lacks are written. */
  enum Letters {
    AS_THEY_ARE,
    ESCAPED
  }

  private static final String USUAL_UNIT = "  ";
  private static final String USUAL_COLON = ": ";

  /** Above ASCII, and no escaped backslash in front of a {@code u}. */
  private static final Pattern ESCAPED_LETTER =
      Pattern.compile("(?<!\\\\)(?:\\\\\\\\)*\\\\u(?!00[0-7])");

  static JsonStyle of(JsonDocument document) {
    JsonNode root = document.root();
    String source = document.source();
    int feed = source.indexOf('\n', root.start());
    boolean hasLines = feed >= 0 && feed < root.end();
    int anyFeed = source.indexOf('\n');
    boolean carriageReturn = anyFeed > 0 && source.charAt(anyFeed - 1) == '\r';
    return new JsonStyle(
        hasLines,
        carriageReturn ? "\r\n" : "\n",
        hasLines ? unit(source, feed) : USUAL_UNIT,
        colon(root),
        letters(source));
  }

  /** A string as this document writes it, from quote to quote. */
  String string(String written) {
    if (letters == Letters.AS_THEY_ARE || isAscii(written)) {
      return written;
    }
    var escaped = new StringBuilder();
    for (int at = 0; at < written.length(); at++) {
      char c = written.charAt(at);
      if (c < 0x80) {
        escaped.append(c);
      } else {
        escaped.append("\\u").append(HexFormat.of().toHexDigits(c));
      }
    }
    return escaped.toString();
  }

  private static Letters letters(String source) {
    return ESCAPED_LETTER.matcher(source).find() && isAscii(source)
        ? Letters.ESCAPED
        : Letters.AS_THEY_ARE;
  }

  private static boolean isAscii(String text) {
    return text.chars().allMatch(c -> c < 0x80);
  }

  /** Between a comma and what follows it on the same line. */
  String afterComma() {
    return colon.endsWith(" ") ? " " : "";
  }

  String line(String indent) {
    return lineEnd + indent;
  }

  /** The space of the first line that is not the first. */
  private static String unit(String source, int feed) {
    int start = feed + 1;
    int end = start;
    while (end < source.length() && JsonText.isSpace(source.charAt(end))) {
      if (source.charAt(end) == '\n') {
        start = end + 1;
      }
      end++;
    }
    String space = source.substring(start, end);
    boolean closes = end < source.length() && "]}".indexOf(source.charAt(end)) >= 0;
    return closes ? USUAL_UNIT : space;
  }

  /** As in the first object that has a member. */
  private static String colon(JsonNode root) {
    JsonDocument document = root.document();
    int values = document.next(root.value());
    for (int value = root.value(); value < values; value++) {
      var node = new JsonNode(document, value);
      if (node.isObject() && document.next(value) > value + 1) {
        String colon = node.slots().getFirst().colon();
        return colon.indexOf('\n') < 0 ? colon : USUAL_COLON;
      }
    }
    return USUAL_COLON;
  }
}
