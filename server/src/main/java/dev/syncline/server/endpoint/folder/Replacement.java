package dev.syncline.server.endpoint.folder;

import dev.syncline.core.model.FileMode;
import dev.syncline.core.model.FileVersion;
import dev.syncline.core.port.Applied.Result;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;

/**
 * Puts one file in place of another without ever losing what somebody else writes there meanwhile.
 *
 * <p>A file is never overwritten and never deleted where it is. It changes places with ours, or is
 * taken away, in one step; then we look at what we really got. If it is what was expected it may
 * go. If not, somebody wrote it after we had looked: it goes back, and the path has moved.
 */
final class Replacement {

  /** What can happen between two steps, for tests. */
  interface Moments {
    /** All was checked, and nothing done yet. */
    void checked(String where);

    /** The old file is in the working directory, and not looked at yet. */
    void swapped(String where);
  }

  private final FolderTree tree;
  private final HeldFolder held;
  private final FileGuard guard;
  private final Moments moments;

  Replacement(FolderTree tree, HeldFolder held, Moments moments) {
    this.tree = tree;
    this.held = held;
    this.guard = new FileGuard(tree.nativeFiles());
    this.moments = moments;
  }

  /** Does it. */
  Result run(Step step, OpenFolder parent) throws IOException {
    Intent intent = step.intent();
    String name = KnownFolder.nameOf(intent.where());
    moments.checked(intent.where());
    try {
      if (step.seen().isEmpty()) {
        tree.moves().moveIfFree(held.work(), intent.fresh(), parent, name);
        return new Result.Done();
      }
      if (intent.after().isEmpty()) {
        return remove(step, parent, name);
      }
      return tree.moves().exchange(held.work(), intent.fresh(), parent, name)
          ? settle(step, parent, name)
          : takeAndPut(step, parent, name);
    } catch (FileAlreadyExistsException | NoSuchFileException _) {
      return new Result.Moved();
    }
  }

  private Result remove(Step step, OpenFolder parent, String name) throws IOException {
    String taken = step.intent().taken();
    tree.moves().take(parent, name, held.work(), taken);
    moments.swapped(step.intent().where());
    if (!isExpected(step, taken)) {
      Recovery.giveBack(tree, held.work(), taken, step.intent().where());
      return new Result.Moved();
    }
    return new Result.Done();
  }

  /** Where two files can't change places: for a moment there is none. */
  private Result takeAndPut(Step step, OpenFolder parent, String name) throws IOException {
    String taken = step.intent().taken();
    tree.moves().take(parent, name, held.work(), taken);
    moments.swapped(step.intent().where());
    if (!isExpected(step, taken)) {
      Recovery.giveBack(tree, held.work(), taken, step.intent().where());
      return new Result.Moved();
    }
    try {
      tree.moves().moveIfFree(held.work(), step.intent().fresh(), parent, name);
      return new Result.Done();
    } catch (FileAlreadyExistsException _) {
      return new Result.Moved(); // what we took is known to the ledger; what came is theirs
    } catch (IOException e) {
      Recovery.giveBack(tree, held.work(), taken, step.intent().where());
      throw e;
    }
  }

  /** The two have changed places: theirs is where ours was. */
  private Result settle(Step step, OpenFolder parent, String name) throws IOException {
    Intent intent = step.intent();
    moments.swapped(intent.where());
    if (isExpected(step, intent.fresh())) {
      return new Result.Done();
    }
    try {
      tree.moves().exchange(held.work(), intent.fresh(), parent, name);
    } catch (NoSuchFileException _) {
      // Ours was removed: there is room for theirs.
      Recovery.giveBack(tree, held.work(), intent.fresh(), intent.where());
      return new Result.Moved();
    }
    FileStat back = FileStat.of(held.work().file(intent.fresh()));
    if (step.fresh().filter(back::isSameFileAs).isEmpty()) {
      // Somebody wrote over ours as well. The newer goes in place, and the older beside it.
      tree.moves().exchange(held.work(), intent.fresh(), parent, name);
      Recovery.giveBack(tree, held.work(), intent.fresh(), intent.where());
    }
    return new Result.Moved();
  }

  /**
   * Whether a file that was taken away is the one that was checked. It is read, whatever it looks
   * like: moving it has changed the one time that nobody can set.
   */
  private boolean isExpected(Step step, String taken) throws IOException {
    Optional<FileVersion> before = step.intent().before();
    FileMode mode = before.map(FileVersion::mode).orElse(FileMode.REGULAR);
    return guard.versionOf(held.work().file(taken), mode).equals(before);
  }
}
