package dev.syncline.server.endpoint.jsonapi;

import dev.syncline.core.json.JsonNode;
import dev.syncline.core.json.JsonReader;
import dev.syncline.core.json.JsonReading;
import dev.syncline.core.json.JsonSlot;
import dev.syncline.core.json.JsonText;
import dev.syncline.core.records.Differences;
import dev.syncline.core.records.RecordComparison;
import dev.syncline.core.records.RecordForm;
import dev.syncline.core.records.RecordRules;
import dev.syncline.core.records.RecordSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What people edited in a category's file, and the source doesn't say.
 *
 * @param category whose file
 * @param differences from the source to the file; the first of very many
 * @param records the edited ones as they stand in the file, by key
 */
record Edited(Category category, Differences differences, Map<String, String> records) {

  /** More are offered another time. */
  private static final int MOST = 500;

  Edited {
    records = Map.copyOf(records);
  }

  /**
   * Compares a file with what the source says.
   *
   * @throws dev.syncline.core.model.SyncException.Invalid if one of them holds no records
   */
  static Edited in(Category category, byte[] file, byte[] said) {
    Optional<String> id = category.answer().id();
    var form = new RecordForm.Json(id);
    Differences differences =
        RecordComparison.of(
                RecordSet.of(category.file().value(), file, form),
                RecordSet.of(category.address().toString(), said, form),
                RecordRules.NONE)
            .differences(MOST);
    return new Edited(category, differences, records(file, id));
  }

  private static Map<String, String> records(byte[] file, Optional<String> id) {
    var records = new HashMap<String, String>();
    if (JsonReader.read(file) instanceof JsonReading.Read(var document)) {
      for (JsonSlot slot : document.root().slots()) {
        key(slot, id).ifPresent(key -> records.put(key, slot.node().text()));
      }
    }
    return records;
  }

  private static Optional<String> key(JsonSlot slot, Optional<String> id) {
    return id.isEmpty()
        ? Optional.of(slot.name())
        : slot.node().slots().stream()
            .filter(field -> field.name().equals(id.get()))
            .findFirst()
            .map(JsonSlot::node)
            .map(Edited::plain);
  }

  private static String plain(JsonNode value) {
    return value.first() == '"' ? JsonText.decoded(value.text()) : value.text();
  }
}
