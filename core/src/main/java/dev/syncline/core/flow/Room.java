package dev.syncline.core.flow;

import dev.syncline.core.model.Changes;
import dev.syncline.core.model.FileChange;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.Lookup;
import dev.syncline.core.model.PathMapping;
import dev.syncline.core.model.Snapshot;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

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
    Set<FilePath> arriving =
        changes.only((path, change) -> change.after().isPresent()).byPath().keySet();
    Set<FilePath> above = arriving.stream().flatMap(FilePath::above).collect(Collectors.toSet());
    above.forEach(folder ->
        files.at(folder).ifPresent(file -> gone.put(folder, new FileChange.Removed(file))));
    above.removeIf(folder -> !files.isFolder(folder));
    var lookup = new Lookup(files);
    arriving.stream()
        .filter(path -> path.parent().map(above::contains).orElse(true) && lookup.isFolder(path))
        .map(path -> files.page(Optional.of(path), Optional.empty(), Integer.MAX_VALUE))
        .forEach(
            below -> below.forEach((path, file) -> gone.put(path, new FileChange.Removed(file))));
    gone.keySet().removeAll(changes.byPath().keySet());
    return new Changes(gone);
  }
}
