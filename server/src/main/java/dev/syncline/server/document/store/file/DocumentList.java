package dev.syncline.server.document.store.file;

import dev.syncline.core.model.DocumentId;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Lists documents from directories and from what is not in files yet. Thread-safe. */
final class DocumentList {

  private final FileStoreSettings settings;
  private final Disk disk;
  private final Tails tails;

  DocumentList(FileStoreSettings settings, Disk disk, Tails tails) {
    this.settings = settings;
    this.disk = disk;
    this.tails = tails;
  }

  List<DocumentId> after(Optional<DocumentId> after, int limit) {
    // First memory, then files: what a checkpoint moves meanwhile is seen in one of them.
    Map<DocumentId, Boolean> tailed = tails.existence();
    var found = new TreeSet<DocumentId>();
    int first = after.map(DocumentList::shelf).orElse(0);
    for (int shelf = first; shelf <= 0xff && found.size() < limit; shelf++) {
      addShelf(shelf, tailed, after, found);
    }
    return found.stream().limit(limit).toList();
  }

  private void addShelf(
      int shelf,
      Map<DocumentId, Boolean> tailed,
      Optional<DocumentId> after,
      Set<DocumentId> found) {
    var directory = settings.documents().resolve(HexFormat.of().toHexDigits((byte) shelf));
    try {
      for (String name : disk.list(directory)) {
        DocumentFiles.named(name)
            .filter(id -> tailed.getOrDefault(id, true) && isAfter(id, after))
            .ifPresent(found::add);
      }
    } catch (IOException e) {
      throw DiskTrouble.reading(directory, e);
    }
    tailed.forEach((id, exists) -> {
      if (exists && shelf(id) == shelf && isAfter(id, after)) {
        found.add(id);
      }
    });
  }

  private static boolean isAfter(DocumentId id, Optional<DocumentId> after) {
    return after.isEmpty() || id.compareTo(after.get()) > 0;
  }

  /** The directory that a document is in: its first byte. */
  private static int shelf(DocumentId id) {
    return (int) (id.high() >>> 56);
  }
}
