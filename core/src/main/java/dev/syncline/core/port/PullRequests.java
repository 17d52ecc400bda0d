package dev.syncline.core.port;

import dev.syncline.core.model.CommitId;
import dev.syncline.core.model.SyncException;
import java.util.List;
import java.util.Optional;

/**
 * The pull requests of one repository on a forge (GitHub, GitLab, where they are called merge
 * requests, Gitea, Forgejo), as far as one who proposes changes needs them.
 *
 * <p>Every method asks the forge, waits as it tells us to as long as that is short, and repeats
 * what may be repeated. Each throws {@link SyncException.Unavailable} if the forge can't be used
 * now (with the moment before which it wants no more requests), {@link SyncException.Denied} if it
 * doesn't accept the credentials or they don't allow it, and {@link SyncException.Invalid} if it
 * will never take what is asked. A request whose answer was lost is never made twice: what became
 * of it is looked up first.
 */
public interface PullRequests {

  /** What a pull request is now. */
  enum State {
    OPEN,
    MERGED,
    /** Closed by somebody without being merged. */
    CLOSED
  }

  /**
   * A pull request.
   *
   * @param number as people call it
   * @param address of its page
   * @param state what it is now
   * @param head the newest commit of its branch, or the one that it had when it was merged or
   *     closed; empty if the forge doesn't say
   * @param text what it says
   */
  record PullRequest(
      long number, String address, State state, Optional<CommitId> head, Text text) {}

  /**
   * What a pull request says.
   *
   * @param title one line; of one that is longer than 255 characters the beginning is taken
   * @param body in Markdown; as it is read, lines end with {@code \n} and the last has no blanks
   *     after it
   */
  record Text(String title, String body) {}

  /**
   * Who and what is added to a pull request that was opened.
   *
   * @param labels by name; made if there are none
   * @param reviewers names of users
   * @param teams short names of teams that review
   * @param assignees names of users
   */
  record Company(
      List<String> labels, List<String> reviewers, List<String> teams, List<String> assignees) {
    public Company {
      labels = List.copyOf(labels);
      reviewers = List.copyOf(reviewers);
      teams = List.copyOf(teams);
      assignees = List.copyOf(assignees);
    }

    public boolean isEmpty() {
      return labels.isEmpty() && reviewers.isEmpty() && teams.isEmpty() && assignees.isEmpty();
    }
  }

  /**
   * The newest pull request from a branch of this repository to a branch of it, whatever became of
   * it; an open one before all others. Those from forks are not among them.
   */
  Optional<PullRequest> newest(String from, String to);

  /** Opens one; or finds the one that is open between these branches, and gives it its text. */
  PullRequest open(String from, String to, Text text);

  /** Changes what an open one says. */
  void edit(PullRequest pullRequest, Text text);

  /** Says something below one. */
  void comment(PullRequest pullRequest, String markdown);

  /** What was said below one, oldest first; at most the newest 300. */
  List<String> comments(PullRequest pullRequest);

  /** Closes one without merging it. */
  void close(PullRequest pullRequest);

  /**
   * Adds labels, reviewers, teams and assignees, each by itself where the forge refuses all at
   * once.
   *
   * @return what could not be added and why, a sentence each; never an exception for that
   */
  List<String> add(PullRequest pullRequest, Company company);

  /** The longest body that the forge takes, in characters of UTF-16. */
  int longestBody();

  /** The page that shows a file of a commit. */
  String address(CommitId commit, String file);

  /** How commits are made there so that they are shown as verified; empty if it has no such way. */
  Optional<VerifiedCommits> verifiedCommits();
}
