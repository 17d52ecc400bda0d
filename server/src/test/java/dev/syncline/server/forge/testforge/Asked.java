package dev.syncline.server.forge.testforge;

import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A request to a forge's API.
 *
 * @param path below the API's root, as it came
 * @param query decoded
 * @param parts of the path, by the names that its route gives them, decoded
 * @param headers by name in lower case
 * @param body missing if there is none
 */
record Asked(
    String method,
    String path,
    Map<String, String> query,
    Map<String, String> parts,
    Map<String, String> headers,
    JsonNode body) {

  Asked with(Map<String, String> found) {
    return new Asked(method, path, query, found, headers, body);
  }

  String part(String name) {
    return Optional.ofNullable(parts.get(name)).orElseThrow();
  }

  long number(String name) {
    return Long.parseLong(part(name));
  }

  String query(String name, String otherwise) {
    return query.getOrDefault(name, otherwise);
  }

  Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  /** A string of the body. */
  String text(String field) {
    return body.path(field).asString("");
  }
}
