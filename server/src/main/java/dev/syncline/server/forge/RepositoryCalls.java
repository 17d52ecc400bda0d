package dev.syncline.server.forge;

import dev.syncline.core.port.PullRequests.PullRequest;
import dev.syncline.core.port.PullRequests.State;
import dev.syncline.core.port.PullRequests.Text;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What Gitea's API took over from GitHub's: calls below a repository, and what they answer. */
record RepositoryCalls(ForgeRepository repository) {

  /** A path below the repository's. */
  String path(String rest) {
    return "/repos/" + Call.part(repository.owner()) + "/" + Call.part(repository.name()) + rest;
  }

  String pull(PullRequest pull, String rest) {
    return path("/pulls/" + pull.number() + rest);
  }

  /** A pull request is an issue too. */
  String issue(PullRequest pull, String rest) {
    return path("/issues/" + pull.number() + rest);
  }

  Call open(String from, String to, Text text) {
    ObjectNode body = body(text).put("head", from).put("base", to);
    return Call.of("open a pull request", "POST", path("/pulls"), body);
  }

  Call edit(PullRequest pull, Text text) {
    return patch("change a pull request's text", pull, body(text));
  }

  Call close(PullRequest pull) {
    return patch("close a pull request", pull, json().put("state", "closed"));
  }

  Call patch(String doing, PullRequest pull, ObjectNode body) {
    return Call.of(doing, "PATCH", pull(pull, ""), body);
  }

  Call comment(PullRequest pull, String words) {
    ObjectNode body = json().put("body", words);
    return Call.of("comment on a pull request", "POST", issue(pull, "/comments"), body);
  }

  /** Asks people, or teams, for reviews. */
  Call review(PullRequest pull, String field, List<String> names) {
    ObjectNode body = names(field, names);
    return Call.of("ask for reviews", "POST", pull(pull, "/requested_reviewers"), body);
  }

  static ObjectNode names(String field, List<String> names) {
    ObjectNode body = json();
    names.forEach(body.putArray(field)::add);
    return body;
  }

  static PullRequest read(JsonNode pull) {
    State state =
        pull.path("state").asString("").equals("open")
            ? State.OPEN
            : pull.path("merged_at").isString() ? State.MERGED : State.CLOSED;
    return new PullRequest(
        pull.path("number").asLong(),
        pull.path("html_url").asString(""),
        state,
        Words.commit(pull.path("head").path("sha")),
        Words.read(pull.path("title").asString(""), pull.path("body").asString("")));
  }

  /** The one that counts, of those between two branches. */
  static Optional<PullRequest> newest(Stream<JsonNode> pulls) {
    return pulls.map(RepositoryCalls::read).max(Opening.THE_ONE_THAT_COUNTS);
  }

  static List<String> comments(List<JsonNode> comments) {
    return comments.stream().map(comment -> Words.body(comment.path("body").asString(""))).toList();
  }

  /** The names of people. */
  static Stream<String> logins(JsonNode people) {
    return people.valueStream().map(person -> person.path("login").asString(""));
  }

  private static ObjectNode body(Text text) {
    return json().put("title", Words.title(text.title())).put("body", Words.body(text.body()));
  }

  private static ObjectNode json() {
    return JsonMapper.shared().createObjectNode();
  }
}
