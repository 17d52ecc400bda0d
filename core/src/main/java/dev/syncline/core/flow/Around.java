package dev.syncline.core.flow;

import dev.syncline.core.merge.Dispute;
import dev.syncline.core.merge.ThreeWay;
import dev.syncline.core.model.Base;
import dev.syncline.core.model.Changes;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.FileVersion;
import dev.syncline.core.model.Lookup;
import dev.syncline.core.model.PathMapping;
import dev.syncline.core.model.Snapshot;
import dev.syncline.core.plan.Surroundings;
import dev.syncline.core.port.Edit;
import dev.syncline.core.port.Head;
import dev.syncline.core.port.Ledger;
import dev.syncline.core.port.Observed;
import java.time.Instant;
import java.util.Optional;

/**
 * Answers what a plan asks about a path, from what a look saw.
 *
 * @param newest the head's files
 * @param inDoubt what was offered and has not been seen to arrive, in the ledger's paths
 * @param now when the look was
 */
record Around(
    Ledger ledger,
    PathMapping mapping,
    Base base,
    Head head,
    Lookup newest,
    Observed seen,
    Changes inDoubt,
    Instant now)
    implements Surroundings {

  @Override
  public boolean isUnseen(FilePath path) {
    return seen.unseen(path).isPresent();
  }

  @Override
  public boolean isBlocked(FilePath path) {
    return !mapping.isWhole() && mapping.toLedger(path).filter(this::isTakenOutOfSight).isPresent();
  }

  @Override
  public boolean isInDoubt(FilePath path) {
    return mapping.toLedger(path).flatMap(inDoubt::at).isPresent();
  }

  @Override
  public boolean isFree(FilePath path) {
    return mapping.toLedger(path).isPresent()
        && isFreeIn(mapping.seenFromEndpoint(head.files()), path)
        && isFreeIn(mapping.seenFromEndpoint(base.files()), path)
        && seen.changes().byPath().keySet().stream()
            .noneMatch(other -> other.equals(path) || other.isUnder(path));
  }

  @Override
  public Dispute dispute(FilePath path, ThreeWay sides) {
    return new Dispute(
        Dispute.Kind.FILE,
        path,
        sides,
        () -> recordedAt(mapping.toLedger(path)),
        () -> editOf(path, seen).map(edit -> sinceBase(edit.at())).orElse(now),
        ledger::read);
  }

  @Override
  public FilePath inLedger(FilePath path) {
    return mapping.toLedger(path).orElseThrow();
  }

  @Override
  public long size(FileVersion version) {
    return ledger.size(version.content());
  }

  /** The edit that changed a path. */
  static Optional<Edit> editOf(FilePath atEndpoint, Observed seen) {
    return seen.edits().stream()
        .filter(edit -> edit.changes().at(atEndpoint).isPresent())
        .findFirst();
  }

  private static boolean isFreeIn(Snapshot files, FilePath path) {
    return files.at(path).isEmpty() && !files.isFolder(path);
  }

  /** Whether the ledger has a file above a path, or files below it, that the link doesn't see. */
  private boolean isTakenOutOfSight(FilePath path) {
    return path.above().anyMatch(above -> newest.at(above).isPresent() && isOutOfSight(above))
        || (newest.isFolder(path)
            && head
                .files()
                .page(Optional.of(path), Optional.empty(), Integer.MAX_VALUE)
                .keySet()
                .stream()
                .anyMatch(this::isOutOfSight));
  }

  private boolean isOutOfSight(FilePath inLedger) {
    return mapping.toEndpoint(inLedger).isEmpty();
  }

  private Instant recordedAt(Optional<FilePath> inLedger) {
    return ledger.history(inLedger, head.commit(), 1).stream()
        .findFirst()
        .map(version -> sinceBase(version.at()))
        .orElse(base.at());
  }

  /** What changed since the base changed between the base and now, whatever a clock says. */
  private Instant sinceBase(Instant claimed) {
    Instant notLater = claimed.isAfter(now) ? now : claimed;
    return notLater.isBefore(base.at()) ? base.at() : notLater;
  }
}
