package dev.syncline.server.endpoint.folder;

import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.SyncException;
import dev.syncline.server.endpoint.folder.FolderListing.Seen;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;

/**
 * Looks at folders and brings the index up to date. Folders are independent of each other, so that
 * several threads share the work. Used once.
 */
final class FolderScan {

  private static final int MOST_THREADS = 4;

  private final FolderTree tree;
  private final ScanRules rules;
  private final ScanFindings findings = ScanFindings.none();
  private final FileIntake intake;

  FolderScan(FolderTree tree, ScanRules rules, FileReading reading, Allowance allowance) {
    this.tree = tree;
    this.rules = rules;
    this.intake = new FileIntake(rules.spelling(), reading, allowance, findings);
  }

  FolderTree tree() {
    return tree;
  }

  ScanRules rules() {
    return rules;
  }

  ScanFindings findings() {
    return findings;
  }

  FileIntake intake() {
    return intake;
  }

  /** Looks everywhere. */
  void everywhere(KnownFolder known) throws IOException {
    known.replaceRoot(run(List.of(new FolderTask(null, this, "", known.root()))).getFirst());
  }

  /** Looks at some paths, and at all below them. */
  void at(Iterable<String> targets, KnownFolder known) throws IOException {
    var tasks = new ArrayList<FolderTask>();
    var folders = new ArrayList<String>();
    for (String target : targets) {
      if (isInsideUnwanted(target)) {
        continue;
      }
      Optional<FileStat> stat = ScanScope.stat(tree, target);
      if (stat.isPresent() && stat.get().kind() == FileStat.Kind.FOLDER) {
        if (rules.isWantedFolder(target)) {
          folders.add(target);
          tasks.add(new FolderTask(null, this, target, known.nodeOf(target)));
        } else {
          dropFolder(target, known);
        }
        intake.drop(
            KnownFolder.parentOf(target), known.parentFor(target), KnownFolder.nameOf(target));
      } else {
        dropFolder(target, known);
        file(target, known.parentFor(target), stat);
      }
    }
    List<IndexedFolder> found = run(tasks);
    for (int i = 0; i < folders.size(); i++) {
      String where = folders.get(i);
      known.parentFor(where).putFolder(KnownFolder.nameOf(where), found.get(i));
    }
  }

  /** Whether a folder that a path is in is not looked at. */
  private boolean isInsideUnwanted(String where) {
    for (int end = where.indexOf('/'); end >= 0; end = where.indexOf('/', end + 1)) {
      if (!rules.isWantedFolder(where.substring(0, end))) {
        return true;
      }
    }
    return false;
  }

  private void dropFolder(String where, KnownFolder known) {
    IndexedFolder parent = known.parentFor(where);
    String name = KnownFolder.nameOf(where);
    parent
        .folder(name)
        .ifPresent(gone -> {
          intake.dropAll(where, gone);
          parent.removeFolder(name);
          rules.ignored().forget(where);
        });
  }

  private void file(String where, IndexedFolder within, Optional<FileStat> found) {
    String parent = KnownFolder.parentOf(where);
    String name = KnownFolder.nameOf(where);
    Optional<FilePath> path = rules.spelling().toLedger(where);
    boolean wanted =
        found.isPresent()
            && path.isPresent()
            && !ScanRules.isNeverSynced(where)
            && rules.isWanted(where, found.get().kind());
    if (!wanted) {
      intake.drop(parent, within, name);
      return;
    }
    FileStat stat = found.get();
    if (!stat.isFileOrLink()) {
      intake.drop(parent, within, name);
      findings.unseen().put(path.get(), FolderListing.notRead());
      return;
    }
    int at = within.find(name);
    if (at >= 0 && within.isSettled(at, stat)) {
      return;
    }
    try (OpenFolder folder = tree.open(parent)) {
      intake.read(parent, folder, new Seen(name, stat), within, within);
    } catch (IOException e) {
      intake.drop(parent, within, name);
      intake.unseen(where, e);
    }
  }

  /** Runs tasks; a folder that is gone is an empty one. */
  private List<IndexedFolder> run(List<FolderTask> tasks) throws IOException {
    if (tasks.isEmpty()) {
      return List.of();
    }
    int threads = Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors());
    try (var pool = new ForkJoinPool(threads)) {
      tasks.forEach(pool::execute);
      var found = new ArrayList<IndexedFolder>();
      try {
        for (FolderTask task : tasks) {
          found.add(task.get().orElseGet(IndexedFolder::new));
        }
        return found;
      } catch (InterruptedException e) {
        pool.shutdownNow();
        Thread.currentThread().interrupt();
        throw new SyncException.Unavailable("interrupted while looking at " + tree.root(), e);
      } catch (ExecutionException | CancellationException e) {
        pool.shutdownNow();
        throw cause(e);
      }
    }
  }

  private static RuntimeException cause(Exception e) throws IOException {
    for (Throwable at = e; at != null; at = at.getCause()) {
      if (at instanceof SyncException known) {
        return known;
      }
      if (at instanceof UncheckedIOException unchecked && unchecked.getCause() != null) {
        throw unchecked.getCause();
      }
    }
    return new IllegalStateException(e);
  }
}
