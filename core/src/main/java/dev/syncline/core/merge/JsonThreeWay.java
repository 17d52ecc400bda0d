package dev.syncline.core.merge;

import dev.syncline.core.json.JsonDocument;
import dev.syncline.core.json.JsonNode;
import dev.syncline.core.json.JsonReader;
import dev.syncline.core.json.JsonReading;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Reads three versions, merges them by field, and writes the result as ours is written. */
final class JsonThreeWay {

  private JsonThreeWay() {}

  static JsonOutcome merge(Optional<byte[]> base, byte[] ours, byte[] theirs, JsonArrays arrays) {
    return isSame(base, ours) && !Arrays.equals(ours, theirs)
        ? new JsonOutcome.Clean(theirs)
        : merge(base, ours, theirs, arrays, OnClash.WAIT_FIELD);
  }

  /** Merges as ours is written, even where only theirs changed. */
  static JsonOutcome merge(
      Optional<byte[]> base, byte[] ours, byte[] theirs, JsonArrays arrays, OnClash onClash) {
    if (Arrays.equals(ours, theirs) || isSame(base, theirs)) {
      return new JsonOutcome.Clean(ours);
    }
    return switch (JsonReader.read(ours)) {
      case JsonReading.Refused(String reason) -> notJson("ours", reason);
      case JsonReading.Read(JsonDocument o) ->
          switch (JsonReader.read(theirs)) {
            case JsonReading.Refused(String reason) -> notJson("theirs", reason);
            case JsonReading.Read(JsonDocument t) ->
                withBase(base, o, t, new JsonFields(arrays, onClash));
          };
    };
  }

  private static JsonOutcome withBase(
      Optional<byte[]> base, JsonDocument ours, JsonDocument theirs, JsonFields fields) {
    if (base.isEmpty()) {
      return merged(Optional.empty(), ours, theirs, fields);
    }
    return switch (JsonReader.read(base.get())) {
      case JsonReading.Refused(String reason) -> notJson("base", reason);
      case JsonReading.Read(JsonDocument b) -> merged(Optional.of(b.root()), ours, theirs, fields);
    };
  }

  private static JsonOutcome merged(
      Optional<JsonNode> base, JsonDocument ours, JsonDocument theirs, JsonFields fields) {
    JsonPart root = fields.value(base, ours.root(), theirs.root());
    List<String> clashes = fields.clashes();
    return clashes.isEmpty()
        ? new JsonOutcome.Clean(
            JsonWriter.write(root, ours, theirs).getBytes(StandardCharsets.UTF_8))
        : new JsonOutcome.Clash(clashes);
  }

  private static JsonOutcome notJson(String version, String reason) {
    return new JsonOutcome.NotJson(version + ": " + reason);
  }

  private static boolean isSame(Optional<byte[]> base, byte[] side) {
    return base.isPresent() && Arrays.equals(base.get(), side);
  }
}
