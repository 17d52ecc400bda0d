package dev.syncline.core.model;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a link's endpoint held when the ledger last took it into account, path by path: the common
 * ancestor of whatever either side does next.
 *
 * @param files in the ledger's paths; what the link doesn't see is here as the ledger had it
 * @param offered what the endpoint was asked to become since, and has not confirmed: where it is
 *     seen to hold this, it has been taken over, and this is the ancestor
 * @param count how many files of it the link sees
 * @param mapping what the link saw then
 * @param tip the endpoint's own version, if it keeps history
 * @param at when it was agreed, by the ledger's clock: what the endpoint did since is later
 */
public record Base(
    Snapshot files,
    Changes offered,
    long count,
    PathMapping mapping,
    Optional<CommitId> tip,
    Instant at) {

  /**
   * What has arrived of that which was offered: without it, what Syncline wrote itself would look
   * like somebody's edit.
   *
   * @param theirs from the base to the endpoint as it was seen, in the ledger's paths
   * @return from the base to the ancestor that counts
   */
  public Changes arrived(Changes theirs) {
    return theirs.only((path, seen) ->
        offered.at(path).filter(asked -> asked.after().equals(seen.after())).isPresent());
  }

  /**
   * Where a link's base has to differ from its ledger after a step of a run.
   *
   * <p>Path by path, the base becomes what the endpoint was seen to hold or confirmed to hold, and
   * stays what it was where a conflict is open: so a later comparison finds each change that the
   * other side has not taken into account, and none that it has. Never is a side's whole snapshot
   * taken over: what nobody has looked at since must stay in doubt.
   *
   * @param ledger from the old base to the ledger as it is after the step
   * @param theirs from the old base to the endpoint as it was seen or is confirmed to be
   * @param open paths whose conflict waits, and paths that could not be seen
   * @return from the ledger to the new base; where it is silent the two are the same
   */
  public static Changes agree(Changes ledger, Changes theirs, Set<FilePath> open) {
    var behind = new TreeMap<FilePath, FileChange>();
    for (var change : ledger.byPath().entrySet()) {
      FilePath path = change.getKey();
      Optional<FileVersion> now = change.getValue().after();
      Optional<FileVersion> agreed =
          open.contains(path)
              ? change.getValue().before()
              : theirs.at(path).map(FileChange::after).orElse(change.getValue().before());
      FileChange.between(now, agreed).ifPresent(back -> behind.put(path, back));
    }
    theirs
        .byPath()
        .forEach((path, change) -> {
          if (ledger.at(path).isEmpty() && !open.contains(path)) {
            behind.put(path, change);
          }
        });
    return new Changes(behind);
  }
}
