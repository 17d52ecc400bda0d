package dev.syncline.core.json;

import dev.syncline.core.model.Sha256;
import java.util.Base64;
import java.util.TreeMap;

/**
 * Compares values by what they mean: space, the order of members, escapes and the way a number is
 * written say nothing.
 */
public final class JsonMeaning {

  /** Longer ones are replaced by their hash: then each value is looked at once, however deep. */
  private static final int LONGEST = 64;

  private JsonMeaning() {}

  public static boolean same(JsonNode one, JsonNode other) {
    return one.hasSameText(other) || (kind(one) == kind(other) && of(one).equals(of(other)));
  }

  /** One short text for all values that mean the same, and for no others. */
  public static String of(JsonNode node) {
    String known = node.document().meanings().get(node.value());
    if (known != null) {
      return known;
    }
    var written = new StringBuilder();
    switch (node.first()) {
      case '{' -> appendObject(node, written);
      case '[' -> appendArray(node, written);
      case '"' -> appendString(JsonText.decoded(node.text()), written);
      case 't', 'f', 'n' -> written.append(node.first());
      default -> written.append('#').append(JsonText.number(node.text()));
    }
    if (written.length() <= LONGEST) {
      return written.toString();
    }
    String meaning = hash(written.toString());
    node.document().meanings().put(node.value(), meaning);
    return meaning;
  }

  private static String hash(String written) {
    // No charset, since each has one replacement for all halves of surrogate pairs.
    byte[] bytes = new byte[2 * written.length()];
    for (int i = 0; i < written.length(); i++) {
      bytes[2 * i] = (byte) (written.charAt(i) >> 8);
      bytes[2 * i + 1] = (byte) written.charAt(i);
    }
    return "@" + Base64.getEncoder().encodeToString(Sha256.of(bytes));
  }

  private static void appendObject(JsonNode node, StringBuilder written) {
    var sorted = new TreeMap<String, JsonNode>();
    for (JsonSlot slot : node.slots()) {
      sorted.put(slot.name(), slot.node());
    }
    written.append('{');
    sorted.forEach((name, value) -> {
      appendString(name, written);
      written.append(of(value)).append(',');
    });
    written.append('}');
  }

  private static void appendArray(JsonNode node, StringBuilder written) {
    written.append('[');
    for (JsonSlot slot : node.slots()) {
      written.append(of(slot.node())).append(',');
    }
    written.append(']');
  }

  /** With its length in front, so that no string can look like something else. */
  private static void appendString(String string, StringBuilder written) {
    written.append('"').append(string.length()).append(':').append(string);
  }

  private static char kind(JsonNode node) {
    char first = node.first();
    return first == '-' || (first >= '0' && first <= '9') ? '#' : first;
  }
}
