package dev.syncline.core.json;

/**
 * A member of an object or an element of an array, and the space around it up to its commas.
 *
 * @param value its value's number in the document
 * @param from where the space before it begins
 * @param first the member's name, or the element itself: its number in the document
 * @param to where the space behind it ends
 */
public record JsonSlot(JsonDocument document, int value, int from, int first, int to) {

  public JsonNode node() {
    return new JsonNode(document, value);
  }

  /** The space before it. */
  public String lead() {
    return text(from, document.start(first));
  }

  /** The member's name as it is written; empty for an element. */
  public String nameText() {
    return isMember() ? text(document.start(first), document.end(first)) : "";
  }

  /** The member's name as it is meant. */
  public String name() {
    return JsonText.decoded(nameText());
  }

  /** The colon and the space around it; empty for an element. */
  public String colon() {
    return isMember() ? text(document.end(first), document.start(value)) : "";
  }

  /** The space behind it. */
  public String trail() {
    return text(document.end(value), to);
  }

  private boolean isMember() {
    return first != value;
  }

  private String text(int begin, int end) {
    return document.source().substring(begin, end);
  }
}
