package dev.syncline.server.endpoint.proposal;

import dev.syncline.core.model.CommitId;
import dev.syncline.core.port.PullRequests.PullRequest;
import java.util.Optional;

/**
 * How things stand on the host.
 *
 * @param base the newest commit of the branch that changes are proposed to
 * @param branch the branch of proposals
 * @param request the newest pull request from there
 */
record Standing(CommitId base, Branch branch, Optional<PullRequest> request) {

  /** The branch of proposals. */
  sealed interface Branch {

    /** There is none. */
    record None() implements Branch {}

    /**
     * Its newest commit is one that we made.
     *
     * @param tip that commit
     * @param on the commit that it was made on
     * @param files what it holds, as a fingerprint
     */
    record Ours(CommitId tip, Optional<CommitId> on, String files) implements Branch {}

    /**
     * Somebody committed to it.
     *
     * @param tip the newest commit
     * @param by its author's name
     */
    record Theirs(CommitId tip, String by) implements Branch {}
  }
}
