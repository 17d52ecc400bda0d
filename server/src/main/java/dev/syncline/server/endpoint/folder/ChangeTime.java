package dev.syncline.server.endpoint.folder;

import dev.syncline.core.model.Changes;
import dev.syncline.core.model.FilePath;
import java.io.IOException;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;

/** When a folder's files were changed: the newest of their times. */
final class ChangeTime {

  private static final int MOST_FOLDERS = 1_000;
  private static final long NANOS = 1_000_000_000;

  private final FolderTree tree;
  private final KnownFolder known;
  private final Spelling spelling;

  ChangeTime(FolderTree tree, KnownFolder known, Spelling spelling) {
    this.tree = tree;
    this.known = known;
    this.spelling = spelling;
  }

  /** The newest time of what changed, but never one that is yet to come. */
  Instant of(Changes changes, Instant now) {
    long newest = Long.MIN_VALUE;
    var folders = new HashSet<String>();
    for (var change : changes.byPath().entrySet()) {
      Optional<IndexEntry> entry =
          change.getValue().after().isPresent() ? known.find(change.getKey()) : Optional.empty();
      if (entry.isPresent()) {
        newest = Math.max(newest, entry.get().stat().modified());
      } else if (folders.size() < MOST_FOLDERS) {
        folders.add(KnownFolder.parentOf(where(change.getKey())));
      }
    }
    for (String folder : folders) {
      // What is gone has no time, but the folder that it was in was written then.
      newest = Math.max(newest, modified(folder).orElse(Long.MIN_VALUE));
    }
    if (newest == Long.MIN_VALUE) {
      return now;
    }
    Instant at = Instant.ofEpochSecond(Math.floorDiv(newest, NANOS), Math.floorMod(newest, NANOS));
    return at.isAfter(now) ? now : at;
  }

  private String where(FilePath path) {
    return new Placement(spelling, known.root()).existing(path);
  }

  private Optional<Long> modified(String folder) {
    try {
      String at = folder;
      Optional<FileStat> stat = ScanScope.stat(tree, at);
      while (stat.isEmpty() && !at.isEmpty()) {
        at = KnownFolder.parentOf(at);
        stat = ScanScope.stat(tree, at);
      }
      return stat.map(FileStat::modified);
    } catch (IOException _) {
      return Optional.empty();
    }
  }
}
