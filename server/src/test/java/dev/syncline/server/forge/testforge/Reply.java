package dev.syncline.server.forge.testforge;

import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a forge answers. */
public record Reply(int status, Map<String, String> headers, String body) {

  /** An error as most forges write it. */
  public static Reply error(int status, String message) {
    return of(
        status,
        JsonMapper.shared()
            .createObjectNode()
            .put("message", message)
            .put("documentation_url", "https://docs.example.org"));
  }

  public static Reply of(int status, JsonNode body) {
    return new Reply(status, Map.of(), body.toString());
  }

  public Reply with(String header, String value) {
    var more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new Reply(status, more, body);
  }
}
