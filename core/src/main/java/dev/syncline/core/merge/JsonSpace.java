package dev.syncline.core.merge;

import dev.syncline.core.json.JsonSlot;
import java.util.List;

/**
 * The space in one container of ours: what stood at its ends stays at its ends, and what is new
 * gets the same as its neighbours.
 *
 * @param before what was in it
 * @param first in front of the first item
 * @param next in front of a new one that isn't the first
 * @param last behind the last item
 * @param colon of a new member
 */
record JsonSpace(List<JsonSlot> before, String first, String next, String last, String colon) {

  static JsonSpace ofEmpty(JsonStyle style, String indent, boolean hasLines) {
    String lead = hasLines ? style.line(indent + style.unit()) : "";
    return new JsonSpace(
        List.of(),
        lead,
        hasLines ? lead : style.afterComma(),
        hasLines ? style.line(indent) : "",
        style.colon());
  }

  static JsonSpace of(List<JsonSlot> before, JsonStyle style) {
    String first = before.getFirst().lead();
    String last = before.getLast().trail();
    return new JsonSpace(before, first, next(before, style), last, before.getFirst().colon());
  }

  /** The least there is: a blank line in front of a group of members is not for each of them. */
  private static String next(List<JsonSlot> before, JsonStyle style) {
    String first = before.getFirst().lead();
    if (before.size() == 1) {
      return first.isEmpty() ? style.afterComma() : first;
    }
    String least = before.get(1).lead();
    for (JsonSlot slot : before.subList(1, before.size())) {
      String lead = slot.lead();
      least = lead.length() < least.length() ? lead : least;
    }
    return least;
  }

  String lead(JsonSlot slot, boolean had, boolean isFirst) {
    if (isFirst) {
      return first;
    }
    return had && !slot.equals(before.getFirst()) ? slot.lead() : next;
  }

  String trail(JsonSlot slot, boolean had, boolean isLast) {
    if (isLast) {
      return last;
    }
    return had && !slot.equals(before.getLast()) ? slot.trail() : "";
  }
}
