package dev.syncline.yjs;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A document that several people change at once, and that becomes the same everywhere once all
 * updates have come, in whatever order and however often. Confined to one thread at a time.
 *
 * <p>What is deleted is not kept, as in a {@code Y.Doc} with garbage collection.
 *
 * @see <a href="https://docs.yjs.dev">Yjs</a>
 */
public final class YDoc {

  private final long client;
  private final Store store = new Store();
  private final Map<String, TypeNode> roots = new HashMap<>();
  private final Pending pending = new Pending();

  /** What an edit changed so far; none outside of edits. */
  private @Nullable Edited edited;

  /**
   * An empty document.
   *
   * @param client names the edits made here: different from all others who edit at this time; from
   *     1 to 2^32 - 1, by chance
   */
  public YDoc(long client) {
    if (client < 1 || client > 0xFFFF_FFFFL) {
      throw new IllegalArgumentException("not a client's number: " + client);
    }
    this.client = client;
  }

  /** A document that is only read. */
  public static YDoc reading(byte[] update) {
    var doc = new YDoc(1);
    doc.apply(update);
    return doc;
  }

  /**
   * Takes in an update. What builds on something that has not come yet waits for it.
   *
   * @param update in version 1 of the format
   * @throws MalformedUpdateException if it is none, or if too much would wait; then nothing has
   *     changed
   */
  public void apply(byte[] update) {
    Update parts = Update.decode(update);
    var now = new Edited(store.state());
    pending.integrate(parts, new Integration(store, roots, now));
    now.tidy(store);
  }

  /** Whether nothing waits for something that has not come. */
  public boolean isComplete() {
    return pending.isEmpty();
  }

  /** What is here, so that others can tell what is missing. */
  public StateVector state() {
    return store.state();
  }

  /** All that is here, as an update. */
  public byte[] encode() {
    return encode(StateVector.NONE);
  }

  /** What somebody with this state lacks, as an update. */
  public byte[] encode(StateVector known) {
    var deletions = new Deletions();
    for (long each : store.clients()) {
      for (Struct struct : store.from(each, 0)) {
        if (struct.isDeleted()) {
          deletions.add(each, struct.id().clock(), struct.length());
        }
      }
    }
    byte[] all = update(known, deletions).encode();
    return pending.isEmpty() ? all : Updates.merge(List.of(all, pending.update().encode()));
  }

  /**
   * Edits the document.
   *
   * @param edits calls what changes its types
   * @return an update that brings the edits to others; empty if there were none
   */
  public Optional<byte[]> edit(Runnable edits) {
    if (edited != null) {
      throw new IllegalStateException("an edit is under way");
    }
    var now = new Edited(store.state());
    edited = now;
    try {
      edits.run();
    } finally {
      edited = null;
    }
    Update update = update(now.before(), now.deletions().tidied());
    now.tidy(store);
    return update.blocks().isEmpty() && update.deletions().isEmpty()
        ? Optional.empty()
        : Optional.of(update.encode());
  }

  public YText text(String name) {
    return new YText(this, root(name));
  }

  public YArray array(String name) {
    return new YArray(this, root(name));
  }

  public YMap map(String name) {
    return new YMap(this, root(name));
  }

  /** A root that holds XML. */
  public YXml xml(String name) {
    return new YXml(this, root(name));
  }

  /** The names of the roots that hold something, or once did, as far as is known here. */
  public List<String> roots() {
    return roots.entrySet().stream()
        .filter(root -> root.getValue().wasUsed())
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }

  private TypeNode root(String name) {
    return roots.computeIfAbsent(name, TypeNode::root);
  }

  private Update update(StateVector known, Deletions deletions) {
    Map<Long, List<Block>> blocks = Update.byClient();
    for (long each : store.clients()) {
      long from = known.of(each);
      List<Struct> structs = store.from(each, from);
      if (!structs.isEmpty()) {
        var all = new ArrayList<Block>(structs.size());
        for (Struct struct : structs) {
          long skipped = Math.max(0, from - struct.id().clock());
          all.add(struct.toBlock().from(skipped));
        }
        blocks.put(each, all);
      }
    }
    return new Update(blocks, deletions);
  }

  /** A shared type as what it was made as. */
  YType view(TypeNode node) {
    return switch (node.kind().number()) {
      case TypeNode.Kind.ARRAY_NUMBER -> new YArray(this, node);
      case TypeNode.Kind.MAP_NUMBER -> new YMap(this, node);
      case TypeNode.Kind.TEXT_NUMBER -> new YText(this, node);
      default -> new YXml(this, node);
    };
  }

  /** Inserts between two items of a type; answers what was inserted. */
  Item insert(
      TypeNode parent,
      Optional<String> key,
      @Nullable Item left,
      @Nullable Item right,
      Content content) {
    boolean isAlone = left == null && right == null;
    var id = new Id(client, store.next(client));
    integration()
        .add(
            new Block.Insertion(
                id,
                left == null ? null : left.lastId(),
                right == null ? null : right.id(),
                isAlone ? parent.place() : Place.BESIDE,
                isAlone ? key : Optional.empty(),
                content));
    return (Item) store.find(id);
  }

  /** The item that ends before so many units of another, which is split there. */
  Item until(Item item, long units) {
    return (Item) store.endingAt(item.id().plus(units - 1));
  }

  void delete(Item item, long from, long to) {
    integration().delete(item.id().client(), item.id().clock() + from, item.id().clock() + to);
  }

  private Integration integration() {
    if (edited == null) {
      throw new IllegalStateException("a document is changed within YDoc.edit only");
    }
    return new Integration(store, roots, edited);
  }
}
