package dev.syncline.core.flow;

import dev.syncline.core.merge.ThreeWay;
import dev.syncline.core.model.Author;
import dev.syncline.core.model.Changes;
import dev.syncline.core.model.CommitId;
import dev.syncline.core.model.ContentId;
import dev.syncline.core.model.FileChange;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.FileVersion;
import dev.syncline.core.model.RunId;
import dev.syncline.core.model.Snapshot;
import dev.syncline.core.model.SyncException;
import dev.syncline.core.port.Edit;
import dev.syncline.core.port.Head;
import dev.syncline.core.port.Ledger;
import dev.syncline.core.port.Recorded;
import dev.syncline.core.port.Recording;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Changes from somebody who holds no copy of the files, such as an app: all of them become one
 * version, or none does.
 *
 * @param files what each path becomes, its contents being the ledger's already; empty to delete it
 * @param base the version that they were decided on; empty for the newest, whatever it is
 * @param author who
 * @param at when
 * @param message what for
 */
public record Submission(
    SortedMap<FilePath, Optional<ContentId>> files,
    Optional<CommitId> base,
    Author author,
    Instant at,
    String message) {

  /** Others may be faster that often; more is no bad luck. */
  private static final int TRIES = 20;

  /** How it ended. */
  public sealed interface Submitted {

    /**
     * The files are so.
     *
     * @param version that has them; not a new one if they were so already
     */
    record Done(CommitId version) implements Submitted {}

    /**
     * Paths have changed since the base, and not to what was asked for: nothing was recorded.
     *
     * @param version the newest
     * @param paths as they were, are, and should have become
     */
    record Moved(Optional<CommitId> version, SortedMap<FilePath, ThreeWay> paths)
        implements Submitted {}
  }

  public Submission {
    files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
    if (files.isEmpty()) {
      throw new SyncException.Invalid("there is no change in it");
    }
    for (var entry : files.entrySet()) {
      mustBeAlone(files, entry.getKey(), entry.getValue());
    }
  }

  private static void mustBeAlone(
      SortedMap<FilePath, Optional<ContentId>> files, FilePath path, Optional<ContentId> content) {
    path.above()
        .forEach(above -> {
          if (content.isPresent() && files.getOrDefault(above, Optional.empty()).isPresent()) {
            throw new SyncException.Invalid(
                "\"" + above + "\" can't be a file and the folder of \"" + path + "\"");
          }
        });
  }

  /**
   * Records it.
   *
   * @param run names what is recorded
   * @throws SyncException.Invalid if there is no such base, or a file would be where a folder is
   * @throws SyncException.Unavailable if others kept changing the same paths
   */
  public Submitted into(Ledger ledger, RunId run) {
    Optional<Snapshot> before = base.map(ledger::at);
    for (int tried = 0; tried < TRIES; tried++) {
      Head head = ledger.head();
      var changes = new TreeMap<FilePath, FileChange>();
      var moved = new TreeMap<FilePath, ThreeWay>();
      for (FilePath path : files.keySet()) {
        ThreeWay sides = sides(path, before.orElse(head.files()), head.files());
        if (ThreeWay.oneSided(sides.base(), sides.ours(), sides.theirs()).isEmpty()) {
          moved.put(path, sides);
        } else if (!sides.theirs().equals(sides.base())) {
          // What they didn't change stays as others made it.
          FileChange.between(sides.ours(), sides.theirs())
              .ifPresent(change -> changes.put(path, change));
        }
      }
      if (!moved.isEmpty()) {
        return new Submitted.Moved(head.commit(), moved);
      }
      if (changes.isEmpty()) {
        return new Submitted.Done(
            head.commit()
                .orElseThrow(() -> new SyncException.Invalid("there is nothing to delete yet")));
      }
      mustFit(changes, head.files());
      if (ledger.record(recording(run, head, Changes.of(changes)))
          instanceof Recorded.Committed(Head now)) {
        return new Submitted.Done(now.commit().orElseThrow());
      }
    }
    throw new SyncException.Unavailable("others keep changing the same files: try again");
  }

  private ThreeWay sides(FilePath path, Snapshot before, Snapshot now) {
    Optional<FileVersion> known = before.at(path);
    Optional<FileVersion> wanted =
        files
            .getOrDefault(path, Optional.empty())
            .map(content ->
                // Who writes into a script leaves it a script; a symbolic link becomes a file.
                known
                    .filter(file -> file.mode().isFile())
                    .map(file -> file.withContent(content))
                    .orElseGet(() -> FileVersion.regular(content)));
    return new ThreeWay(known, now.at(path), wanted);
  }

  private Recording recording(RunId run, Head head, Changes changes) {
    var edit = new Edit(author, at, message, changes);
    return new Recording(
        run,
        head,
        changes,
        new Recording.Theirs.Edits(List.of(edit)),
        Optional.empty(),
        List.of(),
        Set.of());
  }

  private static void mustFit(SortedMap<FilePath, FileChange> changes, Snapshot now) {
    changes.forEach((path, change) -> {
      if (change.after().isEmpty()) {
        return;
      }
      if (now.isFolder(path)) {
        throw new SyncException.Invalid("\"" + path + "\" is a folder: delete what is in it first");
      }
      path.above()
          .forEach(above -> {
            FileChange gone = changes.get(above);
            if (now.at(above).isPresent() && (gone == null || gone.after().isPresent())) {
              throw new SyncException.Invalid(
                  "\"" + above + "\" is a file, so that nothing can be in it: delete it first");
            }
          });
    });
  }
}
