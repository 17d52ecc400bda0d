package dev.syncline.server.ledger;

import dev.syncline.core.merge.Conflict;
import dev.syncline.core.model.Changes;
import dev.syncline.core.model.FileMode;
import dev.syncline.core.model.FileVersion;
import dev.syncline.core.model.LinkName;
import dev.syncline.core.model.Snapshot;
import dev.syncline.core.model.SyncException;
import dev.syncline.core.port.Edit;
import dev.syncline.core.port.Recording;
import dev.syncline.core.port.Recording.Agreement;
import dev.syncline.core.port.Recording.Theirs;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.revwalk.RevWalk;

/**
 * Puts recordings into a draft, one after the other: checks that each still holds, and makes its
 * trees, commits and moves of refs. Confined to the thread that commits.
 */
final class Recorder {

  private final Draft draft;
  private final PendingContents contents;
  private final SyncedPacks fetched;
  private final CommitWriter commits;
  private final TreeEditor trees;
  private final DraftBase bases;
  private final DraftConflicts conflicts;
  private final DraftHistory history;
  private final DraftRemotes remotes;

  Recorder(Draft draft, PendingContents contents, SyncedPacks fetched, LedgerSettings settings) {
    this.draft = draft;
    this.contents = contents;
    this.fetched = fetched;
    this.commits = new CommitWriter(draft.objects(), settings);
    this.trees = new TreeEditor(draft.objects());
    this.bases = new DraftBase(draft, commits, trees);
    this.conflicts = new DraftConflicts(draft, commits);
    this.history = new DraftHistory(draft, commits, trees, bases);
    this.remotes = new DraftRemotes(draft, commits, trees);
  }

  /** The branches of other hosts. */
  DraftRemotes remotes() {
    return remotes;
  }

  /**
   * Puts a recording into the draft.
   *
   * @return whether it is in; if not, something that it speaks of has moved
   * @throws IllegalArgumentException if it contradicts itself
   */
  boolean record(Recording recording) throws IOException {
    mustHaveItsContents(recording);
    Optional<ObjectId> on = recording.on().commit().map(GitIds::id);
    boolean isCurrent = on.equals(draft.head());
    if (isStale(recording, isCurrent)) {
      return false;
    }
    Edited edited = trees.edit(draft.tree(), recording.changes(), TreeEditor.Before.CHECKED);
    if (edited instanceof Edited.Clash && !isCurrent) {
      return false;
    }
    ObjectId tree = must(edited, "changes of run " + recording.run());
    Optional<ObjectId> base = agreed(recording, isCurrent ? Optional.of(tree) : Optional.empty());
    history.commit(recording, tree);
    if (base.isPresent() && recording.agreement().isPresent()) {
      // What others recorded since isn't part of the base, so its parent must not have it either.
      bases.agree(
          recording.agreement().get(), base.get(), isCurrent ? draft.head() : on, commits.now());
    }
    for (Conflict conflict : recording.conflicts()) {
      conflicts.open(conflict);
    }
    conflicts.close(recording.closed(), recording.theirs());
    return true;
  }

  /** A link's base and its conflicts end; always possible. */
  boolean forget(LinkName link) throws IOException {
    draft.move(RefNames.base(link), Optional.empty());
    conflicts.close(conflicts.of(link), new Theirs.Edits(List.of()));
    return true;
  }

  private boolean isStale(Recording recording, boolean isCurrent) throws IOException {
    return switch (recording.theirs()) {
      case Theirs.Edits _ -> false;
      case Theirs.Merged it -> !isBase(recording, it.base().files());
      case Theirs.History it -> {
        mustBeCommit(GitIds.id(it.tip()));
        fetched.sync();
        yield !isCurrent;
      }
      case Theirs.Resolved it -> !conflicts.isOpen(it.conflict());
    };
  }

  /** Whether the base that edits were made on is what the link's base is now. */
  private boolean isBase(Recording recording, Snapshot files) throws IOException {
    Optional<Agreement> agreement = recording.agreement();
    if (agreement.isEmpty()) {
      throw new IllegalArgumentException("only a link's edits can be merged");
    }
    ObjectId now =
        bases
            .of(RefNames.base(agreement.get().link()))
            .map(DraftBase.Agreed::tree)
            .orElse(Stored.EMPTY_TREE);
    return now.equals(tree(files));
  }

  /** The files of the base that a recording asks for; empty if it asks for none. */
  private Optional<ObjectId> agreed(Recording recording, Optional<ObjectId> result)
      throws IOException {
    if (recording.agreement().isEmpty()) {
      return Optional.empty();
    }
    ObjectId changed;
    if (result.isPresent()) {
      changed = result.get();
    } else {
      ObjectId on = tree(recording.on().files());
      changed =
          must(
              trees.edit(on, recording.changes(), TreeEditor.Before.CHECKED),
              "changes of run " + recording.run());
    }
    Changes behind = recording.agreement().get().behind();
    return Optional.of(
        must(
            trees.edit(changed, behind, TreeEditor.Before.CHECKED),
            "agreement of run " + recording.run()));
  }

  private static ObjectId must(Edited edited, String what) {
    return switch (edited) {
      case Edited.Done done -> done.tree();
      case Edited.Clash clash ->
          throw new IllegalArgumentException(
              "the " + what + " contradict the version that they start from, at " + clash.path());
    };
  }

  private ObjectId tree(Snapshot files) {
    if (files instanceof TreeSnapshot it) {
      return it.tree();
    }
    throw new IllegalArgumentException("a recording needs this ledger's own snapshots");
  }

  private void mustBeCommit(ObjectId tip) throws IOException {
    try (var walk = new RevWalk(draft.objects())) {
      walk.parseCommit(tip);
    } catch (MissingObjectException | IncorrectObjectTypeException e) {
      throw new SyncException.Invalid("there is no version " + tip.name(), e);
    }
  }

  private void mustHaveItsContents(Recording recording) {
    Stream<FileVersion> changed =
        Stream.concat(Stream.of(recording.changes()), edits(recording.theirs()).map(Edit::changes))
            .flatMap(Recorder::after);
    Stream<FileVersion> behind =
        recording.agreement().stream()
            .flatMap(it -> Stream.of(it.behind(), it.offered()))
            .flatMap(Recorder::after);
    Stream<FileVersion> sides =
        recording.conflicts().stream()
            .map(Conflict::sides)
            .flatMap(it -> Stream.of(it.base(), it.ours(), it.theirs()))
            .flatMap(Optional::stream);
    Stream.of(changed, behind, sides)
        .flatMap(versions -> versions)
        .filter(version -> version.mode() != FileMode.GITLINK)
        .map(FileVersion::content)
        .distinct()
        .filter(content -> !contents.has(content))
        .findAny()
        .ifPresent(content -> {
          throw new IllegalArgumentException(
              "run " + recording.run() + " speaks of contents that were never put: " + content);
        });
  }

  private static Stream<Edit> edits(Theirs theirs) {
    return switch (theirs) {
      case Theirs.Edits it -> it.edits().stream();
      case Theirs.Merged it -> it.edits().stream();
      case Theirs.History _ -> Stream.empty();
      case Theirs.Resolved it -> Stream.of(it.edit());
    };
  }

  private static Stream<FileVersion> after(Changes changes) {
    return changes.byPath().values().stream().flatMap(change -> change.after().stream());
  }
}
