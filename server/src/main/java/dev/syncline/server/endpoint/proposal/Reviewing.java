package dev.syncline.server.endpoint.proposal;

import dev.syncline.core.model.Changes;
import dev.syncline.core.model.CommitId;
import dev.syncline.core.model.FileChange;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.FileVersion;
import dev.syncline.core.model.Snapshot;
import dev.syncline.core.port.Contents;
import dev.syncline.core.port.ProposalBranch;
import dev.syncline.core.port.ProposalBranch.Tips;
import dev.syncline.server.endpoint.proposal.ProposalEndpoint.Listener;
import dev.syncline.server.endpoint.proposal.ProposalEndpoint.Source;
import dev.syncline.server.endpoint.proposal.Proposals.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Lets somebody hear what people committed to the branch of an open pull request, on top of what we
 * proposed; if nobody wants to, nothing is asked of the host.
 */
record Reviewing(ProposalBranch branch, ProposalSettings settings, Source source) {

  /**
   * Tells it, once all else is done.
   *
   * @param result what became of a step, to which notes are added
   * @param step only where people have the branch and its pull request is open, they edited
   *     something
   */
  Result after(Result result, Step step, Tips tips, Contents contents) {
    if (source.listener().isEmpty() || !(result instanceof Result.Done(List<String> done))) {
      return result;
    }
    var notes = new ArrayList<>(done);
    notes.addAll(tell(source.listener().get(), step, tips, contents));
    return new Result.Done(notes);
  }

  private List<String> tell(Listener listener, Step step, Tips tips, Contents contents) {
    if (!(step instanceof Step.Tell(var _, Standing.Branch.Theirs theirs))) {
      return listener.hear(Changes.NONE);
    }
    Optional<CommitId> ours = branch.below(tips, Proposing.FILES);
    if (ours.isPresent()) {
      return listener.hear(edits(branch.files(ours.get()), branch.files(theirs.tip()), contents));
    }
    var notes = new ArrayList<String>(listener.hear(Changes.NONE));
    notes.add(
        "what "
            + theirs.by()
            + " changed on the pull request can't be told from what was proposed: our own commit is"
            + " not below, and nothing is offered");
    return notes;
  }

  private Changes edits(Snapshot proposed, Snapshot reviewed, Contents contents) {
    var edits = new TreeMap<FilePath, FileChange>();
    proposed.forEach((path, version) -> {
      if (settings.isOurs().test(path)) {
        FileChange.between(Optional.of(version), reviewed.at(path))
            .filter(change -> change.after().isPresent())
            .ifPresent(change -> edits.put(path, change));
      }
    });
    branch.bring(
        edits.values().stream()
            .flatMap(change -> Stream.concat(change.before().stream(), change.after().stream()))
            .map(FileVersion::content)
            .collect(Collectors.toSet()),
        contents);
    return new Changes(edits);
  }
}
