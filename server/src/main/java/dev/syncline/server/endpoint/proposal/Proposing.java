package dev.syncline.server.endpoint.proposal;

import dev.syncline.core.model.Changes;
import dev.syncline.core.model.CommitId;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.FileVersion;
import dev.syncline.core.model.Snapshot;
import dev.syncline.core.port.Contents;
import dev.syncline.core.port.ProposalBranch;
import dev.syncline.core.port.ProposalBranch.Draft;
import dev.syncline.core.port.ProposalBranch.Tips;
import dev.syncline.core.port.PullRequests;
import dev.syncline.core.port.PullRequests.PullRequest;
import dev.syncline.core.port.PullRequests.Text;
import dev.syncline.core.port.Version;
import dev.syncline.server.endpoint.proposal.Marker.Added;
import dev.syncline.server.endpoint.proposal.ProposalEndpoint.Source;
import dev.syncline.server.endpoint.proposal.Publishing.Published;
import dev.syncline.server.endpoint.proposal.Standing.Branch;
import dev.syncline.server.endpoint.proposal.Standing.Ground;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Brings the branch of proposals and its pull request to where they should be. May be stopped
 * between any two requests: the next time it looks at what is there.
 *
 * @param source what the source said last
 */
record Proposing(
    ProposalBranch branch, PullRequests requests, ProposalSettings settings, Source source)
    implements Proposals {

  /** Of our commits: what the branch holds with it, and what it was made on. */
  static final String FILES = "Syncline-Files";

  private static final String BASE = "Syncline-Base";
  private static final String DRIFT = "Syncline-Drift";

  private static final String AGREED =
      "Nothing differs any more, so this is closed: the data and this repository agree.";

  @Override
  public Result propose(Tips tips, Changes changes, Contents contents) {
    if (changes.isEmpty() && tips.proposed().isEmpty()) {
      // Nobody could merge anything: no need to ask.
      var nothing = new Step.Nothing(Optional.empty());
      return reviewing().after(new Result.Done(List.of()), nothing, tips, contents);
    }
    CommitId base = tips.base().orElseThrow();
    var comparing = new Comparing(settings, source, contents);
    Drift drift = comparing.drift(changes);
    Map<FilePath, Optional<FileVersion>> files =
        settings.files(branch.files(base), changes, contents);
    String fingerprint = fingerprint(branch.files(base), files);
    Standing standing =
        new Standing(base, branch(tips, base), requests.newest(settings.branch(), settings.base()));
    Step step = new Decision(settings.threshold()).step(drift, fingerprint, standing);
    var publishing = new Publishing(branch, requests, settings.branch(), tips);
    var text = new ProposalText(settings.wording(), requests.longestBody());
    Result result =
        switch (step) {
          case Step.Nothing(Optional<String> why) -> new Result.Done(why.stream().toList());
          case Step.Open() -> {
            Said said = text.of(drift, changes, comparing);
            yield ended(publishing.report(said), done -> open(said, done));
          }
          case Step.Edit(PullRequest request) -> {
            Said said = text.of(drift, changes, comparing);
            Published published =
                said.isWithoutReport(request.text())
                    ? new Published.Done(Optional.empty(), List.of())
                    : publishing.report(said);
            yield ended(published, done -> edit("proposed in ", request, said, done));
          }
          case Step.Commit commit -> {
            Said said = text.of(drift, changes, comparing);
            Draft draft = draft(base, files, commit, drift, fingerprint);
            yield ended(
                publishing.put(commit, draft, said, contents),
                done ->
                    commit
                        .request()
                        .map(request -> edit("updated ", request, said, done))
                        .orElseGet(() -> open(said, done)));
          }
          case Step.Tell(PullRequest request, Branch.Theirs theirs) ->
              new Result.Done(tell(request, drift, theirs.by()));
          case Step.Close(PullRequest request, Optional<CommitId> tip) -> {
            var notes = new ArrayList<>(close(request));
            notes.addAll(publishing.remove(tip));
            yield new Result.Done(notes);
          }
          case Step.Remove(CommitId tip) -> new Result.Done(publishing.remove(Optional.of(tip)));
        };
    return reviewing().after(result, step, tips, contents);
  }

  private Reviewing reviewing() {
    return new Reviewing(branch, settings, source);
  }

  private Result ended(Published published, Function<Published.Done, List<String>> then) {
    return switch (published) {
      case Published.Moved() -> new Result.Moved();
      case Published.Refused(String why) ->
          new Result.Refused("the host doesn't take the branch " + settings.branch() + ": " + why);
      case Published.Done done -> {
        var notes = new ArrayList<>(then.apply(done));
        notes.addAll(done.notes());
        yield new Result.Done(List.copyOf(notes));
      }
    };
  }

  private List<String> open(Said said, Published.Done published) {
    Added added = settings.company().isEmpty() ? Added.ALL : Added.NOT_YET;
    Text text = said.text(published.report(), added);
    PullRequest opened = requests.open(settings.branch(), settings.base(), text);
    var notes = new ArrayList<>(List.of("opened " + opened.address()));
    if (added == Added.NOT_YET) {
      List<String> failures = requests.add(opened, settings.company());
      if (failures.isEmpty()) {
        requests.edit(opened, said.text(published.report(), Added.ALL));
      }
      notes.addAll(failures);
    }
    return notes;
  }

  private List<String> edit(String done, PullRequest request, Said said, Published.Done published) {
    Text before = request.text();
    Added added = Marker.added(before.body());
    var notes = new ArrayList<>(List.of(done + request.address()));
    if (said.isDue(before)) {
      List<String> failures = requests.add(request, settings.company());
      added = failures.isEmpty() ? Added.ALL : Added.NOT_ALL;
      notes.addAll(failures);
    }
    Text text = said.text(published.report(), added);
    if (!Said.isSame(before, text)) {
      requests.edit(request, text);
    }
    return notes;
  }

  private List<String> tell(PullRequest request, Drift drift, String by) {
    String mark = Marker.of(drift.fingerprint());
    boolean isSaid =
        Marker.in(request.text().body()).equals(drift.fingerprint())
            || requests.comments(request).stream()
                .filter(comment -> !Marker.in(comment).isEmpty())
                .reduce((earlier, later) -> later)
                .filter(last -> last.contains(mark))
                .isPresent();
    if (!isSaid) {
      requests.comment(request, ProposalText.toPeople(drift, by));
    }
    return List.of(request.address() + " has commits of " + by + ": its branch is left as it is");
  }

  private List<String> close(PullRequest request) {
    // Without its mark it isn't taken for one that people declined.
    String unmarked = Marker.without(request.text().body());
    boolean isNews = !Marker.in(request.text().body()).isEmpty();
    if (isNews) {
      requests.edit(request, new Text(request.text().title(), unmarked));
    }
    if (isNews || requests.comments(request).stream().noneMatch(AGREED::equals)) {
      requests.comment(request, AGREED);
    }
    requests.close(request);
    return List.of("closed " + request.address() + ", since nothing differs");
  }

  private Draft draft(
      CommitId base,
      Map<FilePath, Optional<FileVersion>> files,
      Step.Commit step,
      Drift drift,
      String fingerprint) {
    var trailers = new LinkedHashMap<String, String>();
    trailers.put(DRIFT, drift.fingerprint());
    trailers.put(BASE, base.hex());
    trailers.put(FILES, fingerprint);
    return new Draft(base, files, step.parents(), ProposalText.commit(drift), trailers);
  }

  private Branch branch(Tips tips, CommitId base) {
    if (tips.proposed().isEmpty()) {
      return new Branch.None();
    }
    CommitId tip = tips.proposed().get();
    Version newest = branch.version(tip);
    String files = fingerprint(branch.files(tip), Map.of());
    return files.equals(newest.trailers().get(FILES))
        ? new Branch.Ours(tip, ground(base, newest), files)
        : new Branch.Theirs(tip, newest.author().name());
  }

  private Ground ground(CommitId base, Version ours) {
    Optional<CommitId> on = Optional.ofNullable(ours.trailers().get(BASE)).map(CommitId::new);
    return on.equals(Optional.of(base))
        ? Ground.NEWEST
        : on.filter(it -> branch.isWithout(base, it)).isPresent() ? Ground.GONE : Ground.OLDER;
  }

  private String fingerprint(Snapshot snapshot, Map<FilePath, Optional<FileVersion>> changed) {
    var contents = new HashMap<FilePath, String>();
    snapshot.forEach((path, version) -> {
      if (settings.isOurs().test(path) || isDerived(path)) {
        contents.put(path, version.toString());
      }
    });
    changed.forEach((path, version) ->
        version.ifPresentOrElse(
            it -> contents.put(path, it.toString()), () -> contents.remove(path)));
    return Drift.fingerprint(contents);
  }

  private boolean isDerived(FilePath path) {
    return settings.derived().stream().anyMatch(derived -> derived.derived().equals(path));
  }
}
