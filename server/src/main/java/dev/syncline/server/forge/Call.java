package dev.syncline.server.forge;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A request.
 *
 * @param doing what it is for, as in "GitHub was asked to …"
 * @param method of HTTP
 * @param path below the API's address, with its query; or a whole address that the forge gave us
 * @param body in JSON
 */
record Call(String doing, String method, String path, Optional<JsonNode> body) {

  static Call get(String doing, String path) {
    return new Call(doing, "GET", path, Optional.empty());
  }

  static Call of(String doing, String method, String path, JsonNode body) {
    return new Call(doing, method, path, Optional.of(body));
  }

  boolean isRead() {
    return method.equals("GET");
  }

  /** Part of a path or query; a slash in it is no slash any more. */
  static String part(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
