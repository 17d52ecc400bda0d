package dev.syncline.server.endpoint.folder;

import dev.syncline.core.model.FileChange;
import dev.syncline.core.model.FileMode;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.FileVersion;
import dev.syncline.core.model.SyncException;
import dev.syncline.core.port.Applied;
import dev.syncline.core.port.Applied.Result;
import dev.syncline.core.port.Contents;
import dev.syncline.core.port.Delivery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;

/**
 * Brings one delivery into the folder: removals first and the deepest of them first, so that a
 * folder can become a file, then all else in the order of paths. Used once, by the endpoint's
 * caller.
 *
 * <p>It goes in batches: the new files of a batch are durable before anything is done, and then
 * what is about to be done is; so that {@link Recovery} can always tell what a file in the working
 * directory is.
 */
final class DeliveryWork {

  /** A change that is still to be made. */
  private record Wanted(FilePath path, FileChange change) {}

  private static final int FILES_A_BATCH = 256;
  private static final long BYTES_A_BATCH = 64 << 20;

  private final FolderTree tree;
  private final HeldFolder held;
  private final KnownFolder known;
  private final Contents contents;
  private final StepCheck check;
  private final Staging staging;
  private final Replacement replacement;
  private final Spelling spelling;

  private final Outcomes outcomes;
  private final TouchedFolders folders;

  DeliveryWork(
      FolderTree tree,
      HeldFolder held,
      KnownFolder known,
      Spelling spelling,
      Contents contents,
      StepCheck check,
      Replacement replacement) {
    this.tree = tree;
    this.held = held;
    this.known = known;
    this.spelling = spelling;
    this.contents = contents;
    this.check = check;
    this.staging = new Staging(tree, held.work(), contents);
    this.replacement = replacement;
    this.outcomes = new Outcomes(check);
    this.folders = new TouchedFolders(tree);
  }

  /**
   * Does it.
   *
   * @throws IOException the first failure that is the disk's and not a path's, after all other
   *     paths are done
   */
  Applied run(Delivery delivery) throws IOException {
    try {
      return inOrder(delivery);
    } finally {
      staging.forget();
    }
  }

  private Applied inOrder(Delivery delivery) throws IOException {
    var removals = new ArrayList<Wanted>();
    var others = new ArrayList<Wanted>();
    delivery
        .changes()
        .byPath()
        .forEach((path, change) ->
            (file(change.after()).isEmpty() ? removals : others).add(new Wanted(path, change)));
    inBatches(removals.reversed());
    inBatches(others);
    folders.removeEmptied(known);
    return outcomes.applied();
  }

  /** A commit of another repository is nothing that a folder could hold. */
  private static Optional<FileVersion> file(Optional<FileVersion> version) {
    return version.filter(it -> it.mode() != FileMode.GITLINK);
  }

  private void inBatches(List<Wanted> all) throws IOException {
    var batch = new ArrayList<Wanted>();
    long bytes = 0;
    for (Wanted wanted : all) {
      batch.add(wanted);
      bytes += file(wanted.change().after()).map(it -> contents.size(it.content())).orElse(0L);
      if (batch.size() >= FILES_A_BATCH || bytes >= BYTES_A_BATCH) {
        run(batch);
        batch.clear();
        bytes = 0;
      }
    }
    run(batch);
  }

  private void run(List<Wanted> batch) throws IOException {
    if (Thread.currentThread().isInterrupted()) {
      throw new SyncException.Unavailable("interrupted while writing to " + tree.root());
    }
    var steps = new HashMap<FilePath, Step>();
    var intents = new ArrayList<Intent>();
    for (Wanted wanted : batch) {
      outcomes.attempt(
          wanted.path(),
          () -> {
            Optional<Step> step = prepare(wanted, intents.size());
            step.ifPresent(it -> {
              steps.put(wanted.path(), it);
              intents.add(it.intent());
            });
          });
    }
    if (intents.isEmpty()) {
      return;
    }
    staging.makeDurable();
    Intents.write(held.intents(), intents);
    FolderTree.sync(held.work().path());
    FolderTree.sync(held.own().path());
    for (Wanted wanted : batch) {
      Step step = steps.get(wanted.path());
      if (step != null) {
        outcomes.attempt(wanted.path(), () -> finish(wanted, step));
      }
    }
    folders.sync();
    for (Wanted wanted : batch) {
      if (!outcomes.isDone(wanted.path())) {
        Optional.ofNullable(steps.get(wanted.path()))
            .ifPresent(step -> known.release(step.intent().where()));
      }
    }
    for (Intent intent : intents) {
      Files.deleteIfExists(held.work().file(intent.fresh()));
      Files.deleteIfExists(held.work().file(intent.taken()));
    }
    Files.deleteIfExists(held.intents());
  }

  /** Checks a path and writes its new file; empty if nothing is to be done, or can be. */
  private Optional<Step> prepare(Wanted wanted, int number) throws IOException {
    Optional<FileVersion> before = file(wanted.change().before());
    Optional<FileVersion> after = file(wanted.change().after());
    if (before.isEmpty() && after.isEmpty()) {
      outcomes.put(wanted.path(), new Result.Done());
      return Optional.empty();
    }
    String where = where(wanted.path(), after);
    StepCheck.Answer answer = check.look(wanted.path(), where, before, after);
    return switch (answer) {
      case StepCheck.Answer.No(Result result) -> {
        outcomes.put(wanted.path(), result);
        yield Optional.empty();
      }
      case StepCheck.Answer.Go(Optional<FileStat> seen) -> {
        var intent = new Intent(number, where, before, after);
        Optional<FileStat> fresh = Optional.empty();
        if (after.isPresent()) {
          fresh = Optional.of(stage(intent, seen));
          known.reserve(wanted.path(), where, fresh.get());
        }
        yield Optional.of(new Step(intent, seen, fresh));
      }
    };
  }

  private String where(FilePath path, Optional<FileVersion> after) throws CannotHoldException {
    var placement = new Placement(spelling, known.root());
    if (after.isEmpty()) {
      return placement.existing(path);
    }
    return placement
        .free(path)
        .orElseThrow(() ->
            new CannotHoldException(
                "the folder has the same name in another Unicode form, and can't tell the two"
                    + " apart: rename one of them"));
  }

  private FileStat stage(Intent intent, Optional<FileStat> seen) throws IOException {
    FileVersion after = intent.after().orElseThrow();
    if (seen.filter(it -> it.kind() == FileStat.Kind.FILE).isEmpty()) {
      return staging.write(intent.fresh(), after, Optional.empty());
    }
    try (OpenFolder parent = tree.open(KnownFolder.parentOf(intent.where()))) {
      Path old = parent.file(KnownFolder.nameOf(intent.where()));
      return staging.write(intent.fresh(), after, Optional.of(old));
    }
  }

  private void finish(Wanted wanted, Step step) throws IOException {
    String where = step.intent().where();
    String folder = KnownFolder.parentOf(where);
    boolean adds = step.intent().after().isPresent();
    try (OpenFolder parent = adds ? open(folder) : tree.open(folder)) {
      Result result = replacement.run(step, parent);
      folders.touched(folder);
      if (result instanceof Result.Done) {
        if (adds) {
          remember(where, step, parent);
        } else {
          known.remove(where, wanted.path());
          folders.removedFrom(folder);
        }
      }
      outcomes.put(wanted.path(), result);
    }
  }

  /** Opens a folder, and makes it if it is missing. */
  private OpenFolder open(String folder) throws IOException {
    try {
      return tree.open(folder);
    } catch (NoSuchFileException _) {
      for (String at = folder; !at.isEmpty(); at = KnownFolder.parentOf(at)) {
        folders.touched(KnownFolder.parentOf(at));
      }
      return tree.makeForNow(folder);
    }
  }

  private void remember(String where, Step step, OpenFolder parent) throws IOException {
    FileStat now = FileStat.of(parent.file(KnownFolder.nameOf(where)));
    FileStat fresh = step.fresh().orElseThrow();
    // If somebody wrote to it since, the next look finds out: it looks different then.
    known.put(
        where,
        new IndexEntry(
            now.isSameFileAs(fresh) ? now : fresh,
            step.intent().after(),
            IndexEntry.Freshness.RACY,
            false));
  }
}
