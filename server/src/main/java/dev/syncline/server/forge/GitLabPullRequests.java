package dev.syncline.server.forge;

import dev.syncline.core.model.CommitId;
import dev.syncline.core.model.SyncException;
import dev.syncline.core.port.PullRequests;
import dev.syncline.core.port.VerifiedCommits;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Merge requests on GitLab. Thread-safe.
 *
 * @see <a href="https://docs.gitlab.com/api/merge_requests/">its API</a>
 */
final class GitLabPullRequests implements PullRequests {

  private static final int LONGEST_BODY = 1_000_000;
  private static final int COMMENT_PAGES = 3;

  private final ForgeHttp http;
  private final ForgeRepository repository;
  private final String root;

  GitLabPullRequests(ForgeHttp http, ForgeRepository repository) {
    this.http = http;
    this.repository = repository;
    this.root = "/projects/" + Call.part(repository.path());
  }

  @Override
  public Optional<PullRequest> newest(String from, String to) {
    Call call =
        Call.get(
            "list merge requests",
            root
                + "/merge_requests?state=all&order_by=created_at&sort=desc&per_page=100"
                + "&source_branch="
                + Call.part(from)
                + "&target_branch="
                + Call.part(to));
    return http.good(call)
        .body()
        .valueStream()
        .filter(merge -> isBetween(merge, from, to))
        .map(GitLabPullRequests::pull)
        .max(Opening.THE_ONE_THAT_COUNTS);
  }

  private static boolean isBetween(JsonNode merge, String from, String to) {
    return merge.path("source_branch").asString("").equals(from)
        && merge.path("target_branch").asString("").equals(to)
        && merge.path("source_project_id").equals(merge.path("target_project_id"));
  }

  private static PullRequest pull(JsonNode merge) {
    State state =
        switch (merge.path("state").asString("")) {
          case "merged" -> State.MERGED;
          case "closed" -> State.CLOSED;
          default -> State.OPEN; // opened; or locked, for as long as a merge takes
        };
    String body = Commands.read(merge.path("description").asString(""));
    return new PullRequest(
        merge.path("iid").asLong(),
        merge.path("web_url").asString(""),
        state,
        Words.commit(merge.path("sha")),
        Words.read(merge.path("title").asString(""), body));
  }

  @Override
  public PullRequest open(String from, String to, Text text) {
    ObjectNode body = body(text).put("source_branch", from).put("target_branch", to);
    Call call = Call.of("open a merge request", "POST", root + "/merge_requests", body);
    return new Opening(http, this)
        .open(
            from,
            to,
            text,
            call,
            answer -> {
              if (answer.status() == 409) {
                return new Opening.Attempt.Exists(answer.said());
              }
              if (answer.status() / 100 == 4 && answer.says("source_branch")) {
                return new Opening.Attempt.TooSoon(answer.said());
              }
              return new Opening.Attempt.Opened(pull(http.orRefuse(call, answer).body()));
            });
  }

  @Override
  public void edit(PullRequest pullRequest, Text text) {
    put("change a merge request's text", pullRequest, body(text));
  }

  @Override
  public void comment(PullRequest pullRequest, String markdown) {
    String words = Words.body(markdown);
    ObjectNode body = JsonMapper.shared().createObjectNode().put("body", Commands.escape(words));
    http.onlyOnce(
        Call.of("comment on a merge request", "POST", path(pullRequest, "/notes"), body),
        () -> Words.isRecent(comments(pullRequest), words));
  }

  @Override
  public List<String> comments(PullRequest pullRequest) {
    String newestFirst = "/notes?sort=desc&order_by=created_at&per_page=100";
    Call call = Call.get("list comments", path(pullRequest, newestFirst));
    return http.list(call, COMMENT_PAGES).reversed().stream()
        .filter(note -> !note.path("system").asBoolean(false))
        .map(note -> Words.body(Commands.read(note.path("body").asString(""))))
        .toList();
  }

  @Override
  public void close(PullRequest pullRequest) {
    put(
        "close a merge request",
        pullRequest,
        JsonMapper.shared().createObjectNode().put("state_event", "close"));
  }

  @Override
  public List<String> add(PullRequest pullRequest, Company company) {
    var additions = new Additions();
    additions.add(
        "label",
        company.labels(),
        names -> {
          String all = String.join(",", names);
          put(
              "add labels",
              pullRequest,
              JsonMapper.shared().createObjectNode().put("add_labels", all));
        });
    additions.add(
        "reviewer",
        company.reviewers(),
        names -> people(additions, pullRequest, new Role("reviewer", "reviewers"), names));
    company
        .teams()
        .forEach(team ->
            additions.fail(
                "team " + team + " was not added: GitLab has no teams, name their people"));
    additions.add(
        "assignee",
        company.assignees(),
        names -> people(additions, pullRequest, new Role("assignee", "assignees"), names));
    return additions.failures();
  }

  /** A part that people play, as GitLab calls one and all of them. */
  private record Role(String one, String all) {}

  /** Adds people to those who are there, since GitLab takes only all at once. */
  private void people(Additions additions, PullRequest pull, Role role, List<String> names) {
    JsonNode merge = http.good(Call.get("show a merge request", path(pull, ""))).body();
    Set<Long> ids = new LinkedHashSet<>();
    merge.path(role.all()).forEach(person -> ids.add(person.path("id").asLong()));
    names.forEach(name -> ids.add(id(name)));
    ObjectNode body = JsonMapper.shared().createObjectNode();
    ArrayNode all = body.putArray(role.one() + "_ids");
    ids.forEach(all::add);
    List<String> there =
        put("add a " + role.one(), pull, body)
            .body()
            .path(role.all())
            .valueStream()
            .map(person -> person.path("username").asString(""))
            .toList();
    additions.missing(role.one(), names, there, "this GitLab may allow only one, or only members");
  }

  private long id(String name) {
    Call call = Call.get("find a user", "/users?username=" + Call.part(name));
    return http.good(call)
        .body()
        .valueStream()
        .map(user -> user.path("id").asLong())
        .findFirst()
        .orElseThrow(() -> new SyncException.Invalid("GitLab knows no user " + name));
  }

  private Answer put(String doing, PullRequest pullRequest, ObjectNode body) {
    return http.repeatable(Call.of(doing, "PUT", path(pullRequest, ""), body));
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
    return Optional.empty();
  }

  private static ObjectNode body(Text text) {
    return JsonMapper.shared()
        .createObjectNode()
        .put("title", Words.title(text.title()))
        .put("description", Commands.escape(Words.body(text.body())));
  }

  private String path(PullRequest pullRequest, String rest) {
    return root + "/merge_requests/" + pullRequest.number() + rest;
  }
}
