package dev.syncline.server.forge;

import dev.syncline.core.model.CommitId;
import dev.syncline.core.port.PullRequests;
import dev.syncline.core.port.VerifiedCommits;
import java.util.List;
import java.util.Optional;

/** The pull requests of a repository, whichever forge it is on. Thread-safe. */
final class ForgePullRequests implements PullRequests {

  private final ForgeHttp http;
  private final Dialect dialect;
  private final Optional<VerifiedCommits> commits;

  ForgePullRequests(ForgeHttp http, Dialect dialect, Optional<VerifiedCommits> commits) {
    this.http = http;
    this.dialect = dialect;
    this.commits = commits;
  }

  @Override
  public Optional<PullRequest> newest(String from, String to) {
    return dialect.newest(from, to);
  }

  @Override
  public PullRequest open(String from, String to, Text text) {
    return new Opening(http, this)
        .open(from, to, text, dialect.open(from, to, text), dialect::opened);
  }

  @Override
  public void edit(PullRequest pullRequest, Text text) {
    http.repeatable(dialect.edit(pullRequest, text));
  }

  @Override
  public void comment(PullRequest pullRequest, String markdown) {
    String words = Words.body(markdown);
    http.onlyOnce(
        dialect.comment(pullRequest, words), () -> Words.isRecent(comments(pullRequest), words));
  }

  @Override
  public List<String> comments(PullRequest pullRequest) {
    return dialect.comments(pullRequest);
  }

  @Override
  public void close(PullRequest pullRequest) {
    http.repeatable(dialect.close(pullRequest));
  }

  @Override
  public List<String> add(PullRequest pullRequest, Company company) {
    var additions = new Additions();
    dialect.add(pullRequest, company, additions);
    return additions.failures();
  }

  @Override
  public int longestBody() {
    return dialect.longestBody();
  }

  @Override
  public String address(CommitId commit, String file) {
    return dialect.repository().address(commit, file);
  }

  @Override
  public Optional<VerifiedCommits> verifiedCommits() {
    return commits;
  }
}
