package dev.syncline.core.merge;

import dev.syncline.core.json.JsonDocument;
import dev.syncline.core.json.JsonNode;
import dev.syncline.core.json.JsonSlot;
import dev.syncline.core.merge.JsonPart.Item;
import dev.syncline.core.merge.JsonPart.Merged;
import dev.syncline.core.merge.JsonPart.Ours;
import dev.syncline.core.merge.JsonPart.Theirs;
import java.util.List;

/** Writes a merged document: what is from ours character by character, the rest in its style. */
final class JsonWriter {

  private final StringBuilder out = new StringBuilder();
  private final JsonStyle style;
  private final boolean theirsHasLines;

  private JsonWriter(JsonStyle style, boolean theirsHasLines) {
    this.style = style;
    this.theirsHasLines = theirsHasLines;
  }

  static String write(JsonPart root, JsonDocument ours, JsonDocument theirs) {
    JsonStyle theirStyle = JsonStyle.of(theirs);
    // An empty document has no style of its own.
    boolean empty = ours.root().slots().isEmpty();
    JsonStyle style = empty ? theirStyle : JsonStyle.of(ours);
    var writer = new JsonWriter(style, theirStyle.hasLines());
    writer.out.append(ours.source(), 0, ours.root().start());
    writer.append(root, "", style.hasLines());
    writer.out.append(ours.source(), ours.root().end(), ours.source().length());
    return writer.out.toString();
  }

  /**
   * Appends a part.
   *
   * @param indent of the line that it begins on
   * @param onLine whether that line is its own
   */
  private void append(JsonPart part, String indent, boolean onLine) {
    switch (part) {
      case Ours(JsonNode node) -> out.append(node.document().source(), node.start(), node.end());
      case Theirs(JsonNode node) -> JsonLayout.append(node, out, style, lines(onLine), indent);
      case Merged merged -> appendContainer(merged, indent, onLine);
    }
  }

  private JsonLayout.Lines lines(boolean onLine) {
    if (!onLine) {
      return JsonLayout.Lines.JOIN;
    }
    return theirsHasLines ? JsonLayout.Lines.KEEP : JsonLayout.Lines.BREAK;
  }

  private void appendContainer(Merged merged, String indent, boolean onLine) {
    JsonNode container = merged.container();
    List<JsonSlot> before = container.slots();
    if (before.isEmpty() && merged.items().isEmpty()) {
      out.append(container.text());
      return;
    }
    JsonSpace space =
        before.isEmpty() ? JsonSpace.ofEmpty(style, indent, onLine) : JsonSpace.of(before, style);
    out.append(container.isObject() ? '{' : '[');
    for (int i = 0; i < merged.items().size(); i++) {
      Item item = merged.items().get(i);
      boolean had = merged.had(item);
      boolean last = i == merged.items().size() - 1;
      String lead = space.lead(item.slot(), had, i == 0);
      out.append(lead);
      out.append(had ? item.slot().nameText() : style.string(item.slot().nameText()));
      out.append(had || !container.isObject() ? item.slot().colon() : space.colon());
      int feed = lead.lastIndexOf('\n');
      append(item.value(), feed < 0 ? indent : lead.substring(feed + 1), feed >= 0);
      out.append(space.trail(item.slot(), had, last));
      out.append(last ? "" : ",");
    }
    out.append(container.isObject() ? '}' : ']');
  }
}
