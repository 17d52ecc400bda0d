package dev.syncline.server.endpoint.proposal;

import dev.syncline.core.model.Changes;
import dev.syncline.core.model.CommitId;
import dev.syncline.core.model.ContentId;
import dev.syncline.core.model.FileChange;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.FileVersion;
import dev.syncline.core.model.Snapshot;
import dev.syncline.core.model.SyncException;
import dev.syncline.core.port.Applied;
import dev.syncline.core.port.Contents;
import dev.syncline.core.port.Delivery;
import dev.syncline.core.port.Edit;
import dev.syncline.core.port.Endpoint;
import dev.syncline.core.port.Hints;
import dev.syncline.core.port.Observed;
import dev.syncline.core.port.ProposalBranch;
import dev.syncline.core.port.ProposalBranch.Tips;
import dev.syncline.core.port.PullRequests;
import dev.syncline.core.port.Version;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A branch that takes changes by pull request only. What people commit there comes in; what the
 * ledger has beyond it is one commit on a branch of ours and one pull request, which follow the
 * ledger until somebody merges it, declines it, or nothing differs.
 *
 * <p>It remembers nothing: what it did is written on the host, so that another Syncline, or this
 * one after its data were lost, goes on from there.
 */
public final class ProposalEndpoint implements Endpoint {

  private final ProposalBranch branch;
  private final Proposals proposals;
  private final ProposalSettings settings;

  /** The base's commit that was seen last. */
  private Optional<CommitId> before = Optional.empty();

  private Optional<Tips> seen = Optional.empty();

  private ProposalEndpoint(ProposalBranch branch, ProposalSettings settings, Proposals proposals) {
    this.branch = branch;
    this.settings = settings;
    this.proposals = proposals;
  }

  /**
   * One that opens pull requests.
   *
   * @param source what the source said last about a file; empty if it says nothing of it
   */
  public static ProposalEndpoint onForge(
      ProposalBranch branch, PullRequests requests, ProposalSettings settings, Source source) {
    return new ProposalEndpoint(
        branch, settings, new Proposing(branch, requests, settings, source));
  }

  /** One that only writes into a folder what would be proposed. */
  public static ProposalEndpoint inFolder(
      Path folder, ProposalBranch branch, ProposalSettings settings) {
    return new ProposalEndpoint(branch, settings, new ProposalFolder(folder, branch, settings));
  }

  /** What the source of the data said last. */
  @FunctionalInterface
  public interface Source {

    Optional<ContentId> lastSaid(FilePath path);

    /** Who wants to hear what people commit to the branch of proposals. */
    default Optional<Listener> listener() {
      return Optional.empty();
    }
  }

  /** Hears in every run what people commit to the branch of proposals. */
  @FunctionalInterface
  public interface Listener {

    /**
     * Hears it.
     *
     * @param edits from what we proposed to what people made of it; none if no pull request is open
     *     or nobody changed anything
     * @return what people should know, a sentence each
     */
    List<String> hear(Changes edits);
  }

  @Override
  public boolean proposes() {
    return true;
  }

  @Override
  public Observed observe(Snapshot base, Hints hints, Contents contents) {
    Tips tips = branch.look();
    CommitId tip =
        tips.base()
            .orElseThrow(() ->
                new SyncException.Unavailable(
                    "the repository has no branch "
                        + settings.base()
                        + ": nothing is deleted for that. Push it, or name another one"));
    seen = Optional.of(tips);
    Changes changes = changes(base, branch.files(tip));
    Set<ContentId> wanted =
        changes.byPath().values().stream()
            .flatMap(change -> change.after().stream())
            .map(FileVersion::content)
            .collect(Collectors.toSet());
    branch.bring(wanted, contents);
    List<Edit> edits = edits(tip, changes);
    before = Optional.of(tip);
    return new Observed(edits, Map.of(), Optional.empty(), Optional.empty(), Observed.Rest.NOTHING);
  }

  @Override
  public Applied apply(Delivery delivery, Contents contents) {
    return switch (proposals.propose(seen.orElseThrow(), delivery.changes(), contents)) {
      case Proposals.Result.Done(List<String> notes) ->
          all(delivery, new Applied.Result.Proposed(), notes);
      case Proposals.Result.Moved() -> all(delivery, new Applied.Result.Moved(), List.of());
      case Proposals.Result.Refused(String why) ->
          all(delivery, new Applied.Result.Refused(why), List.of());
    };
  }

  private static Applied all(Delivery delivery, Applied.Result result, List<String> notes) {
    return new Applied(
        delivery.changes().byPath().keySet().stream()
            .collect(Collectors.toMap(path -> path, _ -> result)),
        Optional.empty(),
        notes);
  }

  @Override
  public void close() {
    branch.close();
  }

  private Changes changes(Snapshot base, Snapshot now) {
    var changes = new TreeMap<FilePath, FileChange>();
    base.forEach((path, version) -> {
      if (settings.isOurs().test(path)) {
        FileChange.between(Optional.of(version), now.at(path))
            .ifPresent(change -> changes.put(path, change));
      }
    });
    now.forEach((path, version) -> {
      if (settings.isOurs().test(path) && base.at(path).isEmpty()) {
        FileChange.between(Optional.empty(), Optional.of(version))
            .ifPresent(change -> changes.put(path, change));
      }
    });
    return new Changes(changes);
  }

  /** Each change under the name of who made it last. */
  private List<Edit> edits(CommitId tip, Changes changes) {
    var byVersion = new LinkedHashMap<CommitId, Version>();
    var paths = new HashMap<CommitId, TreeMap<FilePath, FileChange>>();
    changes
        .byPath()
        .forEach((path, change) -> {
          Version version = branch.lastChange(tip, before, path);
          byVersion.put(version.id(), version);
          paths.computeIfAbsent(version.id(), _ -> new TreeMap<>()).put(path, change);
        });
    var edits = new ArrayList<Edit>();
    byVersion.forEach((id, version) -> {
      TreeMap<FilePath, FileChange> changed = paths.getOrDefault(id, new TreeMap<>());
      edits.add(new Edit(version.author(), version.at(), version.message(), new Changes(changed)));
    });
    return edits;
  }
}
