package dev.syncline.yjs;

import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A type's list, by index: what texts and arrays have in common. As confined as the document.
 *
 * @param doc whose
 * @param node the type
 */
record ListPart(YDoc doc, TypeNode node) {

  /** Shows what is not deleted, with the item that has it. */
  void forEach(BiConsumer<Item, Content> visitor) {
    for (@Nullable Item at = node.start; at != null; at = at.right) {
      if (!at.isDeleted()) {
        visitor.accept(at, at.content());
      }
    }
  }

  /** Inserts before the element of this index, or at the end. */
  void insert(long index, Content content) {
    check(index, 0);
    @Nullable Item left = null;
    @Nullable Item at = node.start;
    long before = index;
    while (before > 0 && at != null) {
      if (at.counts()) {
        if (at.length() > before) {
          at = doc.until(at, before);
        }
        before -= at.length();
      }
      left = at;
      at = at.right;
    }
    doc.insert(node, Optional.empty(), left, at, content);
  }

  /** Deletes elements from an index on. */
  void delete(long index, long length) {
    check(index, length);
    long before = index;
    long left = length;
    @Nullable Item at = node.start;
    while (left > 0 && at != null) {
      @Nullable Item next = at.right;
      if (at.counts()) {
        long units = at.length();
        if (before < units) {
          long to = Math.min(units, before + left);
          left -= to - before;
          doc.delete(at, before, to);
          before = 0;
        } else {
          before -= units;
        }
      }
      at = next;
    }
  }

  private void check(long index, long length) {
    if (index < 0 || length < 0 || index + length > node.length()) {
      throw new IndexOutOfBoundsException(index + " and " + length + " more, of " + node.length());
    }
  }
}
