package dev.syncline.yjs;

/** A text. Indices and lengths are in UTF-16 units. Formats and embedded objects are skipped. */
public final class YText implements YType {

  private final ListPart list;

  YText(YDoc doc, TypeNode node) {
    this.list = new ListPart(doc, node);
  }

  /** How many units it has; an embedded object is one of them. */
  public long length() {
    return list.node().length();
  }

  @Override
  public String toString() {
    var text = new StringBuilder();
    list.forEach((item, content) -> {
      if (content instanceof Content.Text(String part)) {
        text.append(part);
      }
    });
    return text.toString();
  }

  /**
   * Inserts before the unit of an index.
   *
   * @throws IndexOutOfBoundsException if there is no such place
   */
  public void insert(long index, String text) {
    if (!text.isEmpty()) {
      list.insert(index, new Content.Text(text));
    }
  }

  /**
   * Deletes units from an index on.
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
