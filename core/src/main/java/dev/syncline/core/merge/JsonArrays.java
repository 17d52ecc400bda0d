package dev.syncline.core.merge;

import dev.syncline.core.json.JsonNode;
import java.util.Optional;

/** What becomes of arrays. */
interface JsonArrays {

  /** Both sides changed one, differently. */
  JsonPart merge(JsonFields fields, Optional<JsonNode> base, JsonNode ours, JsonNode theirs);

  /** Theirs is to stand in the place of ours. */
  default JsonPart replace(JsonFields fields, JsonNode ours, JsonNode theirs) {
    return new JsonPart.Theirs(theirs);
  }
}
