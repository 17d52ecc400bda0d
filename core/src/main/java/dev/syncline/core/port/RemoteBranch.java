package dev.syncline.core.port;

import dev.syncline.core.model.Changes;
import dev.syncline.core.model.CommitId;
import dev.syncline.core.model.Snapshot;
import dev.syncline.core.model.SyncException;
import java.util.Optional;

/**
 * One branch of a repository on another host, as the ledger's repository sees it. What is fetched
 * lands in the ledger's object database, so that its commits can become part of the history.
 *
 * <p>Every method that reaches the host throws {@link SyncException.Unavailable} if it can't be
 * reached or asks to wait, and {@link SyncException.Denied} if it doesn't accept the credentials.
 */
public interface RemoteBranch {

  /**
   * Brings the branch's commits here.
   *
   * @return its newest commit; empty if the host has no such branch
   * @throws SyncException.Corrupt if what it sends is damaged or no Git tree may hold it; nothing
   *     of it is kept
   */
  Optional<CommitId> fetch();

  /** A fetched commit, as people look at it. */
  Version version(CommitId commit);

  /** A fetched commit's files. */
  Snapshot files(CommitId commit);

  /** Whether a commit is part of another's history, or the same. */
  boolean contains(CommitId newer, CommitId older);

  /**
   * Makes the commit that brings changes to the branch: the ledger's own version if that has just
   * these files, or else a commit on top of both.
   *
   * @param tip the branch's newest commit; empty if there is no branch yet
   * @param changes from the files of {@code tip}
   * @param version the ledger's version that asks for them
   */
  CommitId carrying(Optional<CommitId> tip, Changes changes, CommitId version);

  /**
   * Moves the branch forward, never over commits that are not part of the new one's history.
   *
   * @param commit what it shall be
   * @param expected what it is; empty if there is no branch
   */
  Pushed push(CommitId commit, Optional<CommitId> expected);

  /** How a push ended. */
  sealed interface Pushed {

    /** The branch is there now. */
    record Done() implements Pushed {}

    /** Somebody else moved the branch meanwhile: fetch again. */
    record Moved() implements Pushed {}

    /**
     * The host doesn't take it: a protected branch, a hook, a file that is too large.
     *
     * @param reason in the host's words
     */
    record Refused(String reason) implements Pushed {}
  }
}
