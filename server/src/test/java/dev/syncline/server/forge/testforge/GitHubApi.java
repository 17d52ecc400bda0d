package dev.syncline.server.forge.testforge;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** GitHub's API for pull requests; the other parts are beside it. */
final class GitHubApi implements Api {

  private static final String ROOT = "/api/v3";
  private static final String REPO = "/repos/{owner}/{repo}";
  private static final String NAME = GitHubJson.NAME;
  private static final String BY_ID = "/repositories/" + GitHubJson.ID;
  private static final Reply MISSING = Reply.error(404, "Not Found");

  private static final int LONGEST_BODY = 65_536;

  private final String address;
  private final TestRepository repository;
  private final TestPulls pulls;
  private final TestApp app;
  private final Description description = Description.of("/forge/github.json");
  private final Pages pages;
  private final GitHubJson json;
  private final Routes routes;

  GitHubApi(String address, TestRepository repository, TestPulls pulls, TestApp app) {
    this.address = address;
    this.repository = repository;
    this.pulls = pulls;
    this.app = app;
    this.pages = new Pages(address + ROOT, "per_page", 30);
    this.json = new GitHubJson(address, ROOT, repository, app, description);
    this.routes = new Routes(pulls, MISSING);
    routes
        .add("GET", REPO, asked -> Reply.of(200, json.repository()))
        .add("GET", REPO + "/pulls", this::list)
        .add("POST", REPO + "/pulls", this::open)
        .on("GET", REPO + "/pulls/{number}", (asked, pull) -> Reply.of(200, json.full(pull)))
        .on("PATCH", REPO + "/pulls/{number}", this::edit)
        .on("POST", REPO + "/pulls/{number}/requested_reviewers", this::review)
        .on("POST", REPO + "/issues/{number}/labels", this::label)
        .on("POST", REPO + "/issues/{number}/assignees", this::assign)
        .on("GET", REPO + "/issues/{number}/comments", this::comments)
        .on("POST", REPO + "/issues/{number}/comments", this::comment);
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
    if (asked.path().startsWith(BY_ID)) {
      return routes.answer(asked.at(asked.path().replaceFirst(BY_ID, "/repos/" + NAME)));
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
          .with("Location", address + ROOT + BY_ID + path + (query.isEmpty() ? "" : "?" + query));
    }
    boolean isOurs =
        asked.path().startsWith("/app/")
            || asked.path().equals("/repos/" + NAME)
            || asked.path().startsWith("/repos/" + NAME + "/");
    return isOurs ? routes.answer(asked) : MISSING;
  }

  private Reply list(Asked asked) {
    List<TestPull> found = new ArrayList<>(pulls.listed(asked.query("state", "open")));
    String base = asked.query("base", "");
    found.removeIf(pull -> !base.isEmpty() && !pull.to.equals(base));
    // Without the owner the filter is as if it weren't there.
    String head = asked.query("head", "");
    found.removeIf(pull -> head.contains(":") && !head.equals(pull.owner + ":" + pull.from));
    return pages.page(asked, found.stream().map(json::brief).toList());
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
    return Reply.of(201, json.full(pulls.make(TestPulls.OWNER, from, to).edited(asked)));
  }

  private Reply edit(Asked asked, TestPull pull) {
    return asked.text("body").length() > LONGEST_BODY
        ? unprocessable(
            invalid("PullRequest", "custom")
                .put("field", "body")
                .put("message", "body is too long (maximum is 65536 characters)"))
        : Reply.of(200, json.full(pull.edited(asked)));
  }

  private Reply review(Asked asked, TestPull pull) {
    List<String> people = asked.texts("reviewers");
    List<String> teams = asked.texts("team_reviewers");
    if (!TestPulls.PEOPLE.containsAll(people) || !TestPulls.TEAMS.containsAll(teams)) {
      return Reply.error(
          422,
          "Reviews may only be requested from collaborators. One or more of the users or teams"
              + " you specified is not a collaborator of the "
              + NAME
              + " repository.");
    }
    if (people.contains(TestPulls.OWNER)) {
      return Reply.error(422, "Review cannot be requested from pull request author.");
    }
    pull.reviewers.addAll(people);
    pull.teams.addAll(teams);
    return Reply.of(201, json.brief(pull));
  }

  private Reply label(Asked asked, TestPull pull) {
    asked.texts("labels").stream()
        .filter(label -> pull.labels.stream().noneMatch(label::equalsIgnoreCase))
        .forEach(pull.labels::add);
    return Reply.of(200, json.labels(pull));
  }

  private Reply assign(Asked asked, TestPull pull) {
    // Who can't be assigned is left out without a word.
    asked.texts("assignees").stream()
        .filter(TestPulls.PEOPLE::contains)
        .forEach(pull.assignees::add);
    return Reply.of(201, json.issue(pull));
  }

  private Reply comments(Asked asked, TestPull pull) {
    return pages.page(asked, pull.comments.stream().map(text -> json.comment(pull, text)).toList());
  }

  private Reply comment(Asked asked, TestPull pull) {
    pull.comments.add(asked.text("body"));
    return Reply.of(201, json.comment(pull, asked.text("body")));
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
