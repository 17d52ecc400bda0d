package dev.syncline.server.ledger;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.eclipse.jgit.internal.storage.file.Pack;

/**
 * Brings packs to the disk that JGit wrote, before a ref may lead to them: JGit doesn't when it
 * fetches. Thread-safe.
 */
final class SyncedPacks {

  private final Stored stored;

  /** Guarded by this. */
  private Set<String> synced = new HashSet<>();

  SyncedPacks(Stored stored) {
    this.stored = stored;
  }

  /** All packs that are there now are durable when it returns. */
  synchronized void sync() throws IOException {
    var now = new HashSet<String>();
    for (Pack pack : stored.lookForPacks()) {
      Path file = pack.getPackFile().toPath();
      try {
        if (!synced.contains(pack.getPackName())) {
          Durable.file(file);
          Durable.file(PackMerge.index(file));
        }
        now.add(pack.getPackName());
      } catch (NoSuchFileException _) {
        // Merged into another just now, which is durable.
      }
    }
    Durable.names(stored.objects().getPackDirectory().toPath());
    synced = now;
  }
}
