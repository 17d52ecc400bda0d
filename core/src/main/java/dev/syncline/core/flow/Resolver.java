package dev.syncline.core.flow;

import dev.syncline.core.merge.Conflict;
import dev.syncline.core.merge.Resolution;
import dev.syncline.core.merge.Side;
import dev.syncline.core.model.Author;
import dev.syncline.core.model.Base;
import dev.syncline.core.model.Changes;
import dev.syncline.core.model.FileChange;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.FileVersion;
import dev.syncline.core.model.RunId;
import dev.syncline.core.model.SyncException;
import dev.syncline.core.plan.CopyNames;
import dev.syncline.core.port.Edit;
import dev.syncline.core.port.Head;
import dev.syncline.core.port.Ledger;
import dev.syncline.core.port.Recorded;
import dev.syncline.core.port.Recording;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Records a person's answer to a conflict. The endpoint follows with the next run of its link.
 *
 * @param ledger the workspace's
 */
public record Resolver(Ledger ledger) {

  /**
   * Answers.
   *
   * @param run names what is recorded
   * @param conflict as the person saw it
   * @param resolution what they decided
   * @param author who they are
   * @param at when
   * @return Moved if either side is no longer what the person saw; then nothing was recorded
   * @throws SyncException.Invalid if the ledger has a folder where the answer wants a file
   */
  public Recorded resolve(
      RunId run, Conflict conflict, Resolution resolution, Author author, Instant at) {
    Head head = ledger.head();
    boolean asSeen =
        ledger.conflicts().contains(conflict)
            && head.files().at(conflict.path()).equals(conflict.sides().ours());
    if (!asSeen) {
      return new Recorded.Moved();
    }
    Changes changes = changes(conflict, resolution, head);
    changes.byPath().forEach((path, change) -> checkPlace(path, change, head));
    Base base = ledger.base(conflict.link());
    var theirs = new TreeMap<FilePath, FileChange>();
    FileChange.between(base.files().at(conflict.path()), conflict.sides().theirs())
        .ifPresent(change -> theirs.put(conflict.path(), change));
    Changes ours =
        head.files()
            .since(base.files())
            .followedBy(changes)
            .only((path, change) -> base.mapping().toEndpoint(path).isPresent());
    var agreement =
        new Recording.Agreement(
            conflict.link(),
            Room.forBase(
                head.files(), Base.agree(ours, new Changes(theirs), Set.of()), base.mapping()),
            base.offered().only((path, change) -> !path.equals(conflict.path())),
            base.count() + new Changes(theirs).growth(),
            base.mapping(),
            base.tip());
    var edit = new Edit(author, at, "Resolve " + conflict.path(), changes);
    return ledger.record(
        new Recording(
            run,
            head,
            changes,
            new Recording.Theirs.Resolved(edit, conflict.id()),
            Optional.of(agreement),
            List.of(),
            Set.of(conflict.id())));
  }

  private static Changes changes(Conflict conflict, Resolution resolution, Head head) {
    Optional<FileVersion> ours = conflict.sides().ours();
    var changes = new TreeMap<FilePath, FileChange>();
    switch (resolution) {
      case Resolution.Choose(Side side) ->
          FileChange.between(ours, side.of(conflict.sides()))
              .ifPresent(change -> changes.put(conflict.path(), change));
      case Resolution.Supply(Optional<FileVersion> version) ->
          FileChange.between(ours, version)
              .ifPresent(change -> changes.put(conflict.path(), change));
      case Resolution.Both() ->
          conflict
              .sides()
              .theirs()
              .ifPresent(
                  theirs -> changes.put(freeName(conflict, head), new FileChange.Added(theirs)));
    }
    return new Changes(changes);
  }

  private static void checkPlace(FilePath path, FileChange change, Head head) {
    boolean inFile = path.above().anyMatch(above -> head.files().at(above).isPresent());
    if (change.after().isPresent() && (inFile || head.files().isFolder(path))) {
      throw new SyncException.Invalid(
          "the ledger has no place for `"
              + path
              + "`: "
              + (inFile ? "a folder that it is in is a file there" : "it is a folder there"));
    }
  }

  private static FilePath freeName(Conflict conflict, Head head) {
    return new CopyNames(conflict.path(), conflict.link().value())
        .firstThat(name -> head.files().at(name).isEmpty() && !head.files().isFolder(name))
        .orElseThrow(
            () -> new SyncException.Invalid("there are too many copies beside " + conflict.path()));
  }
}
