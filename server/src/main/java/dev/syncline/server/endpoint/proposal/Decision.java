package dev.syncline.server.endpoint.proposal;

import dev.syncline.core.model.CommitId;
import dev.syncline.core.port.PullRequests.PullRequest;
import dev.syncline.core.port.PullRequests.State;
import dev.syncline.server.endpoint.proposal.Standing.Branch;
import dev.syncline.server.endpoint.proposal.Standing.Ground;
import java.util.List;
import java.util.Optional;

/**
 * Decides what is to be done on the host. Pure.
 *
 * <p>Three rules: a branch that somebody else committed to is not written before all of it was
 * merged; nothing is done that would only say the same once more; and what people declined is not
 * proposed again.
 *
 * @param threshold how much has to differ before a pull request is opened
 */
record Decision(Threshold threshold) {

  /**
   * The next step.
   *
   * @param files what the branch of proposals shall hold, as a fingerprint
   */
  Step step(Drift drift, String files, Standing standing) {
    Optional<PullRequest> open =
        standing.request().filter(request -> request.state() == State.OPEN);
    if (drift.isEmpty()) {
      return open.map(request -> withoutDrift(request, standing.branch()))
          .orElseGet(() -> withoutRequest(standing));
    }
    return open.map(request -> following(request, files, standing))
        .orElseGet(() -> proposing(drift, files, standing));
  }

  private static Step withoutDrift(PullRequest open, Branch branch) {
    return switch (branch) {
      case Branch.None _ -> new Step.Close(open, Optional.empty());
      case Branch.Ours ours -> new Step.Close(open, Optional.of(ours.tip()));
      case Branch.Theirs theirs -> new Step.Tell(open, theirs);
    };
  }

  /** A branch is left to people, unless it is what we left when we closed its pull request. */
  private static Step withoutRequest(Standing standing) {
    boolean isClosedByUs =
        standing.ended(State.CLOSED)
            && standing.request().filter(it -> Marker.in(it.text().body()).isEmpty()).isPresent();
    return isClosedByUs && standing.branch() instanceof Branch.Ours ours
        ? new Step.Remove(ours.tip())
        : new Step.Nothing(Optional.empty());
  }

  private static Step following(PullRequest open, String files, Standing standing) {
    return switch (standing.branch()) {
      case Branch.None _ ->
          new Step.Commit(Optional.empty(), List.of(standing.base()), Optional.of(open));
      case Branch.Theirs theirs -> new Step.Tell(open, theirs);
      case Branch.Ours ours ->
          ours.files().equals(files) && ours.ground() != Ground.GONE
              ? new Step.Edit(open)
              : new Step.Commit(
                  Optional.of(ours.tip()), parents(ours, standing.base()), Optional.of(open));
    };
  }

  /**
   * On top of what people have seen, and of the base as far as that moved. What was taken out of
   * the base's history must not come back with a merge.
   */
  private static List<CommitId> parents(Branch.Ours ours, CommitId base) {
    return switch (ours.ground()) {
      case NEWEST -> List.of(ours.tip());
      case OLDER -> List.of(ours.tip(), base);
      case GONE -> List.of(base);
    };
  }

  private Step proposing(Drift drift, String files, Standing standing) {
    Optional<PullRequest> declined =
        standing
            .request()
            .filter(request -> request.state() == State.CLOSED)
            .filter(request -> Marker.in(request.text().body()).equals(drift.fingerprint()));
    if (declined.isPresent()) {
      return nothing(
          "people closed "
              + declined.get().address()
              + ": the same is not proposed again until it changes");
    }
    Optional<String> waits = threshold.waits(drift);
    if (waits.isPresent()) {
      return new Step.Nothing(waits);
    }
    return switch (standing.branch()) {
      case Branch.None _ ->
          new Step.Commit(Optional.empty(), List.of(standing.base()), Optional.empty());
      case Branch.Ours ours ->
          ours.files().equals(files) && ours.ground() == Ground.NEWEST
              ? new Step.Open()
              : anew(ours.tip(), standing.base());
      case Branch.Theirs theirs ->
          standing.ended(State.MERGED)
              ? anew(theirs.tip(), standing.base())
              : nothing(
                  "nothing can be proposed: "
                      + theirs.by()
                      + " committed to the branch of proposals, and no pull request is open. Merge"
                      + " or delete the branch, or give the link another one");
    };
  }

  private static Step anew(CommitId tip, CommitId base) {
    return new Step.Commit(Optional.of(tip), List.of(base), Optional.empty());
  }

  private static Step nothing(String why) {
    return new Step.Nothing(Optional.of(why));
  }
}
