package dev.syncline.server.endpoint.folder;

import dev.syncline.core.model.ContentId;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.FileVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.RecursiveTask;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Looks at folders and brings the index up to date. Folders are independent of each other, so that
 * several threads share the work.
 */
final class FolderScan {

  /** A file as the listing of its folder shows it. */
  private record Seen(String name, FileStat stat) {}

  private static final int FILES_A_TASK = 64;

  private final FolderTree tree;
  private final Spelling spelling;
  private final IgnoreRules ignored;
  private final Set<FilePath> foreign;
  private final FileReading reading;
  private final Allowance allowance;
  private final ScanFindings findings;

  /**
   * @param foreign paths at which the ledger has a commit of another repository
   */
  FolderScan(
      FolderTree tree,
      Spelling spelling,
      IgnoreRules ignored,
      Set<FilePath> foreign,
      FileReading reading,
      Allowance allowance) {
    this.tree = tree;
    this.spelling = spelling;
    this.ignored = ignored;
    this.foreign = foreign;
    this.reading = reading;
    this.allowance = allowance;
    this.findings = ScanFindings.none();
  }

  ScanFindings findings() {
    return findings;
  }

  /**
   * Looks at a folder and all below it.
   *
   * @param old what was known of it; not changed
   * @return what is known now; empty if it is no folder any more, or can't be looked at
   */
  RecursiveTask<Optional<IndexedFolder>> folder(String where, IndexedFolder old) {
    return new RecursiveTask<>() {
      @Override
      protected Optional<IndexedFolder> compute() {
        return scan(where, old);
      }
    };
  }

  /** Looks at a folder if it is to be looked at. */
  RecursiveTask<Optional<IndexedFolder>> wantedFolder(String where, IndexedFolder old) {
    return new RecursiveTask<>() {
      @Override
      protected Optional<IndexedFolder> compute() {
        if (where.isEmpty() || isWantedFolder(where)) {
          return scan(where, old);
        }
        dropAll(where, old);
        return Optional.empty();
      }
    };
  }

  /** Whether a folder is to be looked at, given that those that it is in are. */
  boolean isWantedFolder(String where) {
    return !isOurs(KnownFolder.parentOf(where), KnownFolder.nameOf(where))
        && isWanted(where, FileStat.Kind.FOLDER);
  }

  /**
   * Looks at one file.
   *
   * @param within the folder that it is in, as the index knows it; is changed
   */
  void file(String where, IndexedFolder within, FileStat stat) {
    int slash = where.lastIndexOf('/');
    String name = where.substring(slash + 1);
    String parent = slash < 0 ? "" : where.substring(0, slash);
    int at = within.find(name);
    Optional<FilePath> path = spelling.toLedger(where);
    if (path.isEmpty() || isOurs(parent, name) || !isWanted(where, stat.kind())) {
      drop(parent, within, name);
      return;
    }
    if (!stat.isFileOrLink()) {
      drop(parent, within, name);
      findings.unseen().put(path.get(), notRead());
    } else if (at < 0 || !within.isSettled(at, stat)) {
      try (OpenFolder folder = tree.open(parent)) {
        readOne(parent, folder, new Seen(name, stat), within, within);
      } catch (IOException e) {
        drop(parent, within, name);
        findings.unseen().put(path.get(), reason(e));
      }
    }
  }

  /** Notes that a file is no longer there. */
  void drop(String parent, IndexedFolder within, String name) {
    if (within.find(name) >= 0) {
      within.remove(name);
      spelling.toLedger(IndexedFolder.join(parent, name)).ifPresent(findings.dropped()::add);
    }
  }

  /** Notes that all files of a folder are no longer there. */
  void dropAll(String where, IndexedFolder old) {
    old.forEach(
        where,
        (at, folder) -> {
          for (int i = 0; i < folder.count(); i++) {
            spelling
                .toLedger(IndexedFolder.join(at, folder.name(i)))
                .ifPresent(findings.dropped()::add);
          }
        });
  }

  private Optional<IndexedFolder> scan(String where, IndexedFolder old) {
    var files = new ArrayList<Seen>();
    var folders = new ArrayList<String>();
    var tasks = new ArrayList<RecursiveTask<Optional<IndexedFolder>>>();
    var now = new IndexedFolder();
    boolean same;
    try (OpenFolder folder = tree.open(where)) {
      list(where, folder, files, folders);
      for (String name : folders) {
        tasks.add(
            folder(
                IndexedFolder.join(where, name), old.folder(name).orElseGet(IndexedFolder::new)));
      }
      tasks.forEach(ForkJoinTask::fork);
      same = takeFiles(where, folder, files, old, now) && files.size() == old.count();
    } catch (NoSuchFileException | NotDirectoryException _) {
      dropAll(where, old);
      ignored.forget(where);
      return Optional.empty();
    } catch (IOException e) {
      dropAll(where, old);
      spelling.toLedger(where).ifPresent(path -> findings.unseen().put(path, reason(e)));
      if (where.isEmpty()) {
        throw new UncheckedIOException(e);
      }
      return Optional.empty();
    }
    same &= dropMissing(where, old, now, folders);
    // Joined in the reverse order: what nobody took yet is done by this thread.
    var below = new HashMap<String, IndexedFolder>();
    for (int i = tasks.size() - 1; i >= 0; i--) {
      String name = folders.get(i);
      tasks.get(i).join().ifPresent(found -> below.put(name, found));
    }
    for (String name : folders) {
      IndexedFolder found = below.get(name);
      if (found != null) {
        now.putFolder(name, found);
      }
      same &= found != null && old.folder(name).filter(before -> before == found).isPresent();
    }
    if (same) {
      return Optional.of(old);
    }
    now.trim();
    return Optional.of(now);
  }

  private void list(String where, OpenFolder folder, List<Seen> files, List<String> folders)
      throws IOException {
    var ignoreFile = new AtomicReference<Optional<FileStat>>(Optional.empty());
    folder.list(
        name -> !isOurs(where, name),
        (name, stat) -> {
          if (name.equals(IgnoreFile.NAME)) {
            ignoreFile.set(Optional.of(stat));
          }
          if (stat.kind() == FileStat.Kind.FOLDER) {
            folders.add(name);
          } else {
            files.add(new Seen(name, stat));
          }
        });
    try {
      ignored.look(where, folder.path(), ignoreFile.get());
    } catch (IOException e) {
      throw new IOException("its " + IgnoreFile.NAME + " can't be read: " + e.getMessage(), e);
    }
    folders.removeIf(name -> !isWanted(IndexedFolder.join(where, name), FileStat.Kind.FOLDER));
    files.removeIf(seen -> !isSynced(where, seen));
    if (!spelling.names().rules().keepEverything()) {
      leaveOutDoubles(where, files, folders);
    }
    files.sort(Comparator.comparing(Seen::name));
    folders.sort(Comparator.naturalOrder());
  }

  /** Two names in the folder that are one in the ledger: the first is taken. */
  private void leaveOutDoubles(String where, List<Seen> files, List<String> folders) {
    var byPath = new HashMap<FilePath, String>();
    var names = new ArrayList<>(folders);
    files.forEach(seen -> names.add(seen.name()));
    names.sort(Comparator.naturalOrder());
    for (String name : names) {
      Optional<FilePath> path = spelling.toLedger(IndexedFolder.join(where, name));
      String other = path.isEmpty() ? null : byPath.putIfAbsent(path.get(), name);
      if (other != null) {
        files.removeIf(seen -> seen.name().equals(name));
        folders.remove(name);
        findings
            .unseen()
            .put(
                path.get().sibling(name),
                "its name means the same as " + other + ": rename one of the two");
      }
    }
  }

  private boolean isSynced(String where, Seen seen) {
    String path = IndexedFolder.join(where, seen.name());
    if (!isWanted(path, seen.stat().kind())) {
      return false;
    }
    if (!seen.stat().isFileOrLink()) {
      spelling.toLedger(path).ifPresent(it -> findings.unseen().put(it, notRead()));
      return false;
    }
    return true;
  }

  private boolean isWanted(String where, FileStat.Kind kind) {
    if (kind == FileStat.Kind.FOLDER || !foreign.isEmpty()) {
      Optional<FilePath> path = spelling.toLedger(where);
      if (path.isEmpty() || foreign.contains(path.get())) {
        return false;
      }
    }
    return !ignored.ignores(where, kind);
  }

  private static boolean isOurs(String where, String name) {
    return name.equalsIgnoreCase(".git")
        || (where.isEmpty() && name.equalsIgnoreCase(PrivateFolder.NAME));
  }

  /** Takes the files of a folder into {@code now}; answers whether all are as they were. */
  private boolean takeFiles(
      String where, OpenFolder folder, List<Seen> files, IndexedFolder old, IndexedFolder now) {
    var changed = new ArrayList<Seen>();
    for (Seen seen : files) {
      int at = old.find(seen.name());
      if (at >= 0 && old.isSettled(at, seen.stat())) {
        now.append(old.name(at), old, at);
      } else {
        changed.add(seen);
      }
    }
    if (changed.isEmpty()) {
      return true;
    }
    if (changed.size() <= FILES_A_TASK) {
      changed.forEach(seen -> readOne(where, folder, seen, old, now));
    } else {
      readTogether(where, folder, changed, old, now);
    }
    return false;
  }

  private void readTogether(
      String where, OpenFolder folder, List<Seen> changed, IndexedFolder old, IndexedFolder now) {
    var parts = new ArrayList<ForkJoinTask<IndexedFolder>>();
    for (int i = 0; i < changed.size(); i += FILES_A_TASK) {
      List<Seen> part = changed.subList(i, Math.min(changed.size(), i + FILES_A_TASK));
      parts.add(
          ForkJoinTask.adapt(
                  () -> {
                    var found = new IndexedFolder();
                    part.forEach(seen -> readOne(where, folder, seen, old, found));
                    return found;
                  })
              .fork());
    }
    for (ForkJoinTask<IndexedFolder> part : parts) {
      IndexedFolder found = part.join();
      for (int i = 0; i < found.count(); i++) {
        now.put(found.name(i), found.entry(i));
      }
    }
  }

  private void readOne(
      String where, OpenFolder folder, Seen seen, IndexedFolder old, IndexedFolder now) {
    Optional<FilePath> path = spelling.toLedger(IndexedFolder.join(where, seen.name()));
    if (path.isEmpty()) {
      return;
    }
    Optional<ContentId> known =
        old.entry(seen.name()).flatMap(IndexEntry::version).map(FileVersion::content);
    Optional<IndexEntry> before = old.entry(seen.name());
    boolean looksTheSame = before.isPresent() && before.get().stat().equals(seen.stat());
    if (!(looksTheSame && known.isPresent()) && !allowance.take(seen.stat().size())) {
      findings.unread().incrementAndGet();
      now.put(seen.name(), before.orElseGet(() -> IndexEntry.unread(seen.stat())));
      return;
    }
    findings.read().incrementAndGet();
    switch (reading.read(folder.file(seen.name()), path.get(), known)) {
      case FileReading.Read.Known(IndexEntry entry) -> now.put(seen.name(), entry);
      case FileReading.Read.Gone() -> drop(where, now, seen.name());
      case FileReading.Read.Unseen(String reason) -> {
        drop(where, now, seen.name());
        findings.unseen().put(path.get(), reason);
      }
    }
  }

  /** Notes what is in the index and was not found; answers whether there is nothing such. */
  private boolean dropMissing(
      String where, IndexedFolder old, IndexedFolder now, List<String> folders) {
    boolean none = true;
    for (int i = 0; i < old.count(); i++) {
      String name = old.name(i);
      if (now.find(name) < 0) {
        none = false;
        spelling.toLedger(IndexedFolder.join(where, name)).ifPresent(findings.dropped()::add);
      }
    }
    for (int i = 0; i < old.folderCount(); i++) {
      if (Collections.binarySearch(folders, old.folderName(i)) < 0) {
        none = false;
        dropAll(IndexedFolder.join(where, old.folderName(i)), old.folder(i));
      }
    }
    return none;
  }

  private static String notRead() {
    return "it is neither a file nor a folder nor a symbolic link";
  }

  private static String reason(IOException e) {
    return switch (e) {
      case AccessDeniedException _ -> "no permission to look into it";
      default -> "it can't be looked at (" + e.getMessage() + ")";
    };
  }
}
