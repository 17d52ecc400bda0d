package dev.syncline.server.forge;

import dev.syncline.core.port.PullRequests.Company;
import dev.syncline.core.port.PullRequests.PullRequest;
import dev.syncline.core.port.PullRequests.State;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Pull requests on GitHub. Thread-safe.
 *
 * @see <a href="https://docs.github.com/rest/pulls/pulls">its API</a>
 */
final class GitHubDialect implements GitHubLike {

  private static final int LONGEST_BODY = 65_536;
  private static final int MOST_COMMENTS = 300;

  private final ForgeHttp http;
  private volatile RepositoryCalls calls;

  GitHubDialect(ForgeHttp http, ForgeRepository repository) {
    this.http = http;
    this.calls = new RepositoryCalls(repository);
  }

  @Override
  public RepositoryCalls calls() {
    return calls;
  }

  @Override
  public int longestBody() {
    return LONGEST_BODY;
  }

  @Override
  public Optional<PullRequest> newest(String from, String to) {
    Answer answer = http.good(listing(from, to, "all"));
    if (answer.moved() && relocate()) {
      // The filter names the owner, who has another name now.
      answer = http.good(listing(from, to, "all"));
    }
    Optional<PullRequest> found = newest(answer, from, to);
    boolean isOpen = found.filter(pull -> pull.state() == State.OPEN).isPresent();
    return isOpen || answer.link("next").isEmpty()
        ? found
        : newest(http.good(listing(from, to, "open")), from, to).or(() -> found);
  }

  private static Optional<PullRequest> newest(Answer answer, String from, String to) {
    return RepositoryCalls.newest(
        answer.body().valueStream().filter(pull -> isBetween(pull, from, to)));
  }

  private Call listing(String from, String to, String state) {
    return Call.get(
        "list pull requests",
        calls.path("/pulls?state=" + state)
            + "&sort=created&direction=desc&per_page=100&head="
            + Call.part(repository().owner() + ":" + from)
            + "&base="
            + Call.part(to));
  }

  /** Finds out what the repository is called now. */
  private boolean relocate() {
    ForgeRepository before = repository();
    JsonNode now = http.good(Call.get("show the repository", calls.path(""))).body();
    ForgeRepository renamed =
        before.called(
            now.path("owner").path("login").asString(before.owner()),
            now.path("name").asString(before.name()));
    calls = new RepositoryCalls(renamed);
    return !renamed.equals(before);
  }

  /** GitHub leaves out a filter that it doesn't understand; and forks have the same branches. */
  private static boolean isBetween(JsonNode pull, String from, String to) {
    JsonNode head = pull.path("head");
    JsonNode base = pull.path("base");
    return head.path("ref").asString("").equals(from)
        && base.path("ref").asString("").equals(to)
        && head.path("repo").path("id").isNumber()
        && head.path("repo").path("id").equals(base.path("repo").path("id"));
  }

  @Override
  public Opening.Attempt opened(Answer answer) {
    if (answer.isGood()) {
      return new Opening.Attempt.Opened(RepositoryCalls.read(answer.body()));
    }
    if (answer.status() == 422 && answer.says("already exists")) {
      return new Opening.Attempt.Exists(answer.said());
    }
    boolean isTooSoon =
        answer.status() == 422
            && (answer.says("no commits between") || answer.says("head invalid"));
    return isTooSoon
        ? new Opening.Attempt.TooSoon(answer.said())
        : new Opening.Attempt.Refused(answer);
  }

  @Override
  public List<String> comments(PullRequest pull) {
    Call call = Call.get("list comments", calls.issue(pull, "/comments?per_page=100"));
    return RepositoryCalls.comments(http.end(call, MOST_COMMENTS));
  }

  @Override
  public void add(PullRequest pull, Company company, Additions additions) {
    additions.add(
        "label",
        company.labels(),
        names -> post("add labels", calls.issue(pull, "/labels"), "labels", names));
    additions.add(
        "reviewer",
        company.reviewers(),
        names -> http.repeatable(calls.review(pull, "reviewers", names)));
    int before = additions.failures().size();
    additions.add(
        "team",
        company.teams(),
        names -> http.repeatable(calls.review(pull, "team_reviewers", names)));
    if (additions.failures().size() > before) {
      additions.fail(
          "to ask teams for reviews, an app needs the organisation's permission Members: read, and"
              + " a token the scope read:org; a team must be able to see the repository");
    }
    additions.add(
        "assignee",
        company.assignees(),
        names -> {
          Answer issue = post("assign people", calls.issue(pull, "/assignees"), "assignees", names);
          additions.missing(
              "assignee",
              names,
              RepositoryCalls.logins(issue.body().path("assignees")).toList(),
              "only who may write to the repository can be assigned");
        });
  }

  private Answer post(String doing, String path, String field, List<String> names) {
    return http.repeatable(Call.of(doing, "POST", path, RepositoryCalls.names(field, names)));
  }
}
