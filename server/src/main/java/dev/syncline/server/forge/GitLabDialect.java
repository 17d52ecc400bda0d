package dev.syncline.server.forge;

import dev.syncline.core.model.SyncException;
import dev.syncline.core.port.PullRequests.Company;
import dev.syncline.core.port.PullRequests.PullRequest;
import dev.syncline.core.port.PullRequests.State;
import dev.syncline.core.port.PullRequests.Text;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Merge requests on GitLab. Thread-safe.
 *
 * @see <a href="https://docs.gitlab.com/api/merge_requests/">its API</a>
 */
final class GitLabDialect implements Dialect {

  private static final int LONGEST_BODY = 1_000_000;
  private static final int COMMENT_PAGES = 3;

  private final ForgeHttp http;
  private final ForgeRepository repository;
  private final String merges;

  GitLabDialect(ForgeHttp http, ForgeRepository repository) {
    this.http = http;
    this.repository = repository;
    this.merges = "/projects/" + Call.part(repository.path()) + "/merge_requests";
  }

  @Override
  public ForgeRepository repository() {
    return repository;
  }

  @Override
  public int longestBody() {
    return LONGEST_BODY;
  }

  @Override
  public Optional<PullRequest> newest(String from, String to) {
    Call call =
        Call.get(
            "list merge requests",
            merges
                + "?state=all&order_by=created_at&sort=desc&per_page=100"
                + "&source_branch="
                + Call.part(from)
                + "&target_branch="
                + Call.part(to));
    return http.good(call)
        .body()
        .valueStream()
        .filter(merge -> isBetween(merge, from, to))
        .map(GitLabDialect::read)
        .max(Opening.THE_ONE_THAT_COUNTS);
  }

  private static boolean isBetween(JsonNode merge, String from, String to) {
    return merge.path("source_branch").asString("").equals(from)
        && merge.path("target_branch").asString("").equals(to)
        && merge.path("source_project_id").equals(merge.path("target_project_id"));
  }

  private static PullRequest read(JsonNode merge) {
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
  public Call open(String from, String to, Text text) {
    ObjectNode body = body(text).put("source_branch", from).put("target_branch", to);
    return Call.of("open a merge request", "POST", merges, body);
  }

  @Override
  public Opening.Attempt opened(Answer answer) {
    if (answer.isGood()) {
      return new Opening.Attempt.Opened(read(answer.body()));
    }
    if (answer.status() == 409) {
      return new Opening.Attempt.Exists(answer.said());
    }
    return answer.status() / 100 == 4 && answer.says("source_branch")
        ? new Opening.Attempt.TooSoon(answer.said())
        : new Opening.Attempt.Refused(answer);
  }

  @Override
  public Call edit(PullRequest pull, Text text) {
    return put("change a merge request's text", pull, body(text));
  }

  @Override
  public Call close(PullRequest pull) {
    return put("close a merge request", pull, json().put("state_event", "close"));
  }

  @Override
  public Call comment(PullRequest pull, String words) {
    ObjectNode body = json().put("body", Commands.escape(words));
    return Call.of("comment on a merge request", "POST", path(pull, "/notes"), body);
  }

  @Override
  public List<String> comments(PullRequest pull) {
    String newestFirst = "/notes?sort=desc&order_by=created_at&per_page=100";
    Call call = Call.get("list comments", path(pull, newestFirst));
    return http.list(call, COMMENT_PAGES).reversed().stream()
        .filter(note -> !note.path("system").asBoolean(false))
        .map(note -> Words.body(Commands.read(note.path("body").asString(""))))
        .toList();
  }

  @Override
  public void add(PullRequest pull, Company company, Additions additions) {
    additions.add(
        "label",
        company.labels(),
        names -> {
          ObjectNode body = json().put("add_labels", String.join(",", names));
          http.repeatable(put("add labels", pull, body));
        });
    additions.add(
        "reviewer",
        company.reviewers(),
        names -> people(additions, pull, new Role("reviewer", "reviewers"), names));
    company
        .teams()
        .forEach(team ->
            additions.fail(
                "team " + team + " was not added: GitLab has no teams, name their people"));
    additions.add(
        "assignee",
        company.assignees(),
        names -> people(additions, pull, new Role("assignee", "assignees"), names));
  }

  /** A part that people play, as GitLab calls one and all of them. */
  private record Role(String one, String all) {}

  /** Adds people to those who are there, since GitLab takes only all at once. */
  private void people(Additions additions, PullRequest pull, Role role, List<String> names) {
    JsonNode merge = http.good(Call.get("show a merge request", path(pull, ""))).body();
    Set<Long> ids = new LinkedHashSet<>();
    merge.path(role.all()).forEach(person -> ids.add(person.path("id").asLong()));
    names.forEach(name -> ids.add(id(name)));
    ObjectNode body = json();
    ids.forEach(body.putArray(role.one() + "_ids")::add);
    List<String> there =
        http.repeatable(put("add a " + role.one(), pull, body))
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

  private Call put(String doing, PullRequest pull, ObjectNode body) {
    return Call.of(doing, "PUT", path(pull, ""), body);
  }

  private String path(PullRequest pull, String rest) {
    return merges + "/" + pull.number() + rest;
  }

  private static ObjectNode body(Text text) {
    return json()
        .put("title", Words.title(text.title()))
        .put("description", Commands.escape(Words.body(text.body())));
  }

  private static ObjectNode json() {
    return JsonMapper.shared().createObjectNode();
  }
}
