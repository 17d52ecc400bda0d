package dev.syncline.server.ledger.remote;

import dev.syncline.core.model.CommitId;
import dev.syncline.core.model.ContentId;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.Snapshot;
import dev.syncline.core.model.SyncException;
import dev.syncline.core.port.Contents;
import dev.syncline.core.port.ProposalBranch;
import dev.syncline.core.port.RemoteBranch.Pushed;
import dev.syncline.core.port.Version;
import dev.syncline.server.ledger.PartialRepository;
import dev.syncline.server.ledger.remote.Talk.Bring;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectIdRef;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.transport.FetchConnection;
import org.eclipse.jgit.transport.RefSpec;

/**
 * A branch and its proposals on a host that speaks Git. Commits come with their trees and without
 * contents (partial clone, <a href="https://git-scm.com/docs/partial-clone">git-scm.com</a>), the
 * first time without what was before them (shallow); the contents of a file come when they are
 * asked for. A host that can't leave contents out sends them all.
 */
public final class GitProposalBranch implements ProposalBranch {

  private static final Optional<Integer> NEWEST = Optional.of(1);
  private static final Optional<Integer> EVERYTHING = Optional.empty();

  /** Where reports are: no branches, so that nobody sees them among theirs, and nothing builds. */
  private static final String REPORTS = "refs/syncline/reports/";

  private final PartialRepository here;
  private final RemoteSpec spec;
  private final String proposals;
  private final String report;
  private final InstantSource clock;
  private final FetchProgress listener;

  /** What the host is asked for; a host that has no filters says so once. */
  private Bring wanted = Bring.NAMES;

  /**
   * @param here keeps what was fetched; is closed with this
   * @param spec of the branch that changes are proposed to
   * @param proposals the name of the branch of proposals, without {@code refs/heads/}
   */
  public GitProposalBranch(
      PartialRepository here,
      RemoteSpec spec,
      String proposals,
      InstantSource clock,
      FetchProgress listener) {
    this.here = here;
    this.spec = spec;
    this.proposals =
        new RemoteSpec(spec.link(), spec.url(), proposals, spec.credentials(), spec.limits())
            .remoteRef();
    this.report = REPORTS + proposals;
    this.clock = clock;
    this.listener = listener;
  }

  @Override
  public Tips look() {
    Optional<ObjectId> known = here.noted().filter(here::has);
    Tips tips = look(known, known.isPresent() ? EVERYTHING : NEWEST, Set.of(spec.remoteRef()));
    Optional<ObjectId> proposed = tips.proposed().map(GitProposalBranch::id);
    if (proposed.isPresent() && !here.has(proposed.get())) {
      // By itself, and without what was before it: that may be far more than is known here.
      return look(known, NEWEST, Set.of(spec.remoteRef(), proposals));
    }
    return tips;
  }

  /** Asks where the branches are, and brings some of them if they are not here. */
  private Tips look(Optional<ObjectId> known, Optional<Integer> depth, Set<String> bring) {
    try (var talk = Talk.with(spec, here.repository(), clock);
        FetchConnection connection = talk.fetching(names(), depth, wanted)) {
      Optional<Ref> base = Optional.ofNullable(connection.getRef(spec.remoteRef()));
      Optional<Ref> proposed = Optional.ofNullable(connection.getRef(proposals));
      List<Ref> missing =
          Stream.concat(base.stream(), proposed.stream())
              .filter(ref -> bring.contains(ref.getName()))
              .filter(ref -> !known.equals(Optional.of(id(ref))) && !here.has(id(ref)))
              .toList();
      if (!missing.isEmpty() && !fetch(talk, connection, missing, known)) {
        wanted = Bring.NAMES_AND_CONTENTS;
        return look(known, depth, bring);
      }
      base.ifPresent(ref -> here.note(id(ref)));
      return new Tips(
          base.map(GitProposalBranch::commit),
          proposed.map(GitProposalBranch::commit),
          Optional.ofNullable(connection.getRef(report)).map(GitProposalBranch::commit));
    }
  }

  private List<RefSpec> names() {
    return List.of(new RefSpec(spec.remoteRef()), new RefSpec(proposals), new RefSpec(report));
  }

  private String name(Place place) {
    return switch (place) {
      case PROPOSALS -> proposals;
      case REPORT -> report;
    };
  }

  /** Brings commits; false if the host can't leave anything out. */
  private boolean fetch(
      Talk talk, FetchConnection connection, List<Ref> missing, Optional<ObjectId> known) {
    var have = new HashSet<ObjectId>();
    known.ifPresent(have::add);
    try {
      connection.fetch(new Progress(listener), missing, have);
    } catch (TransportException | RuntimeException e) {
      // JGit says it in no other way.
      if (wanted == Bring.NAMES && String.valueOf(e.getMessage()).contains("filter requires")) {
        return false;
      }
      throw talk.failure(e, TalkFailure.Phase.TRANSFER);
    }
    for (Ref ref : missing) {
      if (!here.has(id(ref))) {
        throw new SyncException.Unavailable(
            spec.url() + " sent less than it was asked for: " + ref.getName() + " is not whole");
      }
    }
    return true;
  }

  @Override
  public Snapshot files(CommitId commit) {
    return here.files(commit);
  }

  @Override
  public Version version(CommitId commit) {
    return here.history().version(commit);
  }

  @Override
  public Version lastChange(CommitId newest, Optional<CommitId> since, FilePath path) {
    return here.history().lastChange(newest, since, path);
  }

  @Override
  public boolean isWithout(CommitId newest, CommitId commit) {
    return here.history().isWithout(newest, commit);
  }

  @Override
  public Optional<CommitId> below(Tips tips, String trailer) {
    var commits = new FirstParents(here.repository(), trailer);
    ObjectId base = id(tips.base().orElseThrow());
    ObjectId tip = id(tips.proposed().orElseThrow());
    FirstParents.Search search = commits.below(tip, base);
    if (search instanceof FirstParents.Search.Cut) {
      deepen();
      search = commits.below(tip, base);
    }
    return switch (search) {
      case FirstParents.Search.Found(ObjectId commit) -> Optional.of(new CommitId(commit.name()));
      case FirstParents.Search.None(), FirstParents.Search.Cut() -> Optional.empty();
    };
  }

  /** Brings what was before the newest commits, as far as it is looked at. */
  private void deepen() {
    try (var talk = Talk.with(spec, here.repository(), clock);
        FetchConnection connection =
            talk.fetching(names(), Optional.of(FirstParents.FAR_BACK + 1), wanted)) {
      List<Ref> both =
          Stream.of(spec.remoteRef(), proposals)
              .flatMap(name -> Optional.ofNullable(connection.getRef(name)).stream())
              .toList();
      if (!fetch(talk, connection, both, here.noted().filter(here::has))) {
        wanted = Bring.NAMES_AND_CONTENTS;
        deepen();
      }
    }
  }

  @Override
  public void bring(Set<ContentId> contents, Contents into) {
    List<Ref> missing =
        contents.stream()
            .filter(content -> !here.has(content))
            .<Ref>map(content ->
                new ObjectIdRef.Unpeeled(
                    Ref.Storage.NETWORK,
                    content.toString(),
                    ObjectId.fromString(content.toString())))
            .toList();
    if (!missing.isEmpty()) {
      try (var talk = Talk.with(spec, here.repository(), clock);
          FetchConnection connection = talk.fetching(names())) {
        connection.fetch(new Progress(listener), missing, new HashSet<>());
      } catch (TransportException e) {
        throw new SyncException.Unavailable(
            spec.url() + " doesn't give the contents of single files: " + e.getMessage(), e);
      }
    }
    contents.forEach(content -> here.give(content, into));
  }

  @Override
  public CommitId commit(Draft draft, Contents from) {
    return here.commits().make(draft, from, clock.instant());
  }

  @Override
  public CommitId report(String file, byte[] text) {
    return here.commits().alone(file, text, "Report");
  }

  @Override
  public Map<Place, Pushed> push(List<Move> moves) {
    try (var talk = Talk.with(spec, here.repository(), clock)) {
      return new RefMoves(here.repository(), spec, this::name, listener).run(talk, moves);
    }
  }

  @Override
  public void close() {
    here.close();
  }

  private static CommitId commit(Ref ref) {
    return new CommitId(id(ref).name());
  }

  private static ObjectId id(Ref branch) {
    return Objects.requireNonNull(branch.getObjectId(), "a branch that was advertised");
  }

  private static ObjectId id(CommitId commit) {
    return ObjectId.fromString(commit.hex());
  }
}
