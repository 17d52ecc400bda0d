package dev.syncline.server.forge;

import dev.syncline.core.model.CommitId;
import dev.syncline.core.port.PullRequests;
import dev.syncline.core.port.VerifiedCommits;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Pull requests on GitHub. Thread-safe.
 *
 * @see <a href="https://docs.github.com/rest/pulls/pulls">its API</a>
 */
final class GitHubPullRequests implements PullRequests {

  private static final int LONGEST_BODY = 65_536;
  private static final int MOST_COMMENTS = 300;

  private final ForgeHttp http;
  private final Optional<VerifiedCommits> commits;
  private volatile ForgeRepository repository;

  GitHubPullRequests(
      ForgeHttp http, ForgeRepository repository, Optional<VerifiedCommits> commits) {
    this.http = http;
    this.repository = repository;
    this.commits = commits;
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
    return answer
        .body()
        .valueStream()
        .filter(pull -> isBetween(pull, from, to))
        .map(GitHubPullRequests::pull)
        .max(Opening.THE_ONE_THAT_COUNTS);
  }

  private Call listing(String from, String to, String state) {
    return Call.get(
        "list pull requests",
        path("/pulls?state=" + state)
            + "&sort=created&direction=desc&per_page=100&head="
            + Call.part(repository.owner() + ":" + from)
            + "&base="
            + Call.part(to));
  }

  /** Finds out what the repository is called now. */
  private boolean relocate() {
    JsonNode now = http.good(Call.get("show the repository", path(""))).body();
    ForgeRepository renamed =
        repository.called(
            now.path("owner").path("login").asString(repository.owner()),
            now.path("name").asString(repository.name()));
    boolean isNew = !renamed.equals(repository);
    repository = renamed;
    return isNew;
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

  private static PullRequest pull(JsonNode pull) {
    State state =
        pull.path("state").asString("").equals("open")
            ? State.OPEN
            : pull.path("merged_at").isString() ? State.MERGED : State.CLOSED;
    return new PullRequest(
        pull.path("number").asLong(),
        pull.path("html_url").asString(""),
        state,
        Words.commit(pull.path("head").path("sha")),
        Words.read(pull.path("title").asString(""), pull.path("body").asString("")));
  }

  @Override
  public PullRequest open(String from, String to, Text text) {
    ObjectNode body = body(text).put("head", from).put("base", to);
    Call call = Call.of("open a pull request", "POST", path("/pulls"), body);
    return new Opening(http, this)
        .open(
            from,
            to,
            text,
            call,
            answer -> {
              if (answer.status() == 422 && answer.says("already exists")) {
                return new Opening.Attempt.Exists(answer.said());
              }
              if (answer.status() == 422
                  && (answer.says("no commits between") || answer.says("head invalid"))) {
                return new Opening.Attempt.TooSoon(answer.said());
              }
              return new Opening.Attempt.Opened(pull(http.orRefuse(call, answer).body()));
            });
  }

  @Override
  public void edit(PullRequest pullRequest, Text text) {
    http.repeatable(
        Call.of("change a pull request's text", "PATCH", pullPath(pullRequest, ""), body(text)));
  }

  @Override
  public void comment(PullRequest pullRequest, String markdown) {
    String words = Words.body(markdown);
    Call call =
        Call.of(
            "comment on a pull request",
            "POST",
            issuePath(pullRequest, "/comments"),
            JsonMapper.shared().createObjectNode().put("body", words));
    http.onlyOnce(call, () -> Words.isRecent(comments(pullRequest), words));
  }

  @Override
  public List<String> comments(PullRequest pullRequest) {
    Call call = Call.get("list comments", issuePath(pullRequest, "/comments?per_page=100"));
    return http.end(call, MOST_COMMENTS).stream()
        .map(comment -> Words.body(comment.path("body").asString("")))
        .toList();
  }

  @Override
  public void close(PullRequest pullRequest) {
    http.repeatable(
        Call.of(
            "close a pull request",
            "PATCH",
            pullPath(pullRequest, ""),
            JsonMapper.shared().createObjectNode().put("state", "closed")));
  }

  @Override
  public List<String> add(PullRequest pullRequest, Company company) {
    var additions = new Additions();
    additions.add(
        "label",
        company.labels(),
        names -> post("add labels", issuePath(pullRequest, "/labels"), "labels", names));
    String reviews = pullPath(pullRequest, "/requested_reviewers");
    additions.add(
        "reviewer",
        company.reviewers(),
        names -> post("ask for reviews", reviews, "reviewers", names));
    int before = additions.failures().size();
    additions.add(
        "team",
        company.teams(),
        names -> post("ask for reviews", reviews, "team_reviewers", names));
    if (additions.failures().size() > before) {
      additions.fail(
          "to ask teams for reviews, an app needs the organisation's permission Members: read, and"
              + " a token the scope read:org; a team must be able to see the repository");
    }
    additions.add(
        "assignee",
        company.assignees(),
        names -> {
          JsonNode issue =
              post("assign people", issuePath(pullRequest, "/assignees"), "assignees", names)
                  .body();
          List<String> there =
              issue
                  .path("assignees")
                  .valueStream()
                  .map(user -> user.path("login").asString(""))
                  .toList();
          additions.missing(
              "assignee", names, there, "only who may write to the repository can be assigned");
        });
    return additions.failures();
  }

  private Answer post(String doing, String path, String field, List<String> names) {
    ObjectNode body = JsonMapper.shared().createObjectNode();
    names.forEach(body.putArray(field)::add);
    return http.repeatable(Call.of(doing, "POST", path, body));
  }

  @Override
  public int longestBody() {
    return LONGEST_BODY;
  }

  @Override
  public String address(CommitId commit, String file) {
    return repository.address(commit, file);
  }

  @Override
  public Optional<VerifiedCommits> verifiedCommits() {
    return commits;
  }

  private static ObjectNode body(Text text) {
    return JsonMapper.shared()
        .createObjectNode()
        .put("title", Words.title(text.title()))
        .put("body", Words.body(text.body()));
  }

  private String pullPath(PullRequest pullRequest, String rest) {
    return path("/pulls/" + pullRequest.number() + rest);
  }

  private String issuePath(PullRequest pullRequest, String rest) {
    return path("/issues/" + pullRequest.number() + rest);
  }

  private String path(String rest) {
    return "/repos/" + Call.part(repository.owner()) + "/" + Call.part(repository.name()) + rest;
  }
}
