package dev.syncline.core.merge;

import java.util.Optional;

/** What becomes of an array that both sides changed, differently. */
interface JsonArrays {

  JsonPart merge(JsonFields fields, Optional<JsonNode> base, JsonNode ours, JsonNode theirs);
}
