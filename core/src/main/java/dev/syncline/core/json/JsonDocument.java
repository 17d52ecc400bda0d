package dev.syncline.core.json;

import java.util.HashMap;
import java.util.Map;

/**
 * A JSON text (RFC 8259) and where its values are: three numbers a value in place of a tree, so
 * that even millions of values cost little. In order of their beginnings; the members of an object
 * are name, value, name, value. {@link JsonReader} makes it. Confined to the thread of one reader,
 * since it remembers meanings.
 */
public final class JsonDocument {

  private final String source;
  private final int[] starts;
  private final int[] ends;

  /** Which value comes first that isn't in this one. */
  private final int[] nexts;

  private final Map<Integer, String> meanings = new HashMap<>();

  JsonDocument(String source, int[] starts, int[] ends, int[] nexts) {
    this.source = source;
    this.starts = starts;
    this.ends = ends;
    this.nexts = nexts;
  }

  public String source() {
    return source;
  }

  public JsonNode root() {
    return new JsonNode(this, 0);
  }

  /** By value, what {@link JsonMeaning} found out about it. */
  Map<Integer, String> meanings() {
    return meanings;
  }

  int start(int value) {
    return starts[value];
  }

  /** Behind its last character. */
  int end(int value) {
    return ends[value];
  }

  public int next(int value) {
    return nexts[value];
  }
}
