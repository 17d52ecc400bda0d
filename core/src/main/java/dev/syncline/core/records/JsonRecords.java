package dev.syncline.core.records;

import dev.syncline.core.json.JsonNode;
import dev.syncline.core.json.JsonSlot;
import dev.syncline.core.json.JsonText;
import dev.syncline.core.text.ByteWindow;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Consumer;

/** The records of a JSON object, by their keys, or of an array, by a field. */
final class JsonRecords implements Records {

  private final RecordSet set;
  private final Optional<String> id;
  private final Rule rule;
  private boolean keyed;

  JsonRecords(RecordSet set, Optional<String> id, Rule rule) {
    this.set = set;
    this.id = id;
    this.rule = rule;
  }

  @Override
  public void each(Consumer<Found> visitor) {
    ByteWindow in = ByteWindow.over(set.name(), set.bytes());
    in.skipSpace();
    switch (in.peek()) {
      case '{' -> members(in, visitor);
      case '[' -> elements(in, visitor);
      case ByteWindow.END -> throw in.wrong("is empty: an empty set of records is {} or []");
      case '<' -> throw in.wrong("is a page (HTML or XML) and no JSON");
      default -> throw in.wrong("is neither a JSON object of records nor an array of them");
    }
    in.skipSpace();
    if (in.peek() != ByteWindow.END) {
      throw in.wrong("goes on behind the end of its JSON");
    }
  }

  private void members(ByteWindow in, Consumer<Found> visitor) {
    keyed = true;
    var scanner = new MeaningScanner(in);
    in.next();
    in.skipSpace();
    if (in.takes('}')) {
      return;
    }
    do {
      in.skipSpace();
      long start = in.offset();
      scanner.name();
      long keyOne = scanner.one();
      long keyTwo = scanner.two();
      scanner.value(rule);
      visitor.accept(found(keyOne, keyTwo, scanner, start, in));
    } while (scanner.another('}'));
  }

  private void elements(ByteWindow in, Consumer<Found> visitor) {
    var scanner =
        MeaningScanner.byField(
            in,
            id.orElseThrow(
                () -> in.wrong("is an array: say which field identifies a record, such as id")));
    in.next();
    in.skipSpace();
    if (in.takes(']')) {
      return;
    }
    do {
      in.skipSpace();
      long start = in.offset();
      scanner.record(rule);
      visitor.accept(found(scanner.keyOne(), scanner.keyTwo(), scanner, start, in));
    } while (scanner.another(']'));
  }

  private static Found found(
      long keyOne, long keyTwo, MeaningScanner scanner, long start, ByteWindow in) {
    return new Found(
        keyOne,
        keyTwo,
        scanner.one(),
        scanner.two(),
        start,
        Records.length(in, start),
        scanner.hadRepeated());
  }

  @Override
  public Written at(long offset, int length) {
    String slice = new String(Records.slice(set, offset, length), StandardCharsets.UTF_8);
    String json = keyed ? "{" + slice + "}" : slice;
    JsonNode node = Records.read(set, json.getBytes(StandardCharsets.UTF_8));
    if (keyed) {
      JsonSlot slot = node.slots().getFirst();
      return new Written(slot.name(), slot.node());
    }
    String key =
        node.slots().reversed().stream()
            .filter(slot -> id.isPresent() && slot.name().equals(id.get()))
            .findFirst()
            .map(slot -> key(slot.node()))
            .orElse("");
    return new Written(key, node);
  }

  private static String key(JsonNode value) {
    return value.first() == '"' ? JsonText.decoded(value.text()) : value.text();
  }
}
