package dev.syncline.yjs;

import java.util.List;

/** What content is to somebody who reads. */
final class Reading {

  private Reading() {}

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
