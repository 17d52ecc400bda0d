package dev.syncline.server.forge.testforge;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** GitLab's API for merge requests. */
final class GitLabApi implements Api {

  private static final String ROOT = "/api/v4";
  private static final String MERGES = "/projects/{id}/merge_requests";
  private static final Map<String, Long> PEOPLE =
      new TreeMap<>(Map.of("anna", 11L, "ben", 12L, "cleo", 13L));
  private static final Pattern COMMAND = Pattern.compile("(?m)^ *\\/(close|merge)\\b");
  private static final Pattern CODE = Pattern.compile("(?s)```.*?```");

  private final String address;
  private final TestRepository repository;
  private final TestPulls pulls;
  private final Pages pages;
  private final Routes routes;

  GitLabApi(String address, TestRepository repository, TestPulls pulls) {
    this.address = address;
    this.repository = repository;
    this.pulls = pulls;
    this.pages = new Pages(address + ROOT, "per_page", 20);
    this.routes = new Routes(pulls, Reply.error(404, "404 Not found"));
    routes
        .add("GET", "/users", GitLabApi::users)
        .add("GET", MERGES, this::list)
        .add("POST", MERGES, this::open)
        .on("GET", MERGES + "/{number}", (asked, pull) -> Reply.of(200, json(pull)))
        .on("PUT", MERGES + "/{number}", this::edit)
        .on("GET", MERGES + "/{number}/notes", this::notes)
        .on("POST", MERGES + "/{number}/notes", GitLabApi::note);
  }

  @Override
  public String root() {
    return ROOT;
  }

  @Override
  public Optional<Description> description() {
    return Optional.empty();
  }

  @Override
  public Instant now() {
    return pulls.now();
  }

  @Override
  public boolean isKnown(Asked asked) {
    return asked.header("authorization").equals(Optional.of("Bearer " + TestForge.TOKEN))
        || asked.header("private-token").equals(Optional.of(TestForge.TOKEN));
  }

  @Override
  public Reply answer(Asked asked) {
    String ours = "/projects/" + TestPulls.OWNER + "%2F" + TestForge.NAME + "/";
    boolean isOurs = asked.path().startsWith(ours) || asked.path().equals("/users");
    return isOurs ? routes.answer(asked) : Reply.error(404, "404 Project Not Found");
  }

  private static Reply users(Asked asked) {
    return Reply.of(
        200, people(PEOPLE.keySet().stream().filter(asked.query("username", "")::equals).toList()));
  }

  private static ArrayNode people(Collection<String> names) {
    ArrayNode people = JsonMapper.shared().createArrayNode();
    names.forEach(name -> people.addObject().put("id", PEOPLE.get(name)).put("username", name));
    return people;
  }

  private Reply list(Asked asked) {
    List<TestPull> found = new ArrayList<>(pulls.listed("all"));
    found.removeIf(pull -> !asked.query("source_branch", pull.from).equals(pull.from));
    found.removeIf(pull -> !asked.query("target_branch", pull.to).equals(pull.to));
    return pages.page(asked, found.stream().map(this::json).toList());
  }

  private Reply open(Asked asked) {
    String from = asked.text("source_branch");
    String to = asked.text("target_branch");
    if (repository.tip(from).isEmpty()) {
      ObjectNode body = JsonMapper.shared().createObjectNode();
      body.putObject("message").putArray("source_branch").add("does not exist");
      return Reply.of(400, body);
    }
    Optional<TestPull> there = pulls.open(from, to);
    if (there.isPresent()) {
      ObjectNode body = JsonMapper.shared().createObjectNode();
      body.putArray("message")
          .add(
              "Another open merge request already exists for this source branch: !"
                  + there.get().number);
      return Reply.of(409, body);
    }
    TestPull pull = pulls.make(TestPulls.OWNER, from, to);
    pull.title = asked.text("title");
    describe(pull, asked.text("description"));
    return Reply.of(201, json(pull));
  }

  /** A line that begins with a slash is a command, except in code. */
  private static void obey(TestPull pull, String text) {
    if (COMMAND.matcher(CODE.matcher(text).replaceAll("")).find()) {
      pull.isOpen = false;
    }
  }

  private static void describe(TestPull pull, String text) {
    pull.body = text;
    obey(pull, text);
  }

  private Reply edit(Asked asked, TestPull pull) {
    JsonNode body = asked.body();
    if (body.has("title")) {
      pull.title = asked.text("title");
    }
    if (body.has("description")) {
      describe(pull, asked.text("description"));
    }
    if (body.has("state_event")) {
      pull.isOpen = asked.text("state_event").equals("reopen");
    }
    if (body.has("add_labels")) {
      pull.labels.addAll(List.of(asked.text("add_labels").split(",", -1)));
    }
    if (body.has("reviewer_ids")) {
      replace(pull.reviewers, body.path("reviewer_ids"), 1);
    }
    if (body.has("assignee_ids")) {
      replace(pull.assignees, body.path("assignee_ids"), Integer.MAX_VALUE);
    }
    return Reply.of(200, json(pull));
  }

  /** The free edition takes one reviewer, and says nothing of the others. */
  private static void replace(Set<String> people, JsonNode ids, int most) {
    people.clear();
    ids.valueStream()
        .limit(most)
        .forEach(id ->
            PEOPLE.forEach((name, known) -> {
              if (known == id.asLong()) {
                people.add(name);
              }
            }));
  }

  private Reply notes(Asked asked, TestPull pull) {
    ArrayNode all = JsonMapper.shared().createArrayNode();
    all.addObject().put("body", "requested review from @ben").put("system", true);
    pull.comments.forEach(text -> all.addObject().put("body", text).put("system", false));
    List<JsonNode> oldestFirst = all.valueStream().toList();
    boolean isNewestFirst = asked.query("sort", "desc").equals("desc");
    return pages.page(asked, isNewestFirst ? oldestFirst.reversed() : oldestFirst);
  }

  private static Reply note(Asked asked, TestPull pull) {
    obey(pull, asked.text("body"));
    pull.comments.add(asked.text("body"));
    return Reply.of(201, JsonMapper.shared().createObjectNode().put("body", asked.text("body")));
  }

  private ObjectNode json(TestPull pull) {
    String state = pull.isOpen ? "opened" : pull.merged.isPresent() ? "merged" : "closed";
    ObjectNode json =
        JsonMapper.shared()
            .createObjectNode()
            .put("iid", pull.number)
            .put("title", pull.title)
            .put("description", pull.body)
            .put("state", state)
            .put("sha", pull.head)
            .put("source_branch", pull.from)
            .put("target_branch", pull.to)
            .put("source_project_id", pull.owner.equals(TestPulls.OWNER) ? 1 : 2)
            .put("target_project_id", 1)
            .put(
                "web_url",
                address
                    + "/"
                    + TestPulls.OWNER
                    + "/"
                    + TestForge.NAME
                    + "/-/merge_requests/"
                    + pull.number);
    pull.labels.forEach(json.putArray("labels")::add);
    json.set("reviewers", people(pull.reviewers));
    json.set("assignees", people(pull.assignees));
    return json;
  }
}
