package dev.syncline.core.port;

import dev.syncline.core.merge.Conflict;
import dev.syncline.core.merge.ConflictId;
import dev.syncline.core.model.Base;
import dev.syncline.core.model.Changes;
import dev.syncline.core.model.CommitId;
import dev.syncline.core.model.LinkName;
import dev.syncline.core.model.PathMapping;
import dev.syncline.core.model.RunId;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One atomic step of a ledger: new files, what a link's base becomes, and which conflicts open and
 * close.
 *
 * @param run the operation that asks for it, named in the commit
 * @param on the version that it was decided on
 * @param changes from {@code on} to what the ledger is to hold
 * @param theirs where they come from
 * @param agreement what a link's base becomes, if a link asks
 * @param conflicts those that wait from now on; one that waits already is brought up to date
 * @param closed those that no longer wait
 */
public record Recording(
    RunId run,
    Head on,
    Changes changes,
    Theirs theirs,
    Optional<Agreement> agreement,
    List<Conflict> conflicts,
    Set<ConflictId> closed) {

  public Recording {
    conflicts = List.copyOf(conflicts);
    closed = Set.copyOf(closed);
  }

  /** Where a recording's changes come from, and so what its commits look like. */
  public sealed interface Theirs {

    /** People's edits, taken as they are: a commit for each on top of the ledger. */
    record Edits(List<Edit> edits) implements Theirs {
      public Edits {
        edits = List.copyOf(edits);
      }
    }

    /**
     * Edits of which some were merged or overruled: commits on top of the base they were made on,
     * and a merge commit, so that each version of either side stays in the history.
     */
    record Merged(List<Edit> edits, Base base) implements Theirs {
      public Merged {
        edits = List.copyOf(edits);
      }
    }

    /**
     * A history of its own, which the ledger's continues or merges. Its changes must not be written
     * over a head that moved.
     */
    record History(CommitId tip) implements Theirs {}

    /**
     * A person's answer to a conflict.
     *
     * @param edit what they decided
     * @param conflict whose sides stay in the history
     */
    record Resolved(Edit edit, ConflictId conflict) implements Theirs {}
  }

  /**
   * What a link's base becomes.
   *
   * @param link whose
   * @param behind from {@code on} with {@code changes} to the new base; see {@link Base#agree}
   * @param offered from the new base to what the endpoint is asked to become
   * @param count how many files of the base the link sees
   * @param mapping what the link sees
   * @param tip the endpoint's own version
   */
  public record Agreement(
      LinkName link,
      Changes behind,
      Changes offered,
      long count,
      PathMapping mapping,
      Optional<CommitId> tip) {}
}
