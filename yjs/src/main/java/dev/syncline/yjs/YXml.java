package dev.syncline.yjs;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A fragment, element or text of XML, to be read. */
public final class YXml implements YType {

  private final YDoc doc;
  private final TypeNode node;

  YXml(YDoc doc, TypeNode node) {
    this.doc = doc;
    this.node = node;
  }

  /** An element's name; empty for a fragment and a text. */
  public Optional<String> name() {
    return node.kind().name();
  }

  /** Attributes, in the order of their names. */
  public Map<String, YValue> attributes() {
    return new YMap(doc, node).values();
  }

  /** What is in a fragment or element. */
  public List<YValue> children() {
    var children = new ArrayList<YValue>();
    new ListPart(doc, node)
        .forEach((item, content) -> children.addAll(Reading.values(doc, content)));
    return children;
  }

  /** The text of a text. */
  public String text() {
    return new YText(doc, node).toString();
  }

  /** Its text, and that of all elements in it, without tags. */
  @Override
  public YAny toAny() {
    return Reading.plain(this);
  }
}
