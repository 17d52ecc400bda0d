package dev.syncline.server.forge.testforge;

import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * How GitHub shows a pull request and what belongs to it: the examples of its own description, with
 * what is different here.
 *
 * @param root of the API, below the address
 */
record GitHubJson(
    String address, String root, TestRepository repo, TestApp app, Description description) {

  static final String NAME = TestPulls.OWNER + "/" + TestForge.NAME;
  static final long ID = 1_296_269;

  ArrayNode labels(TestPull pull) {
    ArrayNode labels = JsonMapper.shared().createArrayNode();
    JsonNode example = description.example("label-items").get(0);
    pull.labels.forEach(label -> labels.add(((ObjectNode) example.deepCopy()).put("name", label)));
    return labels;
  }

  ObjectNode issue(TestPull pull) {
    ObjectNode issue = (ObjectNode) description.example("issue");
    issue.put("number", pull.number).put("title", pull.title);
    issue.set("assignees", users(pull.assignees));
    return issue;
  }

  ObjectNode comment(TestPull pull, String text) {
    ObjectNode comment = (ObjectNode) description.example("issue-comment");
    return comment.put("body", text).put("issue_url", url(pull, "issues"));
  }

  ObjectNode repository() {
    ObjectNode shown = (ObjectNode) description.example("full-repository-default-response");
    shown.put("id", ID).put("name", TestForge.NAME).put("full_name", NAME);
    ((ObjectNode) shown.path("owner")).put("login", TestPulls.OWNER);
    return shown;
  }

  ObjectNode brief(TestPull pull) {
    return fill((ObjectNode) description.example("pull-request-simple-items").get(0), pull);
  }

  ObjectNode full(TestPull pull) {
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
        .put("html_url", address + "/" + NAME + "/pull/" + pull.number)
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

  private void branch(ObjectNode json, String name, long id) {
    json.put("ref", name).put("label", TestPulls.OWNER + ":" + name);
    json.put("sha", repo.tip(name).orElse("0".repeat(40)));
    // The examples are older than the description, which does not allow these here any more.
    ((ObjectNode) json.path("repo"))
        .put("id", id)
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
    return address + root + "/repos/" + NAME + "/" + what + "/" + pull.number;
  }
}
