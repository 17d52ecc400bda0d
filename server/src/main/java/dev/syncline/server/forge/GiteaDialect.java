package dev.syncline.server.forge;

import dev.syncline.core.port.PullRequests.Company;
import dev.syncline.core.port.PullRequests.PullRequest;
import dev.syncline.core.port.PullRequests.State;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Pull requests on Gitea and Forgejo. Thread-safe.
 *
 * @see <a href="https://docs.gitea.com/api/">its API</a>
 */
final class GiteaDialect implements GitHubLike {

  /** It sets no limit of its own; pages with more are slow. */
  private static final int LONGEST_BODY = 200_000;

  private static final int MOST_COMMENTS = 300;
  private static final int PAGE = 50;
  private static final int PULL_PAGES = 10;
  private static final int LABEL_PAGES = 10;

  private final ForgeHttp http;
  private final RepositoryCalls calls;

  GiteaDialect(ForgeHttp http, ForgeRepository repository) {
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
    return Call.get("list pull requests", calls.path("/pulls?state=" + state + "&limit=" + PAGE));
  }

  private static Optional<PullRequest> newest(Stream<JsonNode> pulls, String from, String to) {
    return RepositoryCalls.newest(pulls.filter(pull -> isBetween(pull, from, to)));
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

  @Override
  public Opening.Attempt opened(Answer answer) {
    if (answer.isGood()) {
      return new Opening.Attempt.Opened(RepositoryCalls.read(answer.body()));
    }
    return switch (answer.status()) {
      case 409 -> new Opening.Attempt.Exists(answer.said());
      // It doesn't say what isn't there: one of the branches, since the repository was just read.
      case 404, 422 -> new Opening.Attempt.TooSoon(answer.said());
      default -> new Opening.Attempt.Refused(answer);
    };
  }

  @Override
  public List<String> comments(PullRequest pull) {
    Call call = Call.get("list comments", calls.issue(pull, "/comments"));
    return RepositoryCalls.comments(http.end(call, MOST_COMMENTS));
  }

  @Override
  public void add(PullRequest pull, Company company, Additions additions) {
    additions.add("label", company.labels(), names -> label(pull, names));
    additions.add(
        "reviewer",
        company.reviewers(),
        names -> http.repeatable(calls.review(pull, "reviewers", names)));
    additions.add(
        "team",
        company.teams(),
        names -> http.repeatable(calls.review(pull, "team_reviewers", names)));
    additions.add("assignee", company.assignees(), names -> assign(pull, names));
  }

  /** Labels go by number; one that isn't there is made. */
  private void label(PullRequest pull, List<String> names) {
    List<JsonNode> known = labels();
    ObjectNode body = JsonMapper.shared().createObjectNode();
    names.stream()
        .map(name -> id(known, name).orElseGet(() -> make(name)))
        .forEach(body.putArray("labels")::add);
    http.repeatable(Call.of("add labels", "POST", calls.issue(pull, "/labels"), body));
  }

  private List<JsonNode> labels() {
    return http.list(Call.get("list labels", calls.path("/labels?limit=" + PAGE)), LABEL_PAGES);
  }

  private static Optional<Long> id(List<JsonNode> labels, String name) {
    return labels.stream()
        .filter(label -> label.path("name").asString("").equalsIgnoreCase(name))
        .map(label -> label.path("id").asLong())
        .findFirst();
  }

  /** There may be two of one name, so one is never made twice. */
  private long make(String label) {
    ObjectNode body =
        JsonMapper.shared().createObjectNode().put("name", label).put("color", "#ededed");
    Call call = Call.of("make a label", "POST", calls.path("/labels"), body);
    return http.write(
        call,
        answer -> http.orRefuse(call, answer).body().path("id").asLong(),
        () -> id(labels(), label));
  }

  /** Adds people to those who are there, since it takes only all at once. */
  private void assign(PullRequest pull, List<String> names) {
    Call show = Call.get("show a pull request", calls.pull(pull, ""));
    Set<String> all = new LinkedHashSet<>();
    RepositoryCalls.logins(http.good(show).body().path("assignees")).forEach(all::add);
    all.addAll(names);
    ObjectNode body = RepositoryCalls.names("assignees", new ArrayList<>(all));
    http.repeatable(calls.patch("assign people", pull, body));
  }
}
