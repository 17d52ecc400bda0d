package dev.syncline.server.ledger;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.errors.StoredObjectRepresentationNotAvailableException;
import org.eclipse.jgit.internal.storage.pack.CachedPack;
import org.eclipse.jgit.internal.storage.pack.ObjectReuseAsIs;
import org.eclipse.jgit.internal.storage.pack.ObjectToPack;
import org.eclipse.jgit.internal.storage.pack.PackOutputStream;
import org.eclipse.jgit.internal.storage.pack.PackWriter;
import org.eclipse.jgit.lib.AbbreviatedObjectId;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.BitmapIndex;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.ProgressMonitor;

/**
 * Reads a ledger's objects while packs are merged, the empty tree included, which Git never has to
 * store. An object may go from where it was to a new pack between two looks of JGit's; so what is
 * missing is looked for once more. Confined to one thread.
 */
final class LedgerReader extends ObjectReader implements ObjectReuseAsIs {

  private final ObjectReader files;

  /** How the same reader copies what is compressed already. */
  private final ObjectReuseAsIs packs;

  /**
   * @param files JGit's own reader of files
   */
  LedgerReader(ObjectReader files) {
    this.files = files;
    this.packs = (ObjectReuseAsIs) files;
  }

  @Override
  public ObjectReader newReader() {
    return new LedgerReader(files.newReader());
  }

  @Override
  public ObjectLoader open(AnyObjectId id, int typeHint) throws IOException {
    if (id.equals(Stored.EMPTY_TREE)) {
      return new ObjectLoader.SmallObject(Constants.OBJ_TREE, new byte[0]);
    }
    try {
      return files.open(id, typeHint);
    } catch (MissingObjectException e) {
      return files.open(id, typeHint);
    }
  }

  @Override
  public long getObjectSize(AnyObjectId id, int typeHint) throws IOException {
    try {
      return files.getObjectSize(id, typeHint);
    } catch (MissingObjectException e) {
      return files.getObjectSize(id, typeHint);
    }
  }

  @Override
  public Collection<ObjectId> resolve(AbbreviatedObjectId id) throws IOException {
    return files.resolve(id);
  }

  @Override
  public Set<ObjectId> getShallowCommits() throws IOException {
    return files.getShallowCommits();
  }

  @Override
  public ObjectToPack newObjectToPack(AnyObjectId id, int type) {
    return packs.newObjectToPack(id, type);
  }

  @Override
  public void selectObjectRepresentation(
      PackWriter packer, ProgressMonitor monitor, Iterable<ObjectToPack> objects)
      throws IOException {
    try {
      packs.selectObjectRepresentation(packer, monitor, objects);
    } catch (MissingObjectException e) {
      packs.selectObjectRepresentation(packer, monitor, objects);
    }
  }

  @Override
  public void writeObjects(PackOutputStream out, List<ObjectToPack> list) throws IOException {
    packs.writeObjects(out, list);
  }

  @Override
  public void copyObjectAsIs(PackOutputStream out, ObjectToPack object, boolean validate)
      throws IOException, StoredObjectRepresentationNotAvailableException {
    packs.copyObjectAsIs(out, object, validate);
  }

  @Override
  public void copyPackAsIs(PackOutputStream out, CachedPack pack) throws IOException {
    packs.copyPackAsIs(out, pack);
  }

  @Override
  public Collection<CachedPack> getCachedPacksAndUpdate(BitmapIndex.BitmapBuilder needed)
      throws IOException {
    return packs.getCachedPacksAndUpdate(needed);
  }

  @Override
  public void close() {
    files.close();
  }
}
