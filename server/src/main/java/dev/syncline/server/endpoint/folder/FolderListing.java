package dev.syncline.server.endpoint.folder;

import dev.syncline.core.model.FilePath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What a folder holds at this moment and is to be looked at, in the order of names.
 *
 * @param files its files and symbolic links
 * @param folders the names of its folders
 */
record FolderListing(List<Seen> files, List<String> folders) {

  /** A file as the listing shows it. */
  record Seen(String name, FileStat stat) {}

  static FolderListing of(String where, OpenFolder folder, ScanRules rules, ScanFindings findings)
      throws IOException {
    var listing = new FolderListing(new ArrayList<>(), new ArrayList<>());
    listing.read(where, folder, rules.ignored());
    listing
        .folders()
        .removeIf(name -> !rules.isWanted(IndexedFolder.join(where, name), FileStat.Kind.FOLDER));
    listing.files().removeIf(seen -> !isSynced(where, seen, rules, findings));
    if (!rules.spelling().names().rules().keepEverything()) {
      listing.leaveOutDoubles(where, rules.spelling(), findings);
    }
    listing.files().sort(Comparator.comparing(Seen::name));
    listing.folders().sort(Comparator.naturalOrder());
    return listing;
  }

  boolean hasFolder(String name) {
    return Collections.binarySearch(folders, name) >= 0;
  }

  /** Why what is no file is never read. */
  static String notRead() {
    return "it is neither a file nor a folder nor a symbolic link";
  }

  private void read(String where, OpenFolder folder, IgnoreRules ignored) throws IOException {
    var ignoreFile = new AtomicReference<Optional<FileStat>>(Optional.empty());
    folder.list(
        name -> !ScanRules.isNeverSynced(where, name),
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
  }

  private static boolean isSynced(String where, Seen seen, ScanRules rules, ScanFindings findings) {
    String path = IndexedFolder.join(where, seen.name());
    if (!rules.isWanted(path, seen.stat().kind())) {
      return false;
    }
    if (!seen.stat().isFileOrLink()) {
      rules.spelling().toLedger(path).ifPresent(it -> findings.unseen().put(it, notRead()));
      return false;
    }
    return true;
  }

  /** Two names in the folder that are one in the ledger: the first is taken. */
  private void leaveOutDoubles(String where, Spelling spelling, ScanFindings findings) {
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
        String reason = "its name means the same as " + other + ": rename one of the two";
        findings.unseen().put(path.get().sibling(name), reason);
      }
    }
  }
}
