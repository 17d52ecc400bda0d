package dev.syncline.core.plan;

import dev.syncline.core.merge.Dispute;
import dev.syncline.core.merge.ThreeWay;
import dev.syncline.core.model.Changes;
import dev.syncline.core.model.FileChange;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.FileVersion;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/**
 * All that a plan is made from, in the endpoint's paths.
 *
 * @param files how many files the base has
 * @param ours what changed in the ledger since the base
 * @param theirs what changed at the endpoint since the base
 * @param unseen paths that could not be looked at
 * @param exists whether either side has a file or folder there
 * @param disputes the question that a policy is asked about a path
 * @param sizes how many bytes a version has
 * @param alarm what is wrong with what the endpoint shows as a whole, if something is
 */
public record Situation(
    long files,
    Changes ours,
    Changes theirs,
    Predicate<FilePath> unseen,
    Predicate<FilePath> exists,
    BiFunction<FilePath, ThreeWay, Dispute> disputes,
    ToLongFunction<FileVersion> sizes,
    Optional<String> alarm) {

  /** The three versions of a path that at least one side changed. */
  ThreeWay at(FilePath path) {
    Optional<FileChange> mine = ours.at(path);
    Optional<FileChange> its = theirs.at(path);
    Optional<FileVersion> base = mine.or(() -> its).flatMap(FileChange::before);
    return new ThreeWay(
        base, mine.map(FileChange::after).orElse(base), its.map(FileChange::after).orElse(base));
  }
}
