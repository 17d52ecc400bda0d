package dev.syncline.core.flow;

import dev.syncline.core.model.Base;
import dev.syncline.core.model.Changes;
import dev.syncline.core.model.FileChange;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.RunId;
import dev.syncline.core.port.Head;
import dev.syncline.core.port.Ledger;
import dev.syncline.core.port.Recording;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Follows a change of what a link sees. Where it sees a file at the same place as before, what was
 * agreed and offered stays. Of a file that it didn't see before, or saw elsewhere, it has agreed on
 * nothing: so nobody takes its absence for a deletion.
 */
final class Remapping {

  private final Ledger ledger;
  private final Link link;
  private final Base base;

  Remapping(Ledger ledger, Link link, Base base) {
    this.ledger = ledger;
    this.link = link;
    this.base = base;
  }

  void record(RunId run) {
    Head head = ledger.head();
    var behind = new TreeMap<FilePath, FileChange>();
    head.files()
        .forEach((path, version) -> {
          if (isSeen(path) && !isAsBefore(path)) {
            behind.put(path, new FileChange.Removed(version));
          }
        });
    behind.putAll(
        head.files()
            .since(base.files())
            .only((path, change) -> isAsBefore(path))
            .reversed()
            .byPath());
    var agreement =
        new Recording.Agreement(
            link.name(),
            Room.forBase(head.files(), new Changes(behind), link.mapping()),
            base.offered().only((path, change) -> isAsBefore(path)),
            count(),
            link.mapping(),
            base.tip());
    ledger.record(
        new Recording(
            run,
            head,
            Changes.NONE,
            new Recording.Theirs.Edits(List.of()),
            Optional.of(agreement),
            List.of(),
            Set.of()));
  }

  private boolean isSeen(FilePath path) {
    return link.mapping().toEndpoint(path).isPresent();
  }

  private boolean isAsBefore(FilePath path) {
    return isSeen(path) && link.mapping().toEndpoint(path).equals(base.mapping().toEndpoint(path));
  }

  /** How many files it had agreed on and still sees where they were. */
  private long count() {
    var count = new long[1];
    base.files()
        .forEach((path, version) -> {
          if (isAsBefore(path)) {
            count[0]++;
          }
        });
    return count[0];
  }
}
