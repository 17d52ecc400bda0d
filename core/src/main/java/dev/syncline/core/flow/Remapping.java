package dev.syncline.core.flow;

import dev.syncline.core.model.Base;
import dev.syncline.core.model.Changes;
import dev.syncline.core.model.FileChange;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.PathMapping;
import dev.syncline.core.model.RunId;
import dev.syncline.core.port.Head;
import dev.syncline.core.port.Ledger;
import dev.syncline.core.port.Recording;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Follows a change of what a link sees. Of a file that it didn't see before, or saw elsewhere, it
 * has agreed on nothing: so nobody takes its absence for a deletion.
 */
record Remapping(Ledger ledger, Link link) {

  void run(RunId id) {
    Base base = ledger.base(link.name());
    Head head = ledger.head();
    PathMapping before = base.mapping();
    PathMapping after = link.mapping();
    Changes ours = head.files().since(base.files());
    var behind = new TreeMap<FilePath, FileChange>();
    var count = new long[1];
    base.files()
        .forEach((path, version) -> {
          boolean same =
              after.toEndpoint(path).isPresent()
                  && after.toEndpoint(path).equals(before.toEndpoint(path));
          if (same) {
            count[0]++;
          }
        });
    head.files()
        .forEach((path, version) -> {
          Optional<FilePath> there = after.toEndpoint(path);
          if (there.isPresent() && !there.equals(before.toEndpoint(path))) {
            behind.put(path, new FileChange.Removed(version));
          }
        });
    ours.byPath()
        .forEach((path, change) -> {
          Optional<FilePath> there = after.toEndpoint(path);
          if (there.isPresent() && there.equals(before.toEndpoint(path))) {
            behind.put(path, change.reversed());
          }
        });
    ledger.record(
        new Recording(
            id,
            head,
            Changes.NONE,
            new Recording.Theirs.Edits(List.of()),
            Optional.of(
                new Recording.Agreement(
                    link.name(), new Changes(behind), Changes.NONE, count[0], after, base.tip())),
            List.of(),
            Set.of()));
  }
}
