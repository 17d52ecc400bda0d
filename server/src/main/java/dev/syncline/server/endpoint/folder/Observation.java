package dev.syncline.server.endpoint.folder;

import dev.syncline.core.model.Changes;
import dev.syncline.core.model.FileChange;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.Snapshot;
import dev.syncline.core.model.SyncException;
import dev.syncline.core.port.Edit;
import dev.syncline.core.port.Hints;
import dev.syncline.core.port.Observed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.RecursiveTask;

/** One look at the folder. Used once, by the endpoint's caller. */
final class Observation {

  private static final int MOST_THREADS = 4;

  private final FolderSettings settings;
  private final FolderTree tree;
  private final KnownFolder known;
  private final Spelling spelling;
  private final IgnoreRules ignored;
  private final KnownBase files;
  private final FolderScan scan;

  Observation(
      FolderSettings settings,
      FolderTree tree,
      KnownFolder known,
      Spelling spelling,
      IgnoreRules ignored,
      KnownBase files,
      FileReading reading) {
    this.settings = settings;
    this.tree = tree;
    this.known = known;
    this.spelling = spelling;
    this.ignored = ignored;
    this.files = files;
    this.scan =
        new FolderScan(
            tree,
            spelling,
            ignored,
            known.foreign(),
            reading,
            new Allowance(settings.mostFiles(), settings.mostBytes()));
  }

  /** How many files were read. */
  long read() {
    return scan.findings().read().get();
  }

  /** Looks, and brings the index up to date. */
  Observed look(Snapshot base, Hints hints, InstantSource clock) throws IOException {
    boolean followed = known.follow(base);
    // Without an earlier base nobody knows what was below a hint: look everywhere.
    ScanScope scope =
        followed ? ScanScope.of(hints, tree, spelling, known.root()) : ScanScope.WHOLE;
    scan(scope);
    if (followed) {
      scan.findings().dropped().forEach(path -> known.dropped(path, files));
    } else {
      known.compare(base);
    }
    Changes changes = changes(scope);
    Map<FilePath, String> unseen = scan.findings().unseen();
    return new Observed(
        changes.isEmpty() ? List.of() : List.of(edit(changes, clock)),
        unseen,
        Optional.empty(),
        Optional.empty(),
        isAll() ? Observed.Rest.NOTHING : Observed.Rest.MORE);
  }

  private boolean isAll() {
    return scan.findings().unread().get() == 0;
  }

  private void scan(ScanScope scope) throws IOException {
    if (scope.targets().contains("")) {
      known.replaceRoot(run(List.of("")).get(0).orElseThrow());
      return;
    }
    var folders = new ArrayList<String>();
    for (String target : scope.targets()) {
      if (isInside(target)) {
        continue;
      }
      Optional<FileStat> stat = ScanScope.stat(tree, target);
      if (stat.isPresent() && stat.get().kind() == FileStat.Kind.FOLDER) {
        folders.add(target);
      } else {
        scanFile(target, stat);
      }
    }
    List<Optional<IndexedFolder>> found = run(folders);
    for (int i = 0; i < folders.size(); i++) {
      String where = folders.get(i);
      IndexedFolder parent = known.parentFor(where);
      scan.drop(KnownFolder.parentOf(where), parent, KnownFolder.nameOf(where));
      if (found.get(i).isPresent()) {
        parent.putFolder(KnownFolder.nameOf(where), found.get(i).get());
      } else {
        parent.removeFolder(KnownFolder.nameOf(where));
      }
    }
  }

  /** Whether a path is in what is ours, ignored or another repository's. */
  private boolean isInside(String where) {
    for (int end = where.indexOf('/'); end >= 0; end = where.indexOf('/', end + 1)) {
      if (!scan.isWantedFolder(where.substring(0, end))) {
        return true;
      }
    }
    return false;
  }

  private void scanFile(String where, Optional<FileStat> stat) {
    IndexedFolder parent = known.parentFor(where);
    String name = KnownFolder.nameOf(where);
    parent
        .folder(name)
        .ifPresent(gone -> {
          scan.dropAll(where, gone);
          parent.removeFolder(name);
          ignored.forget(where);
        });
    if (stat.isPresent()) {
      scan.file(where, parent, stat.get());
    } else {
      scan.drop(KnownFolder.parentOf(where), parent, name);
    }
  }

  private List<Optional<IndexedFolder>> run(List<String> folders) throws IOException {
    if (folders.isEmpty()) {
      return List.of();
    }
    var tasks = new ArrayList<RecursiveTask<Optional<IndexedFolder>>>();
    for (String where : folders) {
      tasks.add(scan.wantedFolder(where, known.nodeOf(where)));
    }
    int threads = Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors());
    try (var pool = new ForkJoinPool(threads)) {
      tasks.forEach(pool::execute);
      var found = new ArrayList<Optional<IndexedFolder>>();
      try {
        for (var task : tasks) {
          found.add(task.get());
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

  private Changes changes(ScanScope scope) {
    var changes = new TreeMap<FilePath, FileChange>();
    for (String target : scope.targets()) {
      if (target.isEmpty()) {
        known.addDifferent("", known.root(), files, changes);
        continue;
      }
      known
          .folderOf(target)
          .ifPresent(parent -> {
            String name = KnownFolder.nameOf(target);
            int at = parent.find(name);
            if (at >= 0) {
              known.addDifferent(target, parent, at, files, changes);
            }
            parent
                .folder(name)
                .ifPresent(folder -> known.addDifferent(target, folder, files, changes));
          });
    }
    if (isAll()) {
      known.addRemoved(path -> isRemoved(path, scope), files, changes);
    } else {
      leaveForLater(changes);
    }
    return new Changes(changes);
  }

  private boolean isRemoved(FilePath path, ScanScope scope) {
    String where = new Placement(spelling, known.root()).existing(path);
    return scope.covers(where)
        && !ignored.ignoresOrIsUnder(where)
        && !isUnseen(path)
        && !isForeign(path);
  }

  private boolean isUnseen(FilePath path) {
    var unseen = scan.findings().unseen();
    for (var at = Optional.of(path); at.isPresent(); at = at.get().parent()) {
      if (unseen.containsKey(at.get())) {
        return true;
      }
    }
    return false;
  }

  /** Whether it lies where the base has a commit of another repository. */
  private boolean isForeign(FilePath path) {
    for (var at = path.parent(); at.isPresent(); at = at.get().parent()) {
      if (known.foreign().contains(at.get())) {
        return true;
      }
    }
    return false;
  }

  /** A file where a folder was, or the other way round, comes with the removals. */
  private void leaveForLater(Map<FilePath, FileChange> changes) {
    Set<FilePath> absent = known.absent();
    var folders = new HashSet<FilePath>();
    for (FilePath path : absent) {
      for (var at = path.parent(); at.isPresent() && folders.add(at.get()); ) {
        at = at.get().parent();
      }
    }
    changes
        .keySet()
        .removeIf(path -> {
          for (var at = path.parent(); at.isPresent(); at = at.get().parent()) {
            if (absent.contains(at.get())) {
              return true;
            }
          }
          return folders.contains(path);
        });
  }

  private Edit edit(Changes changes, InstantSource clock) {
    return new Edit(
        settings.author(),
        new ChangeTime(tree, known, spelling).of(changes, clock.instant()),
        ChangeMessage.of(changes),
        changes);
  }
}
