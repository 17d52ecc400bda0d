package dev.syncline.server.ledger.remote;

import dev.syncline.core.model.Changes;
import dev.syncline.core.model.CommitId;
import dev.syncline.core.model.Snapshot;
import dev.syncline.core.model.SyncException;
import dev.syncline.core.port.RemoteBranch;
import dev.syncline.core.port.RemoteBranch.Pushed;
import dev.syncline.core.port.Version;
import dev.syncline.server.ledger.GitLedger;
import dev.syncline.server.ledger.RemoteHistory;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.revwalk.RevWalk;

/**
 * A branch on a host that JGit can talk to: over https, ssh, or in a folder of this machine. Calls
 * for one link must not overlap.
 */
public final class GitRemoteBranch implements RemoteBranch {

  private final GitLedger ledger;
  private final RemoteHistory history;
  private final RemoteSpec spec;
  private final Fetch fetch;
  private final Push push;

  /**
   * @param ledger where what is fetched goes; is not closed
   * @param clock tells until when a host that asks to wait is left alone
   * @param listener hears how far fetches and pushes are
   */
  public GitRemoteBranch(
      GitLedger ledger, RemoteSpec spec, InstantSource clock, FetchProgress listener) {
    this.ledger = ledger;
    this.history = ledger.remoteHistory();
    this.spec = spec;
    this.fetch = new Fetch(history, spec, clock, listener);
    this.push = new Push(history, spec, clock, listener);
  }

  @Override
  public Optional<CommitId> fetch() {
    return fetch.run().map(GitRemoteBranch::commit);
  }

  /** The branch's newest commit, which may not be here; empty if the host has no such branch. */
  public Optional<CommitId> look() {
    return fetch.look().map(GitRemoteBranch::commit);
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
    try (var walk = new RevWalk(history.repository())) {
      return walk.isMergedInto(walk.parseCommit(id(older)), walk.parseCommit(id(newer)));
    } catch (MissingObjectException e) {
      return false; // The history of what is here is here: what isn't, isn't part of it.
    } catch (IOException e) {
      throw new SyncException.Unavailable("the ledger's history can't be read now", e);
    }
  }

  @Override
  public CommitId carrying(Optional<CommitId> tip, Changes changes, CommitId version) {
    return commit(
        history.carrying(spec.link(), tip.map(GitRemoteBranch::id), changes, id(version)));
  }

  @Override
  public Pushed push(CommitId commit, Optional<CommitId> expected) {
    if (expected.isPresent() && !contains(commit, expected.get())) {
      throw new IllegalArgumentException(
          commit.brief() + " would take " + expected.get().brief() + " out of the branch");
    }
    Pushed pushed = push.run(id(commit), expected.map(GitRemoteBranch::id));
    if (pushed instanceof Pushed.Done) {
      history.see(spec.link(), id(commit));
    }
    return pushed;
  }

  private static ObjectId id(CommitId commit) {
    return ObjectId.fromString(commit.hex());
  }

  private static CommitId commit(ObjectId id) {
    return new CommitId(id.name());
  }
}
