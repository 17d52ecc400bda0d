package dev.syncline.yjs;

import java.util.LinkedHashMap;
import java.util.List;

/** What content is to somebody who reads. */
final class Reading {

  /** So many types in one another are shown; deeper ones are left out. */
  private static final int MAX_DEPTH = 64;

  private Reading() {}

  /** A shared type as plain data. */
  static YAny plain(YType type) {
    return plain(type, MAX_DEPTH);
  }

  private static YAny plain(YValue value, int left) {
    if (left == 0) {
      return new YAny.Undefined();
    }
    return switch (value) {
      case YAny any -> any;
      case YText text -> new YAny.Text(text.toString());
      case YArray array ->
          new YAny.Items(array.values().stream().map(inner -> plain(inner, left - 1)).toList());
      case YMap map -> {
        var fields = new LinkedHashMap<String, YAny>();
        map.values().forEach((key, inner) -> fields.put(key, plain(inner, left - 1)));
        yield new YAny.Fields(fields);
      }
      case YXml xml -> {
        var text = new StringBuilder(xml.text());
        for (YValue child : xml.children()) {
          if (child instanceof YXml && plain(child, left - 1) instanceof YAny.Text(String inner)) {
            text.append(inner);
          }
        }
        yield new YAny.Text(text.toString());
      }
    };
  }

  static List<YValue> values(YDoc doc, Content content) {
    return switch (content) {
      case Content.Values(List<YAny> values) -> List.copyOf(values);
      case Content.Type(TypeNode node) -> List.of(doc.view(node));
      case Content.Binary(byte[] bytes) -> List.of(new YAny.Bytes(bytes));
      case Content.Text(String text) -> List.of(new YAny.Text(text));
      case Content.Json(List<String> values) ->
          values.stream().<YValue>map(YAny.Text::new).toList();
      case Content.Embed(String json) -> List.of(new YAny.Text(json));
      case Content.SubDocument(String guid, YAny options) -> List.of(new YAny.Text(guid));
      case Content.Deleted(long length) -> List.of();
      case Content.Format(String key, String json) -> List.of();
    };
  }
}
