package dev.syncline.server.ledger.remote;

import dev.syncline.core.model.Changes;
import dev.syncline.core.model.CommitId;
import dev.syncline.core.model.Snapshot;
import dev.syncline.core.model.SyncException;
import dev.syncline.core.port.Ledger;
import dev.syncline.core.port.RemoteBranch;
import dev.syncline.core.port.Version;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;

/**
 * A branch on a host that JGit can talk to: over https, ssh, or in a folder of this machine. Calls
 * for one link must not overlap.
 */
public final class GitRemoteBranch implements RemoteBranch {

  private final Repository repository;
  private final Ledger ledger;
  private final RemoteSpec spec;
  private final Fetch fetch;
  private final Push push;

  /**
   * @param repository the ledger's
   * @param listener hears how far fetches and pushes are
   */
  GitRemoteBranch(
      Repository repository,
      Ledger ledger,
      RemoteSpec spec,
      InstantSource clock,
      FetchProgress listener) {
    this.repository = repository;
    this.ledger = ledger;
    this.spec = spec;
    this.fetch = new Fetch(repository, spec, clock, listener);
    this.push = new Push(repository, spec, clock, listener);
  }

  @Override
  public Optional<CommitId> fetch() {
    return fetch.run().map(GitRemoteBranch::commit);
  }

  @Override
  public Version version(CommitId commit) {
    return ledger.history(Optional.empty(), Optional.of(commit), 1).getFirst();
  }

  @Override
  public Snapshot files(CommitId commit) {
    return ledger.at(commit);
  }

  @Override
  public boolean contains(CommitId newer, CommitId older) {
    try (var walk = new RevWalk(repository)) {
      return walk.isMergedInto(walk.parseCommit(id(older)), walk.parseCommit(id(newer)));
    } catch (MissingObjectException e) {
      return false; // The history of what is here is here: what isn't, isn't part of it.
    } catch (IOException e) {
      throw new SyncException.Unavailable("the ledger's history can't be read now", e);
    }
  }

  @Override
  public CommitId carrying(Optional<CommitId> tip, Changes changes, CommitId version) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Pushed push(CommitId commit, Optional<CommitId> expected) {
    if (expected.isPresent() && !contains(commit, expected.get())) {
      throw new IllegalArgumentException(
          commit.brief() + " would take " + expected.get().brief() + " out of the branch");
    }
    Pushed pushed = push.run(id(commit), expected.map(GitRemoteBranch::id));
    if (pushed instanceof Pushed.Done) {
      note(commit);
    }
    return pushed;
  }

  private void note(CommitId commit) {
    try {
      new TrackingRef(repository, spec.link()).moveTo(id(commit));
    } catch (IOException e) {
      throw new SyncException.Unavailable("the ledger can't note what was pushed", e);
    }
  }

  private static ObjectId id(CommitId commit) {
    return ObjectId.fromString(commit.hex());
  }

  private static CommitId commit(ObjectId id) {
    return new CommitId(id.name());
  }
}
