package dev.syncline.server.ledger;

import dev.syncline.core.model.SyncException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;

/**
 * A ledger's repository while this process has it to itself.
 *
 * @param lock keeps others out
 * @param stored its objects
 * @param refs its refs
 * @param start what it was when it was opened
 */
record OpenRepository(LedgerLock lock, Stored stored, RefStore refs, LedgerState start)
    implements AutoCloseable {

  /** Opens the repository of a folder, and makes it first if there is none. */
  static OpenRepository open(Path folder, LedgerSettings settings) {
    IsolatedGit.install();
    try {
      Files.createDirectories(folder);
      Path path = folder.toRealPath();
      LedgerLock lock = LedgerLock.take(path);
      boolean isOpen = false;
      try {
        OpenRepository opened = open(path, settings.ref(), lock);
        isOpen = true;
        return opened;
      } finally {
        if (!isOpen) {
          lock.close();
        }
      }
    } catch (IOException e) {
      throw GitFailure.writing(folder, e);
    }
  }

  private static OpenRepository open(Path path, String branch, LedgerLock lock) throws IOException {
    var files = new RepositoryFiles(path);
    files.prepare(branch);
    files.clear();
    syncPacks(path.resolve("objects/pack"));
    var refs = new RefStore(path, branch);
    PackedRefs all = refs.load();
    FileRepository repository = repository(path);
    boolean isOpen = false;
    try {
      var stored = new Stored(repository);
      Optional<ObjectId> head = all.get(branch);
      mustBeThere(stored, all);
      ObjectId tree = head.isPresent() ? tree(stored, branch, head.get()) : Stored.EMPTY_TREE;
      isOpen = true;
      return new OpenRepository(lock, stored, refs, new LedgerState(all, head, tree));
    } finally {
      if (!isOpen) {
        repository.close();
      }
    }
  }

  @Override
  public void close() {
    stored.repository().close();
    try {
      lock.close();
    } catch (IOException e) {
      throw GitFailure.writing(stored.path(), e);
    }
  }

  private static FileRepository repository(Path path) {
    try {
      var repository = new LedgerRepository(path);
      String format = repository.getConfig().getString("extensions", null, "objectformat");
      if (format != null && !format.equalsIgnoreCase("sha1")) {
        repository.close();
        throw new SyncException.Invalid(
            "the repository " + path + " names objects by " + format + ": a ledger needs SHA-1");
      }
      return repository;
    } catch (IOException e) {
      throw GitFailure.damaged(path, "its file config can't be used", e);
    }
  }

  /** A pack that a fetch left may not be on the disk yet; one that is costs nothing. */
  private static void syncPacks(Path packs) throws IOException {
    try (Stream<Path> files = Files.list(packs)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Durable.file(file);
      }
    }
    Durable.names(packs);
  }

  private static void mustBeThere(Stored stored, PackedRefs refs) throws IOException {
    for (Map.Entry<String, PackedRefs.Target> ref : refs.under(RefNames.OURS).entrySet()) {
      if (!stored.has(ref.getValue().id())) {
        throw GitFailure.damaged(
            stored.path(),
            ref.getKey() + " names " + ref.getValue().id().name() + ", which is missing");
      }
    }
  }

  private static ObjectId tree(Stored stored, String branch, ObjectId head) {
    try (ObjectReader reader = stored.reader();
        var walk = new RevWalk(reader)) {
      RevCommit commit = walk.parseCommit(head);
      reader.open(commit.getTree(), Constants.OBJ_TREE);
      return commit.getTree().copy();
    } catch (IOException e) {
      throw GitFailure.reading(stored.path(), branch + ", commit " + head.name(), e);
    }
  }
}
