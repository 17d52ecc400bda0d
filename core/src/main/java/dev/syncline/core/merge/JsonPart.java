package dev.syncline.core.merge;

import dev.syncline.core.json.JsonNode;
import dev.syncline.core.json.JsonSlot;
import java.util.List;

/** A piece of a merged document: what it is made of, before it is written. */
sealed interface JsonPart {

  /** As it is written in ours. */
  record Ours(JsonNode node) implements JsonPart {}

  /** From theirs, to be laid out as ours is. */
  record Theirs(JsonNode node) implements JsonPart {}

  /**
   * A container of ours whose content is merged.
   *
   * @param container as ours has it: for its layout
   */
  record Merged(JsonNode container, List<Item> items) implements JsonPart {

    /** Whether an item was in this container before. */
    boolean had(Item item) {
      return item.slot().document() == container.document();
    }
  }

  /**
   * A member or an element.
   *
   * @param slot where it comes from, with the space around it
   */
  record Item(JsonSlot slot, JsonPart value) {}
}
