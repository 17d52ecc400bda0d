package dev.syncline.server.endpoint.folder;

import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.FileVersion;
import dev.syncline.server.endpoint.folder.FolderListing.Seen;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ForkJoinTask;

/**
 * Takes files into the index, and reads those that don't look as they did.
 *
 * <p>May be used by many threads, each with folders of its own.
 */
final class FileIntake {

  private static final int FILES_A_TASK = 64;

  private final Spelling spelling;
  private final FileReading reading;
  private final Allowance allowance;
  private final ScanFindings findings;

  FileIntake(Spelling spelling, FileReading reading, Allowance allowance, ScanFindings findings) {
    this.spelling = spelling;
    this.reading = reading;
    this.allowance = allowance;
    this.findings = findings;
  }

  /** Takes the files of a folder into {@code now}; answers whether all are as they were. */
  boolean take(
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
    if (changed.size() <= FILES_A_TASK) {
      changed.forEach(seen -> read(where, folder, seen, old, now));
    } else {
      readTogether(where, folder, changed, old, now);
    }
    return changed.isEmpty() && files.size() == old.count();
  }

  /** Reads one file into {@code now}; which may be {@code old}. */
  void read(String where, OpenFolder folder, Seen seen, IndexedFolder old, IndexedFolder now) {
    Optional<FilePath> path = spelling.toLedger(IndexedFolder.join(where, seen.name()));
    if (path.isEmpty()) {
      return;
    }
    Optional<IndexEntry> before = old.entry(seen.name());
    Optional<FileVersion> known = before.flatMap(IndexEntry::version);
    boolean looksTheSame =
        known.isPresent() && before.filter(it -> it.stat().equals(seen.stat())).isPresent();
    if (!looksTheSame && !allowance.take(seen.stat().size())) {
      findings.unread().incrementAndGet();
      now.put(seen.name(), before.orElseGet(() -> IndexEntry.unread(seen.stat())));
      return;
    }
    findings.read().incrementAndGet();
    switch (reading.read(folder.file(seen.name()), path.get(), known.map(FileVersion::content))) {
      case FileReading.Read.Known(IndexEntry entry) -> now.put(seen.name(), entry);
      case FileReading.Read.Gone() -> drop(where, now, seen.name());
      case FileReading.Read.Unseen(String reason) -> {
        drop(where, now, seen.name());
        findings.unseen().put(path.get(), reason);
      }
    }
  }

  /** Notes that a file is no longer there. */
  void drop(String parent, IndexedFolder within, String name) {
    if (within.find(name) >= 0) {
      within.remove(name);
      dropped(IndexedFolder.join(parent, name));
    }
  }

  /** Notes that all files of a folder are no longer there. */
  void dropAll(String where, IndexedFolder old) {
    old.forEach(
        where,
        (at, folder) -> {
          for (int i = 0; i < folder.count(); i++) {
            dropped(IndexedFolder.join(at, folder.name(i)));
          }
        });
  }

  /** Notes what is in the index and was not found; answers whether there is nothing such. */
  boolean dropMissing(String where, IndexedFolder old, IndexedFolder now, FolderListing listing) {
    boolean none = true;
    for (int i = 0; i < old.count(); i++) {
      if (now.find(old.name(i)) < 0) {
        none = false;
        dropped(IndexedFolder.join(where, old.name(i)));
      }
    }
    for (int i = 0; i < old.folderCount(); i++) {
      if (!listing.hasFolder(old.folderName(i))) {
        none = false;
        dropAll(IndexedFolder.join(where, old.folderName(i)), old.folder(i));
      }
    }
    return none;
  }

  /** Notes why a path could not be looked at. */
  void unseen(String where, IOException e) {
    spelling.toLedger(where).ifPresent(path -> findings.unseen().put(path, reason(e)));
  }

  private void dropped(String where) {
    spelling.toLedger(where).ifPresent(findings.dropped()::add);
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
                    part.forEach(seen -> read(where, folder, seen, old, found));
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

  private static String reason(IOException e) {
    return FolderTrouble.isDenied(e)
        ? "no permission to look at it"
        : "it can't be looked at (" + e.getMessage() + ")";
  }
}
