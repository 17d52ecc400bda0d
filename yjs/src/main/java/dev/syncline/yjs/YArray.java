package dev.syncline.yjs;

import java.util.ArrayList;
import java.util.List;

/** A list. */
public final class YArray implements YType {

  private final ListPart list;

  YArray(YDoc doc, TypeNode node) {
    this.list = new ListPart(doc, node);
  }

  /** How many elements it has. */
  public long length() {
    return list.node().length();
  }

  /** Its elements of now. */
  public List<YValue> values() {
    var values = new ArrayList<YValue>();
    list.forEach((item, content) -> values.addAll(Reading.values(list.doc(), content)));
    return values;
  }

  /**
   * Inserts before the element of an index.
   *
   * @throws IndexOutOfBoundsException if there is no such place
   */
  public void insert(long index, List<YAny> values) {
    if (!values.isEmpty()) {
      list.insert(index, new Content.Values(List.copyOf(values)));
    }
  }

  /**
   * Deletes elements from an index on.
   *
   * @throws IndexOutOfBoundsException if there are fewer
   */
  public void delete(long index, long length) {
    list.delete(index, length);
  }

  @Override
  public YAny toAny() {
    return Reading.plain(this);
  }
}
