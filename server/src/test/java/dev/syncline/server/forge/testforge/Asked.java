package dev.syncline.server.forge.testforge;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

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

  /** Reads a request to an API that is at a root. */
  static Asked of(Exchange exchange, String root) throws IOException {
    String text = new String(exchange.body().readAllBytes(), StandardCharsets.UTF_8);
    JsonNode body = text.isEmpty() ? MissingNode.getInstance() : JsonMapper.shared().readTree(text);
    Map<String, String> headers = new LinkedHashMap<>();
    exchange
        .request()
        .getHeaders()
        .forEach(field -> headers.put(field.getLowerCaseName(), field.getValue()));
    Map<String, String> query = new LinkedHashMap<>();
    String raw = exchange.query().orElse("");
    for (String pair : raw.isEmpty() ? new String[0] : raw.split("&", -1)) {
      String[] parts = pair.split("=", 2);
      query.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
    }
    String path = exchange.path().replaceFirst("^" + root, "");
    return new Asked(exchange.method(), path, query, Map.of(), headers, body);
  }

  /** What Git clients show as a password, as an API would be shown it. */
  static Asked withPassword(String password) {
    Map<String, String> headers = Map.of("authorization", "Bearer " + password);
    return new Asked("GET", "/", Map.of(), Map.of(), headers, MissingNode.getInstance());
  }

  Asked at(String other) {
    return new Asked(method, other, query, parts, headers, body);
  }

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

  /** A list of strings of the body. */
  List<String> texts(String field) {
    return body.path(field).valueStream().map(one -> one.asString("")).toList();
  }
}
