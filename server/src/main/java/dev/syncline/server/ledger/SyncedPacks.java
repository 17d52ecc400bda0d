package dev.syncline.server.ledger;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import org.eclipse.jgit.internal.storage.file.Pack;

/**
 * Brings packs to the disk that others wrote, before a ref may lead to them: JGit doesn't when it
 * fetches. Confined to the thread that commits.
 */
final class SyncedPacks {

  /** How many names of packs that are gone are not worth the time to forget them. */
  private static final int FORGOTTEN = 1_000;

  private final Stored stored;

  SyncedPacks(Stored stored) {
    this.stored = stored;
  }

  /** All packs that are there now are durable when it returns. */
  void sync() throws IOException {
    var now = new HashSet<String>();
    boolean isNew = false;
    for (Pack pack : stored.objects().getPacks()) {
      Path file = pack.getPackFile().toPath();
      String name = file.getFileName().toString();
      now.add(name);
      if (!stored.durable().contains(name)) {
        try {
          Durable.file(file);
          Durable.file(PackMerge.index(file));
          stored.durable().add(name);
          isNew = true;
        } catch (NoSuchFileException _) {
          // Merged into another just now, which is durable.
        }
      }
    }
    if (isNew) {
      Durable.names(stored.objects().getPackDirectory().toPath());
    }
    if (stored.durable().size() > 2 * now.size() + FORGOTTEN) {
      stored.durable().retainAll(now);
    }
  }
}
