package dev.syncline.server.ledger;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.lib.AbbreviatedObjectId;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;

/**
 * Trees and commits that a batch makes, readable on top of those that are stored. Confined to the
 * thread that commits.
 */
final class FreshObjects extends ObjectReader {

  private final ObjectReader stored;
  private final ObjectInserter.Formatter ids = new ObjectInserter.Formatter();
  private final Map<AnyObjectId, FreshObject> fresh = new HashMap<>();
  private final List<ObjectId> order = new ArrayList<>();
  private long size;

  FreshObjects(ObjectReader stored) {
    this.stored = stored;
  }

  /** Adds an object, once. */
  ObjectId add(int type, byte[] bytes) {
    ObjectId id = ids.idFor(type, bytes);
    if (fresh.putIfAbsent(id, new FreshObject(type, bytes)) == null) {
      order.add(id);
      size += bytes.length;
    }
    return id;
  }

  /** Ids in the order in which they were added. */
  List<ObjectId> order() {
    return order;
  }

  /** One of {@link #order}. */
  FreshObject get(ObjectId id) {
    return Objects.requireNonNull(fresh.get(id));
  }

  /** How many bytes wait here. */
  long size() {
    return size;
  }

  /** Forgets what was added after there were so many. */
  void cutTo(int count) {
    while (order.size() > count) {
      FreshObject forgotten = fresh.remove(order.removeLast());
      size -= forgotten == null ? 0 : forgotten.bytes().length;
    }
  }

  /** A tree's bytes; the empty tree has none, and need not be stored. */
  byte[] tree(ObjectId id) throws IOException {
    return open(id, Constants.OBJ_TREE).getCachedBytes(Integer.MAX_VALUE);
  }

  @Override
  public ObjectReader newReader() {
    return this;
  }

  @Override
  public ObjectLoader open(AnyObjectId id, int typeHint) throws IOException {
    FreshObject object = fresh.get(id);
    if (object == null) {
      return stored.open(id, typeHint);
    }
    if (typeHint != OBJ_ANY && typeHint != object.type()) {
      throw new IncorrectObjectTypeException(id.copy(), typeHint);
    }
    return new ObjectLoader.SmallObject(object.type(), object.bytes());
  }

  @Override
  public Collection<ObjectId> resolve(AbbreviatedObjectId id) throws IOException {
    return stored.resolve(id);
  }

  @Override
  public Set<ObjectId> getShallowCommits() throws IOException {
    return stored.getShallowCommits();
  }

  /** Belongs to its batch: a walk over it doesn't end it. */
  @Override
  public void close() {
    // The stored reader is closed by whoever opened it.
  }
}
