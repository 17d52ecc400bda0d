package dev.syncline.core.json;

import java.util.ArrayList;
import java.util.List;

/** One value where it stands in its document, with all that is written in and around it. */
public record JsonNode(JsonDocument document, int value) {

  public boolean isObject() {
    return first() == '{';
  }

  public boolean isArray() {
    return first() == '[';
  }

  public boolean isContainer() {
    return isObject() || isArray();
  }

  public char first() {
    return document.source().charAt(start());
  }

  public int start() {
    return document.start(value);
  }

  public int end() {
    return document.end(value);
  }

  public int length() {
    return end() - start();
  }

  public String text() {
    return document.source().substring(start(), end());
  }

  public boolean hasSameText(JsonNode other) {
    return length() == other.length()
        && document
            .source()
            .regionMatches(start(), other.document.source(), other.start(), length());
  }

  /** What is in a container, in order; nothing is in a scalar. */
  public List<JsonSlot> slots() {
    var slots = new ArrayList<JsonSlot>();
    int at = start() + 1;
    int slotEnd = document.next(value);
    for (int child = value + 1; child < slotEnd; ) {
      int held = isObject() ? child + 1 : child;
      int after = document.next(held);
      boolean last = after == slotEnd;
      int to = last ? end() - 1 : comma(document.end(held));
      slots.add(new JsonSlot(document, held, at, child, to));
      at = to + 1;
      child = after;
    }
    return slots;
  }

  private int comma(int from) {
    return document.source().indexOf(',', from);
  }
}
