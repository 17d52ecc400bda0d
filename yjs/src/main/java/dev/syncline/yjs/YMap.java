package dev.syncline.yjs;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Values by key. */
public final class YMap implements YType {

  private final YDoc doc;
  private final TypeNode node;

  YMap(YDoc doc, TypeNode node) {
    this.doc = doc;
    this.node = node;
  }

  /** What a key has; empty if nothing. */
  public Optional<YValue> get(String key) {
    return Optional.ofNullable(node.byKey.get(key))
        .filter(item -> !item.isDeleted())
        .map(item -> Reading.values(doc, item.content()))
        .filter(values -> !values.isEmpty())
        .map(List::getLast);
  }

  /** All that it holds now, in the order of keys. */
  public Map<String, YValue> values() {
    var values = new TreeMap<String, YValue>();
    node.byKey.keySet().forEach(key -> get(key).ifPresent(value -> values.put(key, value)));
    return values;
  }

  public void set(String key, YAny value) {
    put(key, new Content.Values(List.of(value)));
  }

  /** Sets a new text, which is empty. */
  public YText setText(String key) {
    return new YText(doc, type(key, TypeNode.Kind.TEXT));
  }

  /** Sets a new list, which is empty. */
  public YArray setArray(String key) {
    return new YArray(doc, type(key, TypeNode.Kind.ARRAY));
  }

  /** Sets a new map, which is empty. */
  public YMap setMap(String key) {
    return new YMap(doc, type(key, TypeNode.Kind.MAP));
  }

  /** Takes a key's value away, if it has one. */
  public void remove(String key) {
    @Nullable Item item = node.byKey.get(key);
    if (item != null && !item.isDeleted()) {
      doc.delete(item, 0, item.length());
    }
  }

  private TypeNode type(String key, TypeNode.Kind kind) {
    TypeNode type = TypeNode.of(kind);
    put(key, new Content.Type(type));
    return type;
  }

  private void put(String key, Content content) {
    doc.insert(node, Optional.of(key), node.byKey.get(key), null, content);
  }

  @Override
  public YAny toAny() {
    return Reading.plain(this);
  }
}
