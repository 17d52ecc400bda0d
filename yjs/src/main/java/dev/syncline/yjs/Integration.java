package dev.syncline.yjs;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Puts blocks where they belong, the way YATA orders what several people inserted at one place.
 * Confined to its document.
 *
 * @param store what is there
 * @param roots the document's own types
 * @param edited what this changes
 */
record Integration(Store store, Map<String, TypeNode> roots, Edited edited) {

  /** A block of which all that it refers to is here, and that begins where its client ends. */
  void add(Block block) {
    switch (block) {
      case Block.Gone(Id id, long length) -> add(new Forgotten(id, length));
      case Block.Skipped _ -> throw new IllegalStateException("what was skipped can't be added");
      case Block.Insertion insertion -> insert(insertion);
    }
  }

  private void add(Struct struct) {
    store.add(struct);
    edited.touch(struct.id());
  }

  private void insert(Block.Insertion block) {
    @Nullable Struct before = block.origin() == null ? null : endingAt(block.origin());
    @Nullable Struct behind = block.rightOrigin() == null ? null : startingAt(block.rightOrigin());
    @Nullable TypeNode parent = null;
    Optional<String> key = block.key();
    if (before instanceof Forgotten || behind instanceof Forgotten) {
      add(new Forgotten(block.id(), block.length()));
      return;
    }
    @Nullable Item left = (Item) before;
    @Nullable Item right = (Item) behind;
    if (left != null) {
      parent = left.parent;
      key = left.key;
    } else if (right != null) {
      parent = right.parent;
      key = right.key;
    } else {
      parent = parent(block.place());
    }
    if (parent == null) {
      add(new Forgotten(block.id(), block.length()));
      return;
    }
    var made = new Item.Neighbours(block.origin(), right == null ? null : right.id());
    var item = new Item(block.id(), made, parent, key, block.content());
    link(item, placeOf(item, left, right));
  }

  private Struct endingAt(Id id) {
    Struct struct = store.endingAt(id);
    edited.touch(struct.id());
    return struct;
  }

  private Struct startingAt(Id id) {
    Struct struct = store.startingAt(id);
    edited.touch(struct.id());
    return struct;
  }

  /** The type that an item goes into; none if that is gone. */
  private @Nullable TypeNode parent(Place place) {
    return switch (place) {
      case Place.Root(String name) -> roots.computeIfAbsent(name, TypeNode::root);
      case Place.In(Id id) ->
          store.find(id) instanceof Item item
                  && item.content() instanceof Content.Type(TypeNode node)
              ? node
              : null;
      case Place.Beside() -> throw new IllegalStateException("nothing is beside it");
    };
  }

  /**
   * What the item comes behind, among those that others inserted at the same place meanwhile: so
   * that everybody finds the same order, and nobody's run is interleaved with another's.
   */
  private @Nullable Item placeOf(Item item, @Nullable Item origin, @Nullable Item end) {
    @Nullable Item left = origin;
    boolean isAlone = origin == null ? end != null && end.left == null : origin.right == end;
    if (isAlone) {
      return left;
    }
    Map<Item, Integer> passed = new HashMap<>();
    int conflicting = 0; // whatever was passed since
    @Nullable Item at = origin == null ? item.parent.first(item.key) : origin.right;
    while (at != null && at != end) {
      passed.put(at, passed.size());
      if (Objects.equals(item.origin, at.origin)) {
        if (at.id().client() < item.id().client()) {
          left = at;
          conflicting = passed.size();
        } else if (Objects.equals(item.rightOrigin, at.rightOrigin)) {
          break;
        }
      } else {
        @Nullable Integer behind =
            at.origin != null && store.find(at.origin) instanceof Item other
                ? passed.get(other)
                : null;
        if (behind == null) {
          break;
        }
        if (behind < conflicting) {
          left = at;
          conflicting = passed.size();
        }
      }
      at = at.right;
    }
    return left;
  }

  private void link(Item item, @Nullable Item left) {
    TypeNode parent = item.parent;
    item.left = left;
    if (left != null) {
      item.right = left.right;
      left.right = item;
    } else {
      item.right = parent.first(item.key);
      if (item.key.isEmpty()) {
        parent.start = item;
      }
    }
    if (item.right != null) {
      item.right.left = item;
    } else if (item.key.isPresent()) {
      parent.byKey.put(item.key.get(), item);
      if (left != null) {
        delete(left); // a key has one value: the last
      }
    }
    if (item.key.isEmpty() && item.counts()) {
      parent.grow(item.length());
    }
    add(item);
    if (item.content() instanceof Content.Type(TypeNode node)) {
      node.item = item;
    }
    if (item.isDeleted()) {
      edited.deleted(item);
    }
    boolean isLate =
        (parent.item != null && parent.item.isDeleted())
            || (item.key.isPresent() && item.right != null);
    if (isLate) {
      delete(item);
    }
  }

  /** Deletes an item, and all that is in it. */
  void delete(Item first) {
    Deque<Item> todo = new ArrayDeque<>();
    todo.push(first);
    while (!todo.isEmpty()) {
      Item item = todo.pop();
      if (item.isDeleted()) {
        continue;
      }
      if (item.key.isEmpty() && item.counts()) {
        item.parent.grow(-item.length());
      }
      if (item.content() instanceof Content.Type(TypeNode node)) {
        for (@Nullable Item at = node.start; at != null; at = at.right) {
          todo.push(at);
        }
        node.byKey.values().forEach(todo::push);
      }
      item.delete();
      edited.deleted(item);
    }
  }

  /** Deletes units that are here. */
  void delete(long client, long clock, long end) {
    long at = clock;
    while (at < end) {
      Struct struct = store.find(new Id(client, at));
      if (!struct.isDeleted()) {
        struct = store.startingAt(new Id(client, at));
        store.endingAt(new Id(client, Math.min(end, struct.end()) - 1));
        delete((Item) struct);
      }
      at = struct.end();
    }
  }
}
