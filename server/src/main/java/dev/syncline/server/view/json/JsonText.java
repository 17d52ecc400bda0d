package dev.syncline.server.view.json;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * JSON as it is sent. Half a character, which stands for a byte in a path that is no UTF-8, is
 * escaped, since UTF-8 has no place for it.
 */
public final class JsonText {

  private JsonText() {}

  public static String of(JsonNode node) {
    String text = JsonMapper.shared().writeValueAsString(node);
    return text.chars().anyMatch(c -> Character.isSurrogate((char) c)) ? escaped(text) : text;
  }

  public static byte[] bytes(JsonNode node) {
    return of(node).getBytes(StandardCharsets.UTF_8);
  }

  private static String escaped(String text) {
    var out = new StringBuilder();
    text.codePoints()
        .forEach(point -> {
          if (Character.isBmpCodePoint(point) && Character.isSurrogate((char) point)) {
            out.append("\\u").append(HexFormat.of().toHexDigits((char) point));
          } else {
            out.appendCodePoint(point);
          }
        });
    return out.toString();
  }
}
