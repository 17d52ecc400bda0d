package dev.syncline.core.flow;

import dev.syncline.core.model.Changes;
import dev.syncline.core.model.FileChange;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.PathMapping;
import dev.syncline.core.model.Snapshot;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Where a file lies, nothing above it is a file, and nothing lies below it. */
final class Room {

  private Room() {}

  /**
   * From a ledger to a link's base. What the link doesn't see is in its base as the ledger has it,
   * but where the base has a file.
   *
   * @param behind from the ledger to the base, as far as the link sees it
   */
  static Changes forBase(Snapshot ledger, Changes behind, PathMapping mapping) {
    return behind.followedBy(
        in(ledger, behind).only((path, change) -> mapping.toEndpoint(path).isEmpty()));
  }

  /** What can't stay in a snapshot once changes are made, and is not in them. */
  static Changes in(Snapshot files, Changes changes) {
    var gone = new TreeMap<FilePath, FileChange>();
    for (Map.Entry<FilePath, FileChange> entry : changes.byPath().entrySet()) {
      FilePath path = entry.getKey();
      if (entry.getValue().after().isEmpty()) {
        continue;
      }
      path.above()
          .forEach(above ->
              files.at(above).ifPresent(file -> gone.put(above, new FileChange.Removed(file))));
      if (files.isFolder(path)) {
        files
            .page(Optional.of(path), Optional.empty(), Integer.MAX_VALUE)
            .forEach((below, file) -> gone.put(below, new FileChange.Removed(file)));
      }
    }
    gone.keySet().removeAll(changes.byPath().keySet());
    return new Changes(gone);
  }
}
