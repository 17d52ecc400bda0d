package dev.syncline.server.forge.testforge;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Gitea's API for pull requests, which Forgejo's is too. */
final class GiteaApi implements Api {

  private static final String ROOT = "/api/v1";
  private static final String REPO = "/repos/{owner}/{repo}";
  private static final Set<String> PEOPLE = Set.of("anna", "ben", "cleo");
  private static final Set<String> TEAMS = Set.of("editors");

  private final String address;
  private final TestRepository repository;
  private final TestPulls pulls;
  private final Pages pages;
  private final Map<String, Long> labels = new LinkedHashMap<>(Map.of("bug", 1L));
  private final Routes routes = new Routes();

  GiteaApi(String address, TestRepository repository, TestPulls pulls) {
    this.address = address;
    this.repository = repository;
    this.pulls = pulls;
    this.pages = new Pages(address + ROOT, "limit", 30);
    routes
        .add("GET", REPO + "/pulls", this::list)
        .add("POST", REPO + "/pulls", this::open)
        .add("GET", REPO + "/pulls/{number}", asked -> on(asked, pull -> Reply.of(200, json(pull))))
        .add("PATCH", REPO + "/pulls/{number}", asked -> on(asked, pull -> edit(asked, pull)))
        .add(
            "POST",
            REPO + "/pulls/{number}/requested_reviewers",
            asked -> on(asked, pull -> review(asked, pull)))
        .add("GET", REPO + "/labels", asked -> pages.page(asked, labels(labels.keySet())))
        .add("POST", REPO + "/labels", this::makeLabel)
        .add(
            "POST",
            REPO + "/issues/{number}/labels",
            asked -> on(asked, pull -> label(asked, pull)))
        .add(
            "GET",
            REPO + "/issues/{number}/comments",
            asked -> on(asked, pull -> Reply.of(200, comments(pull))))
        .add(
            "POST",
            REPO + "/issues/{number}/comments",
            asked -> on(asked, pull -> comment(asked, pull)));
  }

  @Override
  public String root() {
    return ROOT;
  }

  @Override
  public Optional<Description> description() {
    return Optional.of(Description.of("/forge/gitea.json"));
  }

  @Override
  public Instant now() {
    return pulls.now();
  }

  @Override
  public boolean isKnown(Asked asked) {
    String shown = asked.header("authorization").orElse("");
    return shown.equals("token " + TestForge.TOKEN) || shown.equals("Bearer " + TestForge.TOKEN);
  }

  @Override
  public Reply answer(Asked asked) {
    String ours = "/repos/" + TestPulls.OWNER + "/" + TestForge.NAME + "/";
    return asked.path().startsWith(ours) ? routes.answer(asked) : missing();
  }

  private static Reply missing() {
    return Reply.error(404, "The target couldn't be found.");
  }

  private Reply on(Asked asked, Function<TestPull, Reply> what) {
    return pulls.find(asked.number("number")).map(what).orElseGet(GiteaApi::missing);
  }

  private Reply list(Asked asked) {
    List<TestPull> found = new ArrayList<>(pulls.all());
    String state = asked.query("state", "open");
    found.removeIf(pull -> !state.equals("all") && pull.isOpen != state.equals("open"));
    found.sort(Comparator.comparingLong((TestPull pull) -> pull.number).reversed());
    return pages.page(asked, found.stream().map(this::json).toList());
  }

  private Reply open(Asked asked) {
    String from = asked.text("head");
    String to = asked.text("base");
    Optional<String> head = repository.tip(from);
    Optional<String> base = repository.tip(to);
    if (head.isEmpty() || base.isEmpty()) {
      return Reply.error(404, "The branch " + from + " or " + to + " couldn't be found.");
    }
    if (pulls.open(from, to).isPresent()) {
      return Reply.error(409, "pull request already exists for these targets [id: 1, issue_id: 1]");
    }
    if (repository.contains(base.get(), head.get())) {
      return Reply.error(422, "There are no changes between the head and the base");
    }
    TestPull pull = pulls.make(TestPulls.OWNER, from, to);
    pull.title = asked.text("title");
    pull.body = asked.text("body");
    return Reply.of(201, json(pull));
  }

  private Reply edit(Asked asked, TestPull pull) {
    if (asked.body().has("title")) {
      pull.title = asked.text("title");
    }
    if (asked.body().has("body")) {
      pull.body = asked.text("body");
    }
    if (asked.body().has("state")) {
      pull.isOpen = asked.text("state").equals("open");
    }
    if (asked.body().has("assignees")) {
      List<String> all = GitHubApi.strings(asked.body().path("assignees"));
      if (!PEOPLE.containsAll(all)) {
        return Reply.error(422, "Assignee does not exist: " + all);
      }
      pull.assignees.clear();
      pull.assignees.addAll(all);
    }
    return Reply.of(201, json(pull));
  }

  private Reply review(Asked asked, TestPull pull) {
    List<String> people = GitHubApi.strings(asked.body().path("reviewers"));
    List<String> teams = GitHubApi.strings(asked.body().path("team_reviewers"));
    if (!PEOPLE.containsAll(people) || !TEAMS.containsAll(teams)) {
      return missing();
    }
    if (people.contains(TestPulls.OWNER)) {
      return Reply.error(422, "poster of pr can't be reviewer");
    }
    pull.reviewers.addAll(people);
    pull.teams.addAll(teams);
    return Reply.of(201, JsonMapper.shared().createArrayNode());
  }

  private Reply makeLabel(Asked asked) {
    labels.put(asked.text("name"), labels.size() + 1L);
    return Reply.of(201, labels(List.of(asked.text("name"))).getFirst());
  }

  private List<ObjectNode> labels(Collection<String> names) {
    return names.stream()
        .map(name ->
            JsonMapper.shared()
                .createObjectNode()
                .put("id", labels.getOrDefault(name, 0L))
                .put("name", name)
                .put("color", "ededed"))
        .toList();
  }

  private Reply label(Asked asked, TestPull pull) {
    asked
        .body()
        .path("labels")
        .forEach(id ->
            labels.forEach((name, known) -> {
              if (known == id.asLong()) {
                pull.labels.add(name);
              }
            }));
    ArrayNode all = JsonMapper.shared().createArrayNode();
    labels(pull.labels).forEach(all::add);
    return Reply.of(200, all);
  }

  private static ArrayNode comments(TestPull pull) {
    ArrayNode all = JsonMapper.shared().createArrayNode();
    pull.comments.forEach(text -> all.addObject().put("id", all.size()).put("body", text));
    return all;
  }

  private static Reply comment(Asked asked, TestPull pull) {
    pull.comments.add(asked.text("body"));
    return Reply.of(201, JsonMapper.shared().createObjectNode().put("body", asked.text("body")));
  }

  private ObjectNode json(TestPull pull) {
    ObjectNode json =
        JsonMapper.shared()
            .createObjectNode()
            .put("number", pull.number)
            .put("title", pull.title)
            .put("body", pull.body)
            .put("state", pull.isOpen ? "open" : "closed")
            .put("merged", pull.merged.isPresent())
            .put(
                "html_url",
                address + "/" + TestPulls.OWNER + "/" + TestForge.NAME + "/pulls/" + pull.number);
    ArrayNode people = json.putArray("assignees");
    pull.assignees.forEach(name -> people.addObject().put("login", name));
    boolean isHere = pull.owner.equals(TestPulls.OWNER);
    // Once the branch is gone only its label names it.
    boolean isGone = isHere && repository.tip(pull.from).isEmpty();
    json.putObject("head")
        .put("label", pull.from)
        .put("sha", pull.head)
        .put("ref", isGone ? "refs/pull/" + pull.number + "/head" : pull.from)
        .put("repo_id", isHere ? 1 : 2);
    json.putObject("base").put("label", pull.to).put("ref", pull.to).put("repo_id", 1);
    return json;
  }
}
