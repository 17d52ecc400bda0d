package dev.syncline.core.merge;

/**
 * A member of an object or an element of an array, and the space around it up to its commas.
 *
 * @param node the value
 * @param from where the space before it begins
 * @param first the member's name, or the element itself: its number in the document
 * @param to where the space behind it ends
 */
record JsonSlot(JsonNode node, int from, int first, int to) {

  /** The space before it. */
  String lead() {
    return text(from, node.document().start(first));
  }

  /** The member's name as it is written; empty for an element. */
  String nameText() {
    return isMember() ? text(node.document().start(first), node.document().end(first)) : "";
  }

  /** The member's name as it is meant. */
  String name() {
    return JsonText.decoded(nameText());
  }

  /** The colon and the space around it; empty for an element. */
  String colon() {
    return isMember() ? text(node.document().end(first), node.start()) : "";
  }

  /** The space behind it. */
  String trail() {
    return text(node.end(), to);
  }

  private boolean isMember() {
    return first != node.value();
  }

  private String text(int begin, int end) {
    return node.document().source().substring(begin, end);
  }
}
