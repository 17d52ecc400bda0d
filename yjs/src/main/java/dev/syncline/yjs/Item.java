package dev.syncline.yjs;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An insertion in its place, between its neighbours of now. Confined to its document. */
final class Item implements Struct {

  private final Id id;

  /** What it was put behind, and before: never what lies there now. */
  final @Nullable Id origin;

  final @Nullable Id rightOrigin;

  final TypeNode parent;
  final Optional<String> key;
  private Content content;
  private boolean deleted;
  @Nullable Item left;
  @Nullable Item right;

  Item(Id id, Neighbours made, TypeNode parent, Optional<String> key, Content content) {
    this.id = id;
    this.origin = made.origin();
    this.rightOrigin = made.rightOrigin();
    this.parent = parent;
    this.key = key;
    this.content = content;
    this.deleted = content instanceof Content.Deleted;
  }

  /** Between what an item was put. */
  record Neighbours(@Nullable Id origin, @Nullable Id rightOrigin) {}

  @Override
  public Id id() {
    return id;
  }

  @Override
  public long length() {
    return content.length();
  }

  @Override
  public boolean isDeleted() {
    return deleted;
  }

  Content content() {
    return content;
  }

  Id lastId() {
    return id.plus(length() - 1);
  }

  /** Whether it counts among its parent's elements. */
  boolean counts() {
    return !deleted && content.isCountable();
  }

  /** Only that it was there is kept. */
  void delete() {
    content = new Content.Deleted(length());
    deleted = true;
  }

  /** Keeps the first units, and answers the rest as an item of its own, linked behind it. */
  Item split(long units) {
    var rest =
        new Item(
            id.plus(units),
            new Neighbours(id.plus(units - 1), rightOrigin),
            parent,
            key,
            content.part(units, length()));
    content = content.part(0, units);
    rest.left = this;
    rest.right = right;
    if (right != null) {
      right.left = rest;
    } else {
      key.ifPresent(name -> parent.byKey.put(name, rest));
    }
    right = rest;
    return rest;
  }

  /** Takes over the next item if both were made as one could have been; says whether it did. */
  boolean join(Item next) {
    boolean fits =
        right == next
            && deleted == next.deleted
            && lastId().equals(next.origin)
            && Objects.equals(rightOrigin, next.rightOrigin);
    Optional<Content> both = fits ? content.with(next.content) : Optional.empty();
    if (both.isEmpty()) {
      return false;
    }
    content = both.get();
    right = next.right;
    if (right != null) {
      right.left = this;
    } else {
      key.ifPresent(name -> parent.byKey.put(name, this));
    }
    return true;
  }

  @Override
  public Block toBlock() {
    boolean isAlone = origin == null && rightOrigin == null;
    return new Block.Insertion(
        id, origin, rightOrigin, isAlone ? parent.place() : Place.BESIDE, key, content);
  }
}
