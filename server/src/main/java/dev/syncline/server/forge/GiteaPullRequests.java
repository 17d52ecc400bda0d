package dev.syncline.server.forge;

import dev.syncline.core.model.CommitId;
import dev.syncline.core.port.PullRequests;
import dev.syncline.core.port.VerifiedCommits;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Pull requests on Gitea and Forgejo. Thread-safe.
 *
 * @see <a href="https://docs.gitea.com/api/">its API</a>
 */
final class GiteaPullRequests implements PullRequests {

  /** It sets no limit of its own; pages with more are slow. */
  private static final int LONGEST_BODY = 200_000;

  private static final int MOST_COMMENTS = 300;
  private static final int PAGE = 50;
  private static final int PULL_PAGES = 10;
  private static final int LABEL_PAGES = 10;

  private final ForgeHttp http;
  private final ForgeRepository repository;
  private final String root;

  GiteaPullRequests(ForgeHttp http, ForgeRepository repository) {
    this.http = http;
    this.repository = repository;
    this.root = "/repos/" + Call.part(repository.owner()) + "/" + Call.part(repository.name());
  }

  /** Older servers know no filter by branch. */
  @Override
  public Optional<PullRequest> newest(String from, String to) {
    Call all = listing("all");
    Answer first = http.good(all);
    Optional<PullRequest> found = newest(first.body().valueStream(), from, to);
    boolean isOpen = found.filter(pull -> pull.state() == State.OPEN).isPresent();
    if (isOpen || first.link("next").isEmpty()) {
      return found;
    }
    return newest(http.list(listing("open"), PULL_PAGES).stream(), from, to)
        .or(() -> found)
        .or(() -> newest(http.list(all, PULL_PAGES).stream(), from, to));
  }

  private Call listing(String state) {
    return Call.get("list pull requests", root + "/pulls?state=" + state + "&limit=" + PAGE);
  }

  private static Optional<PullRequest> newest(Stream<JsonNode> pulls, String from, String to) {
    return pulls
        .filter(pull -> isBetween(pull, from, to))
        .map(GiteaPullRequests::pull)
        .max(Opening.THE_ONE_THAT_COUNTS);
  }

  private static boolean isBetween(JsonNode pull, String from, String to) {
    JsonNode head = pull.path("head");
    JsonNode base = pull.path("base");
    // The name of a branch that is gone stands in the label alone.
    String name =
        head.path("ref").asString("").startsWith("refs/pull/")
            ? head.path("label").asString("")
            : head.path("ref").asString("");
    return name.equals(from)
        && base.path("ref").asString("").equals(to)
        && head.path("repo_id").equals(base.path("repo_id"));
  }

  private static PullRequest pull(JsonNode pull) {
    State state =
        pull.path("state").asString("").equals("open")
            ? State.OPEN
            : pull.path("merged").asBoolean(false) ? State.MERGED : State.CLOSED;
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
    Call call = Call.of("open a pull request", "POST", root + "/pulls", body);
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
              if (answer.status() == 422 || (answer.status() == 404 && answer.says("branch"))) {
                return new Opening.Attempt.TooSoon(answer.said());
              }
              return new Opening.Attempt.Opened(pull(http.orRefuse(call, answer).body()));
            });
  }

  @Override
  public void edit(PullRequest pullRequest, Text text) {
    patch("change a pull request's text", pullRequest, body(text));
  }

  @Override
  public void comment(PullRequest pullRequest, String markdown) {
    String words = Words.body(markdown);
    ObjectNode body = JsonMapper.shared().createObjectNode().put("body", words);
    http.onlyOnce(
        Call.of("comment on a pull request", "POST", issuePath(pullRequest, "/comments"), body),
        () -> Words.isRecent(comments(pullRequest), words));
  }

  @Override
  public List<String> comments(PullRequest pullRequest) {
    Call call = Call.get("list comments", issuePath(pullRequest, "/comments"));
    return http.end(call, MOST_COMMENTS).stream()
        .map(comment -> Words.body(comment.path("body").asString("")))
        .toList();
  }

  @Override
  public void close(PullRequest pullRequest) {
    patch(
        "close a pull request",
        pullRequest,
        JsonMapper.shared().createObjectNode().put("state", "closed"));
  }

  @Override
  public List<String> add(PullRequest pullRequest, Company company) {
    var additions = new Additions();
    additions.add("label", company.labels(), names -> labels(pullRequest, names));
    additions.add(
        "reviewer", company.reviewers(), names -> review(pullRequest, "reviewers", names));
    additions.add("team", company.teams(), names -> review(pullRequest, "team_reviewers", names));
    additions.add("assignee", company.assignees(), names -> assign(pullRequest, names));
    return additions.failures();
  }

  private void labels(PullRequest pullRequest, List<String> names) {
    Map<String, Long> known = new HashMap<>();
    String all = root + "/labels";
    http.list(Call.get("list labels", all + "?limit=" + PAGE), LABEL_PAGES)
        .forEach(label ->
            known.put(
                label.path("name").asString("").toLowerCase(Locale.ROOT),
                label.path("id").asLong()));
    var ids = new ArrayList<Long>();
    for (String name : names) {
      Long id = known.get(name.toLowerCase(Locale.ROOT));
      ids.add(id == null ? make(name) : id);
    }
    ObjectNode body = JsonMapper.shared().createObjectNode();
    ids.forEach(body.putArray("labels")::add);
    http.repeatable(Call.of("add labels", "POST", issuePath(pullRequest, "/labels"), body));
  }

  private long make(String label) {
    ObjectNode body =
        JsonMapper.shared().createObjectNode().put("name", label).put("color", "#ededed");
    Call call = Call.of("make a label", "POST", root + "/labels", body);
    return http.repeatable(call).body().path("id").asLong();
  }

  private void review(PullRequest pullRequest, String field, List<String> names) {
    ObjectNode body = JsonMapper.shared().createObjectNode();
    names.forEach(body.putArray(field)::add);
    http.repeatable(
        Call.of("ask for reviews", "POST", pullPath(pullRequest, "/requested_reviewers"), body));
  }

  /** Adds people to those who are there, since it takes only all at once. */
  private void assign(PullRequest pullRequest, List<String> names) {
    Call show = Call.get("show a pull request", pullPath(pullRequest, ""));
    Set<String> all = new LinkedHashSet<>();
    http.good(show)
        .body()
        .path("assignees")
        .forEach(user -> all.add(user.path("login").asString("")));
    all.addAll(names);
    ObjectNode body = JsonMapper.shared().createObjectNode();
    ArrayNode assignees = body.putArray("assignees");
    all.forEach(assignees::add);
    patch("assign people", pullRequest, body);
  }

  private void patch(String doing, PullRequest pullRequest, ObjectNode body) {
    http.repeatable(Call.of(doing, "PATCH", pullPath(pullRequest, ""), body));
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
        .put("body", Words.body(text.body()));
  }

  private String pullPath(PullRequest pullRequest, String rest) {
    return root + "/pulls/" + pullRequest.number() + rest;
  }

  private String issuePath(PullRequest pullRequest, String rest) {
    return root + "/issues/" + pullRequest.number() + rest;
  }
}
