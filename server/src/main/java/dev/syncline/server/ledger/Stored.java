package dev.syncline.server.ledger;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.internal.storage.file.ObjectDirectory;
import org.eclipse.jgit.internal.storage.file.Pack;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;

/**
 * What a ledger's repository has stored, the empty tree included, which Git never has to store.
 * Thread-safe; a reader is not.
 */
final class Stored {

  /** Git's tree without files. */
  static final ObjectId EMPTY_TREE =
      ObjectId.fromString("4b825dc642cb6eb9a060e54bf8d69288fbee4904");

  private final FileRepository repository;
  private volatile List<Pack> packs;

  Stored(FileRepository repository) {
    this.repository = repository;
    this.packs = new CopyOnWriteArrayList<>(objects().getPacks());
  }

  Path path() {
    return repository.getDirectory().toPath();
  }

  ObjectDirectory objects() {
    return repository.getObjectDatabase();
  }

  FileRepository repository() {
    return repository;
  }

  /** A reader for one thread, to be closed. */
  ObjectReader reader() {
    return repository.newObjectReader();
  }

  /** Lets readers see a pack that is durable, but for its name. */
  Pack install(Path pack) throws IOException {
    Pack installed = objects().openPack(pack.toFile());
    packs.add(installed);
    return installed;
  }

  /** Packs that are gone, since all of them is in others. */
  void forget(Collection<Pack> gone) {
    packs.removeAll(gone);
  }

  /** How many packs there are, as far as is known without looking. */
  int packs() {
    return packs.size();
  }

  /** Looks which packs there are. */
  Collection<Pack> lookForPacks() {
    Collection<Pack> found = objects().getPacks();
    packs = new CopyOnWriteArrayList<>(found);
    return found;
  }

  /**
   * Whether an object is known to be here: never wrong, but it may be here unknown. JGit would look
   * into the folder of packs after every recording to be sure that something is not there.
   */
  boolean isKnown(ObjectId id) {
    for (Pack pack : packs) {
      try {
        if (pack.hasObject(id)) {
          return true;
        }
      } catch (IOException _) {
        // Merged into another just now.
      }
    }
    return objects().fileFor(id).isFile();
  }

  boolean has(ObjectId id) throws IOException {
    return id.equals(EMPTY_TREE) || objects().has(id);
  }
}
