package dev.syncline.server.ledger;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;

/**
 * A ledger as a batch of recordings is going to leave it: the version that is durable, and on top
 * of it objects and moves of refs that are not. Confined to the thread that commits.
 */
final class Draft {

  private final LedgerState start;
  private final String branch;
  private final FreshObjects objects;
  private Map<String, Optional<ObjectId>> moves = new HashMap<>();
  private Optional<ObjectId> head;
  private ObjectId tree;

  /** What {@link #undo} goes back to. */
  record Mark(
      int objects, Map<String, Optional<ObjectId>> moves, Optional<ObjectId> head, ObjectId tree) {}

  Draft(LedgerState start, String branch, ObjectReader reader) {
    this.start = start;
    this.branch = branch;
    this.objects = new FreshObjects(reader);
    this.head = start.head();
    this.tree = start.tree();
  }

  FreshObjects objects() {
    return objects;
  }

  /** The newest version. */
  Optional<ObjectId> head() {
    return head;
  }

  /** The newest version's files. */
  ObjectId tree() {
    return tree;
  }

  void advance(ObjectId commit, ObjectId files) {
    head = Optional.of(commit);
    tree = files;
    moves.put(branch, head);
  }

  /** What a ref names. */
  Optional<ObjectId> ref(String name) {
    Optional<ObjectId> moved = moves.get(name);
    return moved == null ? start.refs().get(name) : moved;
  }

  /** What refs name whose names begin like this. */
  Map<String, ObjectId> under(String prefix) {
    var under = new TreeMap<String, ObjectId>();
    start.refs().under(prefix).forEach((name, target) -> under.put(name, target.id()));
    moves.forEach((name, id) -> {
      if (name.startsWith(prefix)) {
        under.remove(name);
        id.ifPresent(now -> under.put(name, now));
      }
    });
    return under;
  }

  void move(String name, Optional<ObjectId> id) {
    moves.put(name, id);
  }

  /** Moves that change something. */
  Map<String, Optional<ObjectId>> moves() {
    var real = new HashMap<>(moves);
    real.entrySet().removeIf(move -> start.refs().get(move.getKey()).equals(move.getValue()));
    return real;
  }

  Mark mark() {
    return new Mark(objects.order().size(), new HashMap<>(moves), head, tree);
  }

  void undo(Mark mark) {
    objects.cutTo(mark.objects());
    moves = new HashMap<>(mark.moves());
    head = mark.head();
    tree = mark.tree();
  }
}
