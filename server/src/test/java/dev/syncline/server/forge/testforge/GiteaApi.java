package dev.syncline.server.forge.testforge;

import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Gitea's API for pull requests, which Forgejo's is too. */
final class GiteaApi implements Api {

  private static final String ROOT = "/api/v1";
  private static final String REPO = "/repos/{owner}/{repo}";
  private static final Reply MISSING = Reply.error(404, "The target couldn't be found.");

  private final String address;
  private final TestRepository repository;
  private final TestPulls pulls;
  private final Pages pages;
  private final Map<String, Long> labels = new LinkedHashMap<>(Map.of("bug", 1L));
  private final Routes routes;

  GiteaApi(String address, TestRepository repository, TestPulls pulls) {
    this.address = address;
    this.repository = repository;
    this.pulls = pulls;
    this.pages = new Pages(address + ROOT, "limit", 30);
    this.routes = new Routes(pulls, MISSING);
    routes
        .add("GET", REPO + "/pulls", this::list)
        .add("POST", REPO + "/pulls", this::open)
        .on("GET", REPO + "/pulls/{number}", (asked, pull) -> Reply.of(200, json(pull)))
        .on("PATCH", REPO + "/pulls/{number}", this::edit)
        .on("POST", REPO + "/pulls/{number}/requested_reviewers", GiteaApi::review)
        .add("GET", REPO + "/labels", asked -> pages.page(asked, labels(labels.keySet())))
        .add("POST", REPO + "/labels", this::makeLabel)
        .on("POST", REPO + "/issues/{number}/labels", this::label)
        .on(
            "GET",
            REPO + "/issues/{number}/comments",
            (asked, pull) -> Reply.of(200, comments(pull)))
        .on("POST", REPO + "/issues/{number}/comments", GiteaApi::comment);
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
    return asked.path().startsWith(ours) ? routes.answer(asked) : MISSING;
  }

  private Reply list(Asked asked) {
    List<TestPull> found = pulls.listed(asked.query("state", "open"));
    return pages.page(asked, found.stream().map(this::json).toList());
  }

  private Reply open(Asked asked) {
    String from = asked.text("head");
    String to = asked.text("base");
    Optional<String> head = repository.tip(from);
    Optional<String> base = repository.tip(to);
    if (head.isEmpty() || base.isEmpty()) {
      return MISSING;
    }
    if (pulls.open(from, to).isPresent()) {
      return Reply.error(409, "pull request already exists for these targets [id: 1, issue_id: 1]");
    }
    if (repository.contains(base.get(), head.get())) {
      return Reply.error(422, "There are no changes between the head and the base");
    }
    return Reply.of(201, json(pulls.make(TestPulls.OWNER, from, to).edited(asked)));
  }

  private Reply edit(Asked asked, TestPull pull) {
    if (asked.body().has("assignees")) {
      List<String> all = asked.texts("assignees");
      if (!TestPulls.PEOPLE.containsAll(all)) {
        return Reply.error(422, "Assignee does not exist: " + all);
      }
      pull.assignees.clear();
      pull.assignees.addAll(all);
    }
    return Reply.of(201, json(pull.edited(asked)));
  }

  private static Reply review(Asked asked, TestPull pull) {
    List<String> people = asked.texts("reviewers");
    List<String> teams = asked.texts("team_reviewers");
    if (!TestPulls.PEOPLE.containsAll(people) || !TestPulls.TEAMS.containsAll(teams)) {
      return MISSING;
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
    pull.merged.ifPresent(commit -> json.put("merged_at", now().toString()));
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
