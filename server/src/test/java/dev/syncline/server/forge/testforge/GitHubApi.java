package dev.syncline.server.forge.testforge;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** GitHub's API for pull requests; the other parts are beside it. */
final class GitHubApi implements Api {

  private static final String ROOT = "/api/v3";
  private static final String REPO = "/repos/{owner}/{repo}";
  private static final long ID = 1_296_269;

  /** Users that may be asked for reviews, and teams. */
  private static final Set<String> PEOPLE = Set.of("anna", "ben", "cleo");

  private static final Set<String> TEAMS = Set.of("editors");

  private final String address;
  private final TestRepository repository;
  private final TestPulls pulls;
  private final TestApp app;
  private final Description description = Description.of("/forge/github.json");
  private final Pages pages;
  private final Routes routes = new Routes();

  GitHubApi(String address, TestRepository repository, TestPulls pulls, TestApp app) {
    this.address = address;
    this.repository = repository;
    this.pulls = pulls;
    this.app = app;
    this.pages = new Pages(address + ROOT, "per_page", 30);
    routes
        .add("GET", REPO, asked -> Reply.of(200, repository()))
        .add("GET", REPO + "/pulls", this::list)
        .add("POST", REPO + "/pulls", this::open)
        .add("GET", REPO + "/pulls/{number}", asked -> on(asked, pull -> Reply.of(200, full(pull))))
        .add("PATCH", REPO + "/pulls/{number}", asked -> on(asked, pull -> edit(asked, pull)))
        .add(
            "POST",
            REPO + "/pulls/{number}/requested_reviewers",
            asked -> on(asked, pull -> review(asked, pull)))
        .add(
            "POST",
            REPO + "/issues/{number}/labels",
            asked -> on(asked, pull -> label(asked, pull)))
        .add(
            "POST",
            REPO + "/issues/{number}/assignees",
            asked -> on(asked, pull -> assign(asked, pull)))
        .add(
            "GET",
            REPO + "/issues/{number}/comments",
            asked -> on(asked, pull -> comments(asked, pull)))
        .add(
            "POST",
            REPO + "/issues/{number}/comments",
            asked -> on(asked, pull -> comment(asked, pull)));
    new GitHubApps(app, description).addTo(routes);
    new GitHubGit(repository, description).addTo(routes);
  }

  @Override
  public String root() {
    return ROOT;
  }

  @Override
  public Optional<Description> description() {
    return Optional.of(description);
  }

  @Override
  public Instant now() {
    return app.clock.instant();
  }

  @Override
  public boolean isKnown(Asked asked) {
    String shown = asked.header("authorization").orElse("").replaceFirst("^Bearer ", "");
    boolean isForApps = asked.path().startsWith("/app/") || asked.path().endsWith("/installation");
    return isForApps ? app.isProof(shown) : shown.equals(TestForge.TOKEN) || app.isToken(shown);
  }

  @Override
  public Reply answer(Asked asked) {
    if (asked.header("user-agent").isEmpty()) {
      return Reply.error(403, "Request forbidden by administrative rules.");
    }
    if (!asked.header("x-github-api-version").equals(Optional.of("2022-11-28"))
        || !asked.header("accept").equals(Optional.of("application/vnd.github+json"))) {
      return Reply.error(400, "Unsupported API version or media type");
    }
    if (asked.path().startsWith("/repositories/" + ID)) {
      String path = asked.path().replaceFirst("^/repositories/" + ID, "/repos/" + name());
      return routes.answer(
          new Asked(
              asked.method(), path, asked.query(), asked.parts(), asked.headers(), asked.body()));
    }
    // What the repository was called before it was moved here.
    if (asked.path().startsWith("/repos/former/papers")) {
      String path = asked.path().substring("/repos/former/papers".length());
      String query =
          String.join(
              "&",
              asked.query().entrySet().stream()
                  .map(one ->
                      one.getKey() + "=" + one.getValue().replace(":", "%3A").replace("/", "%2F"))
                  .toList());
      return Reply.error(asked.method().equals("GET") ? 301 : 307, "Moved Permanently")
          .with(
              "Location",
              address + ROOT + "/repositories/" + ID + path + (query.isEmpty() ? "" : "?" + query));
    }
    boolean isOurs =
        asked.path().startsWith("/app/")
            || asked.path().equals("/repos/" + name())
            || asked.path().startsWith("/repos/" + name() + "/");
    return isOurs ? routes.answer(asked) : Reply.error(404, "Not Found");
  }

  private static String name() {
    return TestPulls.OWNER + "/" + TestForge.NAME;
  }

  private interface OnPull {
    Reply answer(TestPull pull);
  }

  private Reply on(Asked asked, OnPull what) {
    return pulls
        .find(asked.number("number"))
        .map(what::answer)
        .orElseGet(() -> Reply.error(404, "Not Found"));
  }

  private Reply list(Asked asked) {
    List<TestPull> found = new ArrayList<>(pulls.all());
    String state = asked.query("state", "open");
    found.removeIf(pull -> !state.equals("all") && pull.isOpen != state.equals("open"));
    String base = asked.query("base", "");
    found.removeIf(pull -> !base.isEmpty() && !pull.to.equals(base));
    // Without the owner the filter is as if it weren't there.
    String head = asked.query("head", "");
    found.removeIf(pull -> head.contains(":") && !head.equals(pull.owner + ":" + pull.from));
    found.sort(Comparator.comparingLong((TestPull pull) -> pull.number).reversed());
    return pages.page(asked, found.stream().map(this::brief).toList());
  }

  private Reply open(Asked asked) {
    String from = asked.text("head");
    String to = asked.text("base");
    Optional<String> head = repository.tip(from);
    Optional<String> base = repository.tip(to);
    if (head.isEmpty() || base.isEmpty()) {
      ObjectNode error = invalid("PullRequest", "invalid");
      return unprocessable(error.put("field", head.isEmpty() ? "head" : "base"));
    }
    if (pulls.open(from, to).isPresent()) {
      return unprocessable(
          invalid("PullRequest", "custom")
              .put(
                  "message",
                  "A pull request already exists for " + TestPulls.OWNER + ":" + from + "."));
    }
    if (repository.contains(base.get(), head.get())) {
      return unprocessable(
          invalid("PullRequest", "custom")
              .put("message", "No commits between " + to + " and " + from));
    }
    TestPull pull = pulls.make(TestPulls.OWNER, from, to);
    pull.title = asked.text("title");
    pull.body = asked.text("body");
    return Reply.of(201, full(pull));
  }

  private Reply edit(Asked asked, TestPull pull) {
    if (asked.body().has("title")) {
      pull.title = asked.text("title");
    }
    if (asked.body().has("body")) {
      if (asked.text("body").length() > 65_536) {
        return unprocessable(
            invalid("PullRequest", "custom")
                .put("field", "body")
                .put("message", "body is too long (maximum is 65536 characters)"));
      }
      pull.body = asked.text("body");
    }
    if (asked.body().has("state")) {
      pull.isOpen = asked.text("state").equals("open");
    }
    return Reply.of(200, full(pull));
  }

  private Reply review(Asked asked, TestPull pull) {
    List<String> people = strings(asked.body().path("reviewers"));
    List<String> teams = strings(asked.body().path("team_reviewers"));
    if (!PEOPLE.containsAll(people) || !TEAMS.containsAll(teams)) {
      return Reply.error(
          422,
          "Reviews may only be requested from collaborators. One or more of the users or teams"
              + " you specified is not a collaborator of the "
              + name()
              + " repository.");
    }
    if (people.contains(TestPulls.OWNER)) {
      return Reply.error(422, "Review cannot be requested from pull request author.");
    }
    pull.reviewers.addAll(people);
    pull.teams.addAll(teams);
    return Reply.of(201, brief(pull));
  }

  private Reply label(Asked asked, TestPull pull) {
    strings(asked.body().path("labels")).stream()
        .filter(label -> pull.labels.stream().noneMatch(label::equalsIgnoreCase))
        .forEach(pull.labels::add);
    return Reply.of(200, labels(pull));
  }

  private ArrayNode labels(TestPull pull) {
    ArrayNode labels = JsonMapper.shared().createArrayNode();
    JsonNode example = description.example("label-items").get(0);
    pull.labels.forEach(label -> labels.add(((ObjectNode) example.deepCopy()).put("name", label)));
    return labels;
  }

  private Reply assign(Asked asked, TestPull pull) {
    // Who can't be assigned is left out without a word.
    strings(asked.body().path("assignees")).stream()
        .filter(PEOPLE::contains)
        .forEach(pull.assignees::add);
    ObjectNode issue = (ObjectNode) description.example("issue");
    issue.put("number", pull.number).put("title", pull.title);
    issue.set("assignees", users(pull.assignees));
    return Reply.of(201, issue);
  }

  private Reply comments(Asked asked, TestPull pull) {
    return pages.page(asked, pull.comments.stream().map(text -> comment(pull, text)).toList());
  }

  private Reply comment(Asked asked, TestPull pull) {
    pull.comments.add(asked.text("body"));
    return Reply.of(201, comment(pull, asked.text("body")));
  }

  private ObjectNode comment(TestPull pull, String text) {
    ObjectNode comment = (ObjectNode) description.example("issue-comment");
    return comment.put("body", text).put("issue_url", url(pull, "issues"));
  }

  private ObjectNode repository() {
    ObjectNode repo = (ObjectNode) description.example("full-repository-default-response");
    repo.put("id", ID).put("name", TestForge.NAME).put("full_name", name());
    ((ObjectNode) repo.path("owner")).put("login", TestPulls.OWNER);
    return repo;
  }

  private ObjectNode brief(TestPull pull) {
    return fill((ObjectNode) description.example("pull-request-simple-items").get(0), pull);
  }

  private ObjectNode full(TestPull pull) {
    ObjectNode json = fill((ObjectNode) description.example("pull-request"), pull);
    // A team in here is described without the one above it.
    json.path("requested_teams").forEach(team -> ((ObjectNode) team).remove("parent"));
    return json.put("merged", pull.merged.isPresent());
  }

  private ObjectNode fill(ObjectNode json, TestPull pull) {
    json.put("number", pull.number)
        .put("title", pull.title)
        .put("body", pull.body)
        .put("state", pull.isOpen ? "open" : "closed")
        .put("url", url(pull, "pulls"))
        .put("html_url", address + "/" + name() + "/pull/" + pull.number)
        .put("merge_commit_sha", pull.merged.orElse(null))
        .put("merged_at", pull.merged.map(commit -> app.clock.instant().toString()).orElse(null))
        .put("closed_at", pull.isOpen ? null : app.clock.instant().toString());
    branch((ObjectNode) json.path("head"), pull.from, pull.owner.equals(TestPulls.OWNER) ? ID : 1);
    ((ObjectNode) json.path("head")).put("sha", pull.head);
    branch((ObjectNode) json.path("base"), pull.to, ID);
    json.set("labels", labels(pull));
    json.set("assignees", users(pull.assignees));
    json.set("requested_reviewers", users(pull.reviewers));
    json.set("requested_teams", teams(pull.teams));
    return json;
  }

  private void branch(ObjectNode json, String name, long repo) {
    json.put("ref", name).put("label", TestPulls.OWNER + ":" + name);
    json.put("sha", repository.tip(name).orElse("0".repeat(40)));
    // The examples are older than the description, which does not allow these here any more.
    ((ObjectNode) json.path("repo"))
        .put("id", repo)
        .remove(List.of("network_count", "subscribers_count", "template_repository"));
  }

  private ArrayNode teams(Set<String> names) {
    ArrayNode teams = JsonMapper.shared().createArrayNode();
    JsonNode example = description.example("pull-request").path("requested_teams").get(0);
    names.forEach(name ->
        teams.add(
            ((ObjectNode) example.deepCopy())
                .put("slug", name)
                .put("type", "organization")
                .putNull("parent")));
    return teams;
  }

  private ArrayNode users(Set<String> names) {
    ArrayNode users = JsonMapper.shared().createArrayNode();
    JsonNode example = description.example("issue").path("user");
    names.forEach(name -> users.add(((ObjectNode) example.deepCopy()).put("login", name)));
    return users;
  }

  private String url(TestPull pull, String what) {
    return address + ROOT + "/repos/" + name() + "/" + what + "/" + pull.number;
  }

  static List<String> strings(JsonNode array) {
    return array.valueStream().map(one -> one.asString("")).toList();
  }

  private static ObjectNode invalid(String resource, String code) {
    return JsonMapper.shared().createObjectNode().put("resource", resource).put("code", code);
  }

  private static Reply unprocessable(ObjectNode error) {
    ObjectNode body =
        JsonMapper.shared()
            .createObjectNode()
            .put("message", "Validation Failed")
            .put("documentation_url", "https://docs.github.com/rest/pulls/pulls");
    body.putArray("errors").add(error);
    return Reply.of(422, body);
  }
}
