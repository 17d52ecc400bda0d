package dev.syncline.core.plan;

import dev.syncline.core.merge.ThreeWay;
import dev.syncline.core.model.Changes;
import dev.syncline.core.model.FileChange;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.FileVersion;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Lets an edit follow a file that the other side renamed. A rename is a file that is gone and one
 * with the same contents that is new, if there is only one of each.
 */
final class Moves {

  private final Situation situation;
  private final Draft draft;
  private final List<Legs> legs;

  /** The side that renames, and the side that may have edited meanwhile. */
  private record Legs(Changes mover, Changes editor) {}

  Moves(Situation situation, Draft draft) {
    this.situation = situation;
    this.draft = draft;
    this.legs =
        List.of(
            new Legs(situation.ours(), situation.theirs()),
            new Legs(situation.theirs(), situation.ours()));
  }

  void follow() {
    legs.forEach(this::follow);
  }

  private void follow(Legs side) {
    if (side.mover().isEmpty() || side.editor().isEmpty()) {
      return;
    }
    renames(side.mover()).forEach((from, to) -> follow(from, to, side.editor()));
  }

  private void follow(FilePath from, FilePath to, Changes editor) {
    boolean edited = editor.at(from).orElse(null) instanceof FileChange.Modified;
    boolean mayFollow = edited && !situation.around().isInDoubt(from) && !isTaken(to, editor);
    if (!mayFollow || draft.isDecided(from) || draft.isDecided(to)) {
      return;
    }
    FileChange.Modified edit = (FileChange.Modified) editor.at(from).orElseThrow();
    ThreeWay arrived = situation.at(to);
    FileVersion moved = arrived.ours().or(arrived::theirs).orElseThrow();
    Optional<FileVersion> both =
        ThreeWay.oneSided(edit.from().mode(), edit.to().mode(), moved.mode())
            .map(mode -> new FileVersion(edit.to().content(), mode));
    if (both.isPresent()) {
      draft.settle(from, Optional.empty());
      draft.settle(to, both);
    }
  }

  /** Whether the editor put something else there, or where it would be in the way. */
  private static boolean isTaken(FilePath to, Changes editor) {
    return editor.at(to).isPresent()
        || editor.byPath().entrySet().stream()
            .filter(change -> change.getValue().after().isPresent())
            .anyMatch(change -> change.getKey().isUnder(to) || to.isUnder(change.getKey()));
  }

  /** From where to where, for each file that was renamed for certain. */
  private static Map<FilePath, FilePath> renames(Changes changes) {
    var gone = new HashMap<FileVersion, Optional<FilePath>>();
    var arrived = new HashMap<FileVersion, Optional<FilePath>>();
    changes
        .byPath()
        .forEach((path, change) -> {
          switch (change) {
            case FileChange.Removed(FileVersion version) -> note(gone, version, path);
            case FileChange.Added(FileVersion version) -> note(arrived, version, path);
            case FileChange.Modified ignored -> {}
          }
        });
    var renames = new HashMap<FilePath, FilePath>();
    gone.forEach((version, from) -> {
      Optional<FilePath> to = arrived.getOrDefault(version, Optional.empty());
      if (from.isPresent() && to.isPresent()) {
        renames.put(from.get(), to.get());
      }
    });
    return renames;
  }

  private static void note(
      Map<FileVersion, Optional<FilePath>> paths, FileVersion version, FilePath path) {
    // The same contents twice: nobody can say which went where.
    paths.merge(version, Optional.of(path), (first, second) -> Optional.empty());
  }
}
