package dev.syncline.yjs;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A shared type: a list of items, and for each key the items that were set for it. What it is read
 * as is decided by who reads it, since a root's kind is nowhere written. Confined to its document.
 */
final class TypeNode {

  /** Kinds as they are written, with the name that some of them have. */
  record Kind(int number, Optional<String> name) {
    static final int ARRAY_NUMBER = 0;
    static final int MAP_NUMBER = 1;
    static final int TEXT_NUMBER = 2;
    static final Kind ARRAY = new Kind(ARRAY_NUMBER, Optional.empty());
    static final Kind MAP = new Kind(MAP_NUMBER, Optional.empty());
    static final Kind TEXT = new Kind(TEXT_NUMBER, Optional.empty());
    static final int XML_ELEMENT = 3;
    static final int XML_FRAGMENT = 4;
    static final int XML_HOOK = 5;
    static final int XML_TEXT = 6;

    boolean hasName() {
      return number == XML_ELEMENT || number == XML_HOOK;
    }
  }

  private final Kind kind;
  private final Optional<String> root;

  /** The first of its list, deleted ones included. */
  @Nullable Item start;

  /** For each key the last item that was set. */
  final Map<String, Item> byKey = new LinkedHashMap<>();

  /** The item that it is the content of; none for a root. */
  @Nullable Item item;

  private long length;

  private TypeNode(Kind kind, Optional<String> root) {
    this.kind = kind;
    this.root = root;
  }

  static TypeNode root(String name) {
    return new TypeNode(Kind.MAP, Optional.of(name));
  }

  static TypeNode of(Kind kind) {
    return new TypeNode(kind, Optional.empty());
  }

  Kind kind() {
    return kind;
  }

  /** How others name it where an item doesn't say by its neighbours where it is. */
  Place place() {
    return item == null ? new Place.Root(root.orElseThrow()) : new Place.In(item.id());
  }

  /** Whether it holds something, or once did. */
  boolean wasUsed() {
    return start != null || !byKey.isEmpty();
  }

  /** How many units of it count and are not deleted. */
  long length() {
    return length;
  }

  void grow(long units) {
    length += units;
  }

  /** The first item of a key's, or of the list. */
  @Nullable Item first(Optional<String> key) {
    if (key.isEmpty()) {
      return start;
    }
    @Nullable Item at = byKey.get(key.get());
    while (at != null && at.left != null) {
      at = at.left;
    }
    return at;
  }
}
