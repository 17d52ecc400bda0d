package dev.syncline.core.merge;

/**
 * How a document is laid out, as far as one can tell from its beginning.
 *
 * @param hasLines whether it is broken into lines at all
 * @param lineEnd what ends them
 * @param unit by how much the content of a container is indented
 * @param colon a colon and the space around it
 */
record JsonStyle(boolean hasLines, String lineEnd, String unit, String colon) {

  private static final String USUAL_UNIT = "  ";
  private static final String USUAL_COLON = ": ";

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
        colon(root));
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
    while (end < source.length() && JsonScanner.isSpace(source.charAt(end))) {
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
