package dev.syncline.server.endpoint.proposal;

import dev.syncline.core.model.CommitId;
import dev.syncline.core.port.PullRequests.PullRequest;
import dev.syncline.core.port.PullRequests.State;
import java.util.Optional;

/**
 * How things stand on the host.
 *
 * @param base the newest commit of the branch that changes are proposed to
 * @param branch the branch of proposals
 * @param request the newest pull request from there
 */
record Standing(CommitId base, Branch branch, Optional<PullRequest> request) {

  /** Whether the newest pull request ended so, and had all that is on the branch now. */
  boolean ended(State as) {
    return request
        .filter(it -> it.state() == as)
        .filter(it -> it.head().isPresent() && it.head().equals(branch.newest()))
        .isPresent();
  }

  /** What became of the base's commit that a commit of ours was made on. */
  enum Ground {
    /** It is the newest. */
    NEWEST,

    /** Others came on top. */
    OLDER,

    /** The base was written anew without it. */
    GONE
  }

  /** The branch of proposals. */
  sealed interface Branch {

    /** The newest commit; empty if there is none. */
    default Optional<CommitId> newest() {
      return switch (this) {
        case None _ -> Optional.empty();
        case Ours ours -> Optional.of(ours.tip());
        case Theirs theirs -> Optional.of(theirs.tip());
      };
    }

    /** There is none. */
    record None() implements Branch {}

    /**
     * Its newest commit is one that we made.
     *
     * @param tip that commit
     * @param ground what became of the commit that it was made on
     * @param files what it holds, as a fingerprint
     */
    record Ours(CommitId tip, Ground ground, String files) implements Branch {}

    /**
     * Somebody committed to it.
     *
     * @param tip the newest commit
     * @param by its author's name
     */
    record Theirs(CommitId tip, String by) implements Branch {}
  }
}
