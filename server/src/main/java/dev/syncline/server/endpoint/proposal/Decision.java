package dev.syncline.server.endpoint.proposal;

import dev.syncline.core.model.CommitId;
import dev.syncline.core.port.PullRequests.PullRequest;
import dev.syncline.core.port.PullRequests.State;
import dev.syncline.server.endpoint.proposal.Standing.Branch;
import java.util.List;
import java.util.Optional;

/**
 * Decides what is to be done on the host. Pure.
 *
 * <p>Three rules: a branch that somebody else committed to is never written again; nothing is done
 * that would only say the same once more; and what people declined is not proposed again.
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
          .orElseGet(() -> new Step.Nothing(Optional.empty()));
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

  private static Step following(PullRequest open, String files, Standing standing) {
    return switch (standing.branch()) {
      case Branch.None _ ->
          new Step.Commit(Optional.empty(), List.of(standing.base()), Optional.of(open));
      case Branch.Theirs theirs -> new Step.Tell(open, theirs);
      case Branch.Ours ours ->
          ours.files().equals(files)
              ? new Step.Edit(open)
              : new Step.Commit(
                  Optional.of(ours.tip()), parents(ours, standing.base()), Optional.of(open));
    };
  }

  /** On top of what people have seen, and of the base as far as that moved. */
  private static List<CommitId> parents(Branch.Ours ours, CommitId base) {
    return ours.on().equals(Optional.of(base)) ? List.of(ours.tip()) : List.of(ours.tip(), base);
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
          ours.files().equals(files) && ours.on().equals(Optional.of(standing.base()))
              ? new Step.Open()
              : new Step.Commit(
                  Optional.of(ours.tip()), List.of(standing.base()), Optional.empty());
      case Branch.Theirs theirs ->
          nothing(
              "nothing can be proposed: "
                  + theirs.by()
                  + " committed to the branch of proposals, and no pull request is open. Merge or"
                  + " delete the branch, or give the link another one");
    };
  }

  private static Step nothing(String why) {
    return new Step.Nothing(Optional.of(why));
  }
}
