package dev.syncline.server.endpoint.proposal;

import dev.syncline.core.model.CommitId;
import dev.syncline.core.port.PullRequests.PullRequest;
import java.util.List;
import java.util.Optional;

/** What is to be done on the host. */
sealed interface Step {

  /**
   * Nothing.
   *
   * @param why for people; empty if there is nothing to tell
   */
  record Nothing(Optional<String> why) implements Step {}

  /**
   * A commit is put on the branch of proposals, and the pull request says so.
   *
   * @param expected what the branch is
   * @param parents of the commit
   * @param request to be edited; one is opened if empty
   */
  record Commit(Optional<CommitId> expected, List<CommitId> parents, Optional<PullRequest> request)
      implements Step {}

  /** The branch is right, and nobody was told. */
  record Open() implements Step {}

  /** The branch is right; the pull request's text may not be. */
  record Edit(PullRequest request) implements Step {}

  /** People committed to the branch: they are told what differs now, and it stays as it is. */
  record Tell(PullRequest request, Standing.Branch.Theirs branch) implements Step {}

  /**
   * There is nothing left to propose.
   *
   * @param tip of the branch, which is removed; empty if there is none
   */
  record Close(PullRequest request, Optional<CommitId> tip) implements Step {}

  /** We closed the pull request, and were stopped before we removed its branch. */
  record Remove(CommitId tip) implements Step {}
}
