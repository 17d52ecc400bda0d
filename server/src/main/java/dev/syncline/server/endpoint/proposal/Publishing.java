package dev.syncline.server.endpoint.proposal;

import dev.syncline.core.model.CommitId;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.FileVersion;
import dev.syncline.core.port.Contents;
import dev.syncline.core.port.ProposalBranch;
import dev.syncline.core.port.ProposalBranch.Draft;
import dev.syncline.core.port.ProposalBranch.Move;
import dev.syncline.core.port.ProposalBranch.Place;
import dev.syncline.core.port.ProposalBranch.Tips;
import dev.syncline.core.port.PullRequests;
import dev.syncline.core.port.RemoteBranch.Pushed;
import dev.syncline.core.port.VerifiedCommits;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Brings commits to the host: what is proposed, and a report where a text has no room for all. The
 * same report is the same commit, so that it is known again.
 *
 * @param name of the branch of proposals
 * @param tips what is there
 */
record Publishing(ProposalBranch branch, PullRequests requests, String name, Tips tips) {

  private static final String REPORT = "report.md";

  /** How it ended. */
  sealed interface Published {

    /**
     * It is there.
     *
     * @param report the address of the report; empty if there is none
     */
    record Done(Optional<String> report, List<String> notes) implements Published {}

    /** Somebody moved one of them meanwhile. */
    record Moved() implements Published {}

    /** The host doesn't take the proposal. */
    record Refused(String why) implements Published {}
  }

  /** Puts a commit on the branch of proposals. */
  Published put(Step.Commit step, Draft draft, Said said, Contents contents) {
    Optional<VerifiedCommits> verified = requests.verifiedCommits();
    if (verified.isEmpty()) {
      CommitId made = branch.commit(draft, contents);
      return published(
          said, Optional.of(new Move(Place.PROPOSALS, step.expected(), Optional.of(made))));
    }
    return switch (report(said)) {
      case Published.Done done ->
          switch (move(verified.get(), step, draft, contents)) {
            case Pushed.Done() -> done;
            case Pushed.Moved() -> new Published.Moved();
            case Pushed.Refused(String why) -> new Published.Refused(why);
          };
      case Published.Moved moved -> moved;
      case Published.Refused refused -> refused;
    };
  }

  /** Brings the report, if there is one. */
  Published report(Said said) {
    return published(said, Optional.empty());
  }

  private Published published(Said said, Optional<Move> proposal) {
    Optional<CommitId> report =
        said.report().map(it -> branch.report(REPORT, it.getBytes(StandardCharsets.UTF_8)));
    Optional<Move> beside =
        report
            .filter(it -> !tips.report().equals(report))
            .map(_ -> new Move(Place.REPORT, tips.report(), report));
    Map<Place, Pushed> pushed = push(Stream.concat(beside.stream(), proposal.stream()).toList());
    return switch (pushed.getOrDefault(Place.PROPOSALS, new Pushed.Done())) {
      case Pushed.Moved() -> new Published.Moved();
      case Pushed.Refused(String why) -> new Published.Refused(why);
      case Pushed.Done() ->
          switch (pushed.getOrDefault(Place.REPORT, new Pushed.Done())) {
            case Pushed.Done() ->
                new Published.Done(report.map(it -> requests.address(it, REPORT)), List.of());
            case Pushed.Moved() -> new Published.Moved();
            case Pushed.Refused(String why) ->
                new Published.Done(
                    Optional.empty(), List.of("the host doesn't take the full report: " + why));
          };
    };
  }

  /**
   * Removes the branch of proposals, if there is one, and the report.
   *
   * @return what could not be removed and why, a sentence each
   */
  List<String> remove(Optional<CommitId> tip) {
    var moves = new ArrayList<Move>();
    tip.ifPresent(_ -> moves.add(new Move(Place.PROPOSALS, tip, Optional.empty())));
    tips.report()
        .ifPresent(_ -> moves.add(new Move(Place.REPORT, tips.report(), Optional.empty())));
    var notes = new ArrayList<String>();
    push(moves)
        .forEach((place, pushed) -> {
          if (pushed instanceof Pushed.Refused(String why)) {
            String what =
                switch (place) {
                  case PROPOSALS -> "branch";
                  case REPORT -> "report";
                };
            notes.add("its " + what + " could not be deleted: " + why);
          }
        });
    return notes;
  }

  private Map<Place, Pushed> push(List<Move> moves) {
    if (moves.isEmpty()) {
      return Map.of();
    }
    var pushed = new EnumMap<Place, Pushed>(branch.push(moves));
    if (moves.size() > 1 && pushed.values().stream().allMatch(it -> it instanceof Pushed.Refused)) {
      // There are hosts that refuse all for one.
      pushed.putAll(
          branch.push(moves.stream().filter(it -> it.place() == Place.PROPOSALS).toList()));
    }
    return pushed;
  }

  private Pushed move(VerifiedCommits verified, Step.Commit step, Draft draft, Contents contents) {
    CommitId made =
        verified.make(draft.base(), bytes(draft.files(), contents), draft.parents(), draft.text());
    Optional<CommitId> replaced = step.expected().filter(tip -> !draft.parents().contains(tip));
    return replaced.isPresent()
        ? verified.replace(name, replaced.get(), made)
        : verified.move(name, step.expected(), made);
  }

  private static Map<FilePath, Optional<VerifiedCommits.Contents>> bytes(
      Map<FilePath, Optional<FileVersion>> files, Contents contents) {
    var bytes = new HashMap<FilePath, Optional<VerifiedCommits.Contents>>();
    files.forEach((path, version) ->
        bytes.put(
            path,
            version.map(
                it -> new VerifiedCommits.Contents(it.mode(), contents.read(it.content())))));
    return bytes;
  }
}
