package dev.syncline.core.port;

import dev.syncline.core.model.CommitId;
import dev.syncline.core.model.FileMode;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.SyncException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Commits that a forge makes and signs itself, for an app that asks for them. Throws what {@link
 * PullRequests} throws.
 */
public interface VerifiedCommits {

  /**
   * What a file becomes.
   *
   * @param mode anything but {@link FileMode#GITLINK}
   * @param bytes of a symbolic link: where it points
   */
  record Contents(FileMode mode, byte[] bytes) {}

  /**
   * Makes a commit; no branch moves yet.
   *
   * @param base the commit whose files it changes
   * @param files what they become, by path; empty where a file that is in {@code base} is deleted
   * @param parents in order
   */
  CommitId make(
      CommitId base,
      Map<FilePath, Optional<Contents>> files,
      List<CommitId> parents,
      String message);

  /**
   * Moves a branch forward to a commit, or makes the branch.
   *
   * @param expected what it is; empty if there is none
   * @throws SyncException.Unavailable also if the host is overloaded
   */
  RemoteBranch.Pushed move(String branch, Optional<CommitId> expected, CommitId commit);

  /**
   * Puts a commit in the place of another that it isn't built on, such as when a proposal begins
   * anew. The pull request stays open, as it does not if the branch is deleted and made again.
   *
   * @param expected what the branch is; looked at just before, since no forge compares and sets
   */
  RemoteBranch.Pushed replace(String branch, CommitId expected, CommitId commit);
}
