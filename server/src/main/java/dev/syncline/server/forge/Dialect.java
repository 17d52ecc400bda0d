package dev.syncline.server.forge;

import dev.syncline.core.port.PullRequests.Company;
import dev.syncline.core.port.PullRequests.PullRequest;
import dev.syncline.core.port.PullRequests.Text;
import java.util.List;
import java.util.Optional;

/** What one kind of forge is asked about pull requests, and what its answers mean. */
sealed interface Dialect permits GitHubLike, GitLabDialect {

  /** As it is called now. */
  ForgeRepository repository();

  /** In characters of UTF-16. */
  int longestBody();

  /** Looks for the one that counts between two branches, and that is from no fork. */
  Optional<PullRequest> newest(String from, String to);

  Call open(String from, String to, Text text);

  /** What the answer to {@link #open} means. */
  Opening.Attempt opened(Answer answer);

  Call edit(PullRequest pull, Text text);

  Call close(PullRequest pull);

  Call comment(PullRequest pull, String words);

  /** Reads the newest comments, oldest first. */
  List<String> comments(PullRequest pull);

  void add(PullRequest pull, Company company, Additions additions);
}
