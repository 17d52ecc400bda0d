package dev.syncline.core.plan;

import dev.syncline.core.merge.ThreeWay;
import dev.syncline.core.model.Changes;
import dev.syncline.core.model.FileChange;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.FileVersion;
import java.util.Optional;

/**
 * All that a plan is made from, in the endpoint's paths.
 *
 * @param files how many files the base has
 * @param ours what changed in the ledger since the base
 * @param theirs what changed at the endpoint since the base
 * @param around answers what else is asked
 * @param alarm what is wrong with what the endpoint shows as a whole, if something is
 */
public record Situation(
    long files, Changes ours, Changes theirs, Surroundings around, Optional<String> alarm) {

  /** The three versions of a path that at least one side changed. */
  ThreeWay at(FilePath path) {
    Optional<FileChange> mine = ours.at(path);
    Optional<FileChange> its = theirs.at(path);
    Optional<FileVersion> base = mine.or(() -> its).flatMap(FileChange::before);
    return new ThreeWay(
        base, mine.map(FileChange::after).orElse(base), its.map(FileChange::after).orElse(base));
  }
}
