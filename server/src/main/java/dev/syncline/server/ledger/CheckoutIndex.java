package dev.syncline.server.ledger;

import java.io.File;
import java.io.IOException;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheBuilder;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.util.FS;

/**
 * Keeps the index of a repository with a checkout at the ledger's newest version, so that {@code
 * git status} tells what is different in the checkout and nothing else. Only for people who look.
 *
 * <p>One thread at a time.
 */
final class CheckoutIndex {

  private final Stored stored;
  private final File file;
  private ObjectId written = ObjectId.zeroId();

  CheckoutIndex(Stored stored) {
    this.stored = stored;
    this.file = stored.path().resolve("index").toFile();
  }

  /** Brings it to the files of a tree, unless somebody works with it at the moment. */
  void follow(ObjectId tree) throws IOException {
    if (tree.equals(written)) {
      return;
    }
    var index = new DirCache(file, FS.DETECTED);
    if (!index.lock()) {
      return; // It is brought up to date after the next run.
    }
    try {
      read(index);
      fill(index, tree);
      index.write();
      if (index.commit()) {
        written = tree.copy();
      }
    } finally {
      index.unlock();
    }
  }

  private static void read(DirCache index) {
    try {
      index.read();
    } catch (IOException e) {
      index.clear(); // It is damaged: nothing of it is needed.
    }
  }

  private void fill(DirCache index, ObjectId tree) throws IOException {
    DirCacheBuilder builder = index.builder();
    try (ObjectReader reader = stored.reader();
        var walk = new TreeWalk(reader)) {
      walk.setRecursive(true);
      walk.reset(tree);
      while (walk.next()) {
        DirCacheEntry before = index.getEntry(walk.getPathString());
        boolean isSame =
            before != null
                && before.getObjectId().equals(walk.getObjectId(0))
                && before.getFileMode().equals(walk.getFileMode(0));
        if (isSame) {
          builder.add(before);
        } else {
          // Without the file's times: Git looks at the contents itself when it is asked.
          var entry = new DirCacheEntry(walk.getRawPath());
          entry.setFileMode(walk.getFileMode(0));
          entry.setObjectId(walk.getObjectId(0));
          builder.add(entry);
        }
      }
    }
    builder.finish();
  }
}
