package dev.syncline.server.forge.testforge;

import dev.syncline.server.ledger.NativeGit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** GitHub's API for blobs, trees, commits and refs: each is made by Git itself. */
record GitHubGit(TestRepository repository, Description description) {

  private static final String ROOT = "/repos/{owner}/{repo}/git/";

  /** GitHub gives up somewhere above this. */
  private static final int MOST_FILES = 200;

  void addTo(Routes routes) {
    routes
        .add("POST", ROOT + "blobs", this::blob)
        .add("POST", ROOT + "trees", this::tree)
        .add("POST", ROOT + "commits", this::commit)
        .add("GET", ROOT + "commits/{sha}", asked -> shown(200, asked.part("sha")))
        .add("POST", ROOT + "refs", this::create)
        .add("GET", ROOT + "ref/{ref}", this::ref)
        .add("PATCH", ROOT + "refs/{ref}", this::move);
  }

  private Reply blob(Asked asked) {
    byte[] bytes =
        asked.text("encoding").equals("base64")
            ? Base64.getDecoder().decode(asked.text("content"))
            : asked.text("content").getBytes(StandardCharsets.UTF_8);
    ObjectNode json = (ObjectNode) description.example("short-blob");
    return Reply.of(201, json.put("sha", store(bytes)));
  }

  private String store(byte[] bytes) {
    return repository.feed(bytes, "hash-object", "-w", "--stdin");
  }

  private Reply tree(Asked asked) {
    JsonNode entries = asked.body().path("tree");
    if (entries.size() > MOST_FILES) {
      return Reply.error(502, "Server Error");
    }
    try {
      Path index = Files.createTempFile("index", "");
      Files.delete(index);
      var start = asked.text("base_tree");
      run(
          index,
          new byte[0],
          start.isEmpty() ? List.of("read-tree", "--empty") : List.of("read-tree", start));
      for (JsonNode entry : entries) {
        Optional<Reply> refused = put(index, entry);
        if (refused.isPresent()) {
          return refused.get();
        }
      }
      String sha = run(index, new byte[0], List.of("write-tree"));
      Files.deleteIfExists(index);
      ObjectNode json = (ObjectNode) description.example("git-tree");
      return Reply.of(201, json.put("sha", sha));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Optional<Reply> put(Path index, JsonNode entry) {
    String path = entry.path("path").asString("");
    if (entry.path("sha").isNull()) {
      if (run(index, new byte[0], List.of("ls-files", "--", path)).isEmpty()) {
        return Optional.of(Reply.error(422, "GitRPC::BadObjectState"));
      }
      put(index, "0", "0".repeat(40), path);
      return Optional.empty();
    }
    if (entry.has("sha") == entry.has("content")) {
      return Optional.of(Reply.error(422, "Must supply either tree.sha or tree.content."));
    }
    String sha =
        entry.has("sha")
            ? entry.path("sha").asString("")
            : store(entry.path("content").asString("").getBytes(StandardCharsets.UTF_8));
    put(index, entry.path("mode").asString(""), sha, path);
    return Optional.empty();
  }

  private void put(Path index, String mode, String sha, String path) {
    byte[] info = (mode + " " + sha + "\t" + path + "\n").getBytes(StandardCharsets.UTF_8);
    run(index, info, List.of("update-index", "--add", "--replace", "--index-info"));
  }

  private String run(Path index, byte[] input, List<String> arguments) {
    var command = new ArrayList<String>(List.of("git", "-C", repository.path().toString()));
    command.addAll(arguments);
    ProcessBuilder builder = NativeGit.isolated(command);
    builder.environment().put("GIT_INDEX_FILE", index.toString());
    NativeGit.Output output = NativeGit.attempt(builder, input);
    if (output.code() != 0) {
      throw new AssertionError(arguments + ": " + output.out());
    }
    return output.out().strip();
  }

  private Reply commit(Asked asked) {
    List<String> parents = asked.texts("parents");
    String sha = repository.commit(asked.text("tree"), asked.text("message"), parents);
    return shown(201, sha);
  }

  /** A commit; one that GitHub made for an app is verified. */
  private Reply shown(int status, String sha) {
    if (!repository.exists(sha + "^{commit}")) {
      return Reply.error(404, "Not Found");
    }
    ObjectNode json = (ObjectNode) description.example("git-commit");
    json.put("sha", sha).put("message", repository.git("log", "-1", "--format=%B", sha));
    ((ObjectNode) json.path("tree")).put("sha", repository.git("rev-parse", sha + "^{tree}"));
    ArrayNode parents = json.putArray("parents");
    for (String parent : repository.git("log", "-1", "--format=%P", sha).split(" ", -1)) {
      if (!parent.isEmpty()) {
        String url = "https://api.github.com/repos/" + parent;
        parents.addObject().put("sha", parent).put("url", url).put("html_url", url);
      }
    }
    return Reply.of(status, json);
  }

  private Reply create(Asked asked) {
    String ref = asked.text("ref");
    if (!repository.exists(asked.text("sha"))) {
      return Reply.error(422, "Object does not exist");
    }
    if (repository.exists(ref)) {
      return Reply.error(422, "Reference already exists");
    }
    repository.git("update-ref", ref, asked.text("sha"));
    return Reply.of(201, ref(ref));
  }

  private Reply ref(Asked asked) {
    String ref = "refs/" + asked.part("ref");
    return repository.exists(ref) ? Reply.of(200, ref(ref)) : Reply.error(404, "Not Found");
  }

  private ObjectNode ref(String ref) {
    ObjectNode json = (ObjectNode) description.example("git-ref");
    json.put("ref", ref);
    ((ObjectNode) json.path("object")).put("sha", repository.git("rev-parse", ref));
    return json;
  }

  private Reply move(Asked asked) {
    String ref = "refs/" + asked.part("ref");
    if (!repository.exists(ref)) {
      return Reply.error(422, "Reference does not exist");
    }
    boolean isForward = repository.contains(asked.text("sha"), repository.git("rev-parse", ref));
    if (!isForward && !asked.body().path("force").asBoolean(false)) {
      return Reply.error(422, "Update is not a fast forward");
    }
    repository.git("update-ref", ref, asked.text("sha"));
    return Reply.of(200, ref(ref));
  }
}
