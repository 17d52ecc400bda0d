package dev.syncline.server.ledger;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.eclipse.jgit.internal.storage.file.Pack;

/**
 * Brings packs to the disk that others wrote, before a ref may lead to them: JGit doesn't when it
 * fetches. Confined to the thread that commits.
 */
final class SyncedPacks {

  private final Stored stored;
  private Set<String> synced = new HashSet<>();

  SyncedPacks(Stored stored) {
    this.stored = stored;
  }

  /** All packs that are there now are durable when it returns. */
  void sync() throws IOException {
    var now = new HashSet<String>();
    boolean isNew = false;
    for (Pack pack : stored.objects().getPacks()) {
      String name = pack.getPackName();
      Path file = pack.getPackFile().toPath();
      if (!synced.contains(name)) {
        try {
          Durable.file(file);
          Durable.file(file.resolveSibling("pack-" + name + ".idx"));
          isNew = true;
        } catch (NoSuchFileException _) {
          continue; // merged into another just now, which is durable
        }
      }
      now.add(name);
    }
    synced = now;
    if (isNew) {
      Durable.names(stored.objects().getPackDirectory().toPath());
    }
  }
}
