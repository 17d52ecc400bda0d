package dev.syncline.server.forge;

import dev.syncline.core.model.CommitId;
import dev.syncline.core.model.FileMode;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.SyncException;
import dev.syncline.core.port.RemoteBranch.Pushed;
import dev.syncline.core.port.VerifiedCommits;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Commits that GitHub makes for an app. They are signed because they name neither an author nor a
 * committer. Thread-safe.
 *
 * @see <a href="https://docs.github.com/rest/git">its API</a>
 */
final class GitHubCommits implements VerifiedCommits {

  private static final int ATTEMPTS = 8;

  private enum Move {
    FORWARD,
    ANYWHERE
  }

  private final ForgeHttp http;
  private final String root;

  GitHubCommits(ForgeHttp http, ForgeRepository repository) {
    this.http = http;
    this.root = new RepositoryCalls(repository).path("/git/");
  }

  @Override
  public CommitId make(
      CommitId base,
      Map<FilePath, Optional<Contents>> files,
      List<CommitId> parents,
      String message) {
    var entries = new ArrayList<TreeEntry>();
    files.forEach((path, file) -> entries.add(entry(path, file)));
    String tree =
        http.good(Call.get("show a commit", root + "commits/" + base))
            .body()
            .path("tree")
            .path("sha")
            .asString("");
    ObjectNode body =
        JsonMapper.shared()
            .createObjectNode()
            .put("message", message)
            .put("tree", tree(tree, entries));
    ArrayNode before = body.putArray("parents");
    parents.forEach(parent -> before.add(parent.hex()));
    return new CommitId(sha(Call.of("make a commit", "POST", root + "commits", body)));
  }

  private TreeEntry entry(FilePath path, Optional<Contents> file) {
    if (file.isEmpty()) {
      return TreeEntry.deleted(path);
    }
    Contents contents = file.get();
    if (contents.mode() == FileMode.GITLINK) {
      throw new SyncException.Invalid(path + " is a submodule: a commit by the API can't have it");
    }
    return TreeEntry.inline(path, contents)
        .orElseGet(() -> TreeEntry.stored(path, contents.mode(), blob(contents.bytes())));
  }

  private String blob(byte[] bytes) {
    ObjectNode body =
        JsonMapper.shared()
            .createObjectNode()
            .put("content", Base64.getEncoder().encodeToString(bytes))
            .put("encoding", "base64");
    return sha(Call.of("store a file", "POST", root + "blobs", body));
  }

  /** The tree after all entries, made in parts, each on top of the one before. */
  private String tree(String base, List<TreeEntry> entries) {
    String tree = base;
    int most = TreeEntry.MOST_AT_ONCE;
    int failures = 0;
    int done = 0;
    while (done < entries.size()) {
      List<TreeEntry> part = TreeEntry.part(entries.subList(done, entries.size()), most);
      Call call = Call.of("make a tree", "POST", root + "trees", TreeEntry.body(tree, part));
      Optional<String> made = small(call);
      if (made.isPresent()) {
        tree = made.get();
        done += part.size();
      } else if (++failures == ATTEMPTS) {
        throw new SyncException.Unavailable(
            "GitHub can't make a tree of " + part.size() + " files: it takes too long for it");
      } else {
        most = Math.max(1, part.size() / 2);
        http.backOff(1);
      }
    }
    return tree;
  }

  /** The id of the new tree; empty if it was too much for GitHub. */
  private Optional<String> small(Call call) {
    return switch (http.once(call)) {
      case Courier.Reply.Lost _ -> Optional.empty();
      case Courier.Reply.Answered(Answer answer) -> {
        boolean isTooLarge =
            answer.status() == 413
                || (answer.status() == 422
                    && (answer.says("too large") || answer.says("timed out")));
        yield isTooLarge
            ? Optional.empty()
            : Optional.of(http.orRefuse(call, answer).body().path("sha").asString(""));
      }
    };
  }

  /** A second object of the same contents does no harm. */
  private String sha(Call call) {
    return http.repeatable(call).body().path("sha").asString("");
  }

  @Override
  public Pushed move(String branch, Optional<CommitId> expected, CommitId commit) {
    // Without force GitHub refuses whatever would leave commits behind: that is our guard.
    Call call =
        expected.isEmpty() ? creation(branch, commit) : update(branch, commit, Move.FORWARD);
    return put(call, branch, expected, commit);
  }

  @Override
  public Pushed replace(String branch, CommitId expected, CommitId commit) {
    return tip(branch).equals(Optional.of(expected.hex()))
        ? put(update(branch, commit, Move.ANYWHERE), branch, Optional.of(expected), commit)
        : new Pushed.Moved();
  }

  private Pushed put(Call call, String branch, Optional<CommitId> expected, CommitId commit) {
    return http.write(
        call,
        answer -> {
          if (answer.isGood()) {
            return new Pushed.Done();
          }
          if (answer.status() != 422 && answer.status() != 409) {
            throw http.refused(call, answer);
          }
          return became(branch, expected, commit)
              .orElseGet(() -> new Pushed.Refused(answer.said()));
        },
        () -> became(branch, expected, commit));
  }

  /** What a branch was moved to, by us or by others; empty if it is what was expected. */
  private Optional<Pushed> became(String branch, Optional<CommitId> expected, CommitId commit) {
    Optional<String> now = tip(branch);
    if (now.equals(Optional.of(commit.hex()))) {
      return Optional.of(new Pushed.Done());
    }
    return now.equals(expected.map(CommitId::hex))
        ? Optional.empty()
        : Optional.of(new Pushed.Moved());
  }

  private Call creation(String branch, CommitId commit) {
    ObjectNode body =
        JsonMapper.shared()
            .createObjectNode()
            .put("ref", "refs/heads/" + branch)
            .put("sha", commit.hex());
    return Call.of("make a branch", "POST", root + "refs", body);
  }

  private Call update(String branch, CommitId commit, Move move) {
    ObjectNode body =
        JsonMapper.shared()
            .createObjectNode()
            .put("sha", commit.hex())
            .put("force", move == Move.ANYWHERE);
    return Call.of("move a branch", "PATCH", root + "refs/" + Call.part("heads/" + branch), body);
  }

  private Optional<String> tip(String branch) {
    Call call = Call.get("show a branch", root + "ref/" + Call.part("heads/" + branch));
    Answer answer = http.read(call);
    return answer.status() == 404
        ? Optional.empty()
        : Optional.of(http.orRefuse(call, answer).body().at("/object/sha").asString(""));
  }
}
