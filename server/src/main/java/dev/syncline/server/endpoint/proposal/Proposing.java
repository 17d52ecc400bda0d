package dev.syncline.server.endpoint.proposal;

import dev.syncline.core.model.Changes;
import dev.syncline.core.model.CommitId;
import dev.syncline.core.model.ContentId;
import dev.syncline.core.model.FileChange;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.FileVersion;
import dev.syncline.core.model.Snapshot;
import dev.syncline.core.model.SyncException;
import dev.syncline.core.port.Contents;
import dev.syncline.core.port.ProposalBranch;
import dev.syncline.core.port.ProposalBranch.Draft;
import dev.syncline.core.port.ProposalBranch.Tips;
import dev.syncline.core.port.PullRequests;
import dev.syncline.core.port.PullRequests.PullRequest;
import dev.syncline.core.port.PullRequests.Text;
import dev.syncline.core.port.RemoteBranch.Pushed;
import dev.syncline.core.port.VerifiedCommits;
import dev.syncline.core.port.Version;
import dev.syncline.core.records.Differences;
import dev.syncline.core.records.RecordComparison;
import dev.syncline.core.records.RecordForm;
import dev.syncline.core.records.RecordRules;
import dev.syncline.core.records.RecordSet;
import dev.syncline.server.endpoint.proposal.Drift.FileDrift;
import dev.syncline.server.endpoint.proposal.ProposalEndpoint.Source;
import dev.syncline.server.endpoint.proposal.Standing.Branch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

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

  /** More differences than this in one file are counted, and not shown. */
  private static final int MOST_SHOWN = 2_000;

  @Override
  public Result propose(Tips tips, Changes changes, Contents contents) {
    if (changes.isEmpty() && tips.proposed().isEmpty()) {
      // Nobody could merge anything: no need to ask.
      var nothing = new Step.Nothing(Optional.empty());
      return reviewing().after(new Result.Done(List.of()), nothing, tips, contents);
    }
    CommitId base = tips.base().orElseThrow();
    Drift drift = drift(changes, contents);
    Map<FilePath, Optional<FileVersion>> files =
        settings.files(branch.files(base), changes, contents);
    String fingerprint = fingerprint(branch.files(base), files);
    Standing standing =
        new Standing(base, branch(tips), requests.newest(settings.branch(), settings.base()));
    Step step = new Decision(settings.threshold()).step(drift, fingerprint, standing);
    Result result =
        switch (step) {
          case Step.Nothing(Optional<String> why) -> new Result.Done(why.stream().toList());
          case Step.Open() -> new Result.Done(open(text(changes, drift, contents)));
          case Step.Edit(PullRequest request) ->
              new Result.Done(edit(request, text(changes, drift, contents)));
          case Step.Tell(PullRequest request, Branch.Theirs theirs) ->
              new Result.Done(tell(request, drift, theirs.by()));
          case Step.Close(PullRequest request, Optional<CommitId> tip) -> close(request, tip);
          case Step.Commit commit ->
              put(
                  commit,
                  draft(base, files, commit, drift, fingerprint),
                  text(changes, drift, contents),
                  contents);
        };
    return reviewing().after(result, step, tips, contents);
  }

  private Reviewing reviewing() {
    return new Reviewing(branch, settings, source);
  }

  private Result put(Step.Commit step, Draft draft, Text text, Contents contents) {
    return switch (move(step, draft, contents)) {
      case Pushed.Moved() -> new Result.Moved();
      case Pushed.Refused(String why) ->
          new Result.Refused("the host doesn't take the branch " + settings.branch() + ": " + why);
      case Pushed.Done() ->
          new Result.Done(
              step.request()
                  .map(request -> {
                    var notes = new ArrayList<>(edit(request, text));
                    notes.set(0, "updated " + request.address());
                    return List.copyOf(notes);
                  })
                  .orElseGet(() -> open(text)));
    };
  }

  private Pushed move(Step.Commit step, Draft draft, Contents contents) {
    Optional<VerifiedCommits> verified = requests.verifiedCommits();
    if (verified.isEmpty()) {
      return branch.push(step.expected(), Optional.of(branch.commit(draft, contents)));
    }
    CommitId made =
        verified
            .get()
            .make(draft.base(), bytes(draft.files(), contents), draft.parents(), draft.text());
    Optional<CommitId> replaced = step.expected().filter(tip -> !draft.parents().contains(tip));
    return replaced.isPresent()
        ? verified.get().replace(settings.branch(), replaced.get(), made)
        : verified.get().move(settings.branch(), step.expected(), made);
  }

  private List<String> open(Text text) {
    PullRequest opened = requests.open(settings.branch(), settings.base(), text);
    var notes = new ArrayList<String>();
    notes.add("opened " + opened.address());
    notes.addAll(requests.add(opened, settings.company()));
    return notes;
  }

  private List<String> edit(PullRequest request, Text text) {
    if (!request.text().title().equals(text.title())
        || !plain(request.text().body()).equals(plain(text.body()))) {
      requests.edit(request, text);
    }
    return List.of("proposed in " + request.address());
  }

  /** Forges change line ends and blank ends. */
  private static String plain(String body) {
    return body.replace("\r\n", "\n").strip();
  }

  private List<String> tell(PullRequest request, Drift drift, String by) {
    String mark = Marker.of(drift.fingerprint());
    boolean isSaid =
        request.text().body().contains(mark)
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

  private Result close(PullRequest request, Optional<CommitId> tip) {
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
    if (tip.isPresent()
        && branch.push(tip, Optional.empty()) instanceof Pushed.Refused(String why)) {
      return new Result.Done(
          List.of("closed " + request.address(), "its branch could not be deleted: " + why));
    }
    return new Result.Done(List.of("closed " + request.address() + ", since nothing differs"));
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

  private Branch branch(Tips tips) {
    if (tips.proposed().isEmpty()) {
      return new Branch.None();
    }
    CommitId tip = tips.proposed().get();
    Version newest = branch.version(tip);
    String files = fingerprint(branch.files(tip), Map.of());
    return files.equals(newest.trailers().get(FILES))
        ? new Branch.Ours(
            tip, Optional.ofNullable(newest.trailers().get(BASE)).map(CommitId::new), files)
        : new Branch.Theirs(tip, newest.author().name());
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

  private Text text(Changes changes, Drift drift, Contents contents) {
    var kept = new TreeMap<FilePath, Differences>();
    changes
        .byPath()
        .forEach((path, change) ->
            kept(path, change, contents).ifPresent(differences -> kept.put(path, differences)));
    return new ProposalText(settings.wording(), requests.longestBody()).of(drift, kept);
  }

  /** How the proposed file differs from what the source says: what people edited, and is kept. */
  private Optional<Differences> kept(FilePath path, FileChange change, Contents contents) {
    Optional<ContentId> said = source.lastSaid(path);
    if (said.isEmpty() || change.after().isEmpty()) {
      return Optional.empty();
    }
    var lastSaid = change.after().get().withContent(said.get());
    return compared(path, lastSaid, change.after().get(), contents)
        .map(comparison -> comparison.differences(MOST_SHOWN))
        .filter(differences -> !differences.isEmpty());
  }

  private Drift drift(Changes changes, Contents contents) {
    SortedMap<FilePath, FileDrift> files = new TreeMap<>();
    changes.byPath().forEach((path, change) -> files.put(path, drift(path, change, contents)));
    return new Drift(files);
  }

  private FileDrift drift(FilePath path, FileChange change, Contents contents) {
    if (change.before().isEmpty() || change.after().isEmpty()) {
      return new FileDrift.Whole(
          change.after().isPresent() ? "a new file" : "deleted", change.toString());
    }
    return compared(path, change.after().get(), change.before().get(), contents)
        .<FileDrift>map(
            it -> new FileDrift.Records(it.differences(MOST_SHOWN), Drift.fingerprint(it)))
        .orElseGet(() -> new FileDrift.Whole("another text", change.toString()));
  }

  /** By record; empty if a version holds no records. */
  private Optional<RecordComparison> compared(
      FilePath path, FileVersion source, FileVersion target, Contents contents) {
    RecordForm form = settings.form(path);
    try {
      return Optional.of(
          RecordComparison.of(
              set("source", source, contents, form),
              set("target", target, contents, form),
              RecordRules.NONE));
    } catch (SyncException.Invalid e) {
      return Optional.empty();
    }
  }

  private static RecordSet set(
      String name, FileVersion version, Contents contents, RecordForm form) {
    ContentId content = version.content();
    return RecordSet.of(name, contents.read(content), form);
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
