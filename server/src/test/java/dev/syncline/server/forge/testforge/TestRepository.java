package dev.syncline.server.forge.testforge;

import dev.syncline.server.ledger.NativeGit;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The repository of a test forge: a real one, used through the git program. */
public record TestRepository(Path path) {

  /** The newest commit of a branch. */
  public Optional<String> tip(String branch) {
    NativeGit.Output said = attempt("rev-parse", "--verify", "--quiet", "refs/heads/" + branch);
    if (said.code() == 1) {
      return Optional.empty();
    }
    String commit = said.out().strip();
    if (said.code() != 0 || !commit.matches("[0-9a-f]{40}")) {
      throw new AssertionError("the newest commit of " + branch + ": " + said);
    }
    return Optional.of(commit);
  }

  /** What a file holds at a branch or commit. */
  public String file(String commit, String name) {
    return git("show", commit + ":" + name);
  }

  public boolean contains(String newer, String older) {
    NativeGit.Output said = attempt("merge-base", "--is-ancestor", older, newer);
    return switch (said.code()) {
      case 0 -> true;
      case 1 -> false;
      default -> throw new AssertionError("whether " + older + " is in " + newer + ": " + said);
    };
  }

  public boolean exists(String object) {
    return attempt("cat-file", "-e", object).code() == 0;
  }

  void point(String branch, String commit) {
    git("update-ref", "refs/heads/" + branch, commit);
  }

  /** The tree of both sides merged. */
  String merged(String one, String other) {
    return git("merge-tree", "--write-tree", one, other);
  }

  String commit(String tree, String message, List<String> parents) {
    var arguments = new ArrayList<String>(List.of("commit-tree", tree));
    parents.forEach(parent -> arguments.addAll(List.of("-p", parent)));
    return NativeGit.git(
        path, message.getBytes(StandardCharsets.UTF_8), arguments.toArray(String[]::new));
  }

  /** What the git program prints. */
  public String git(String... arguments) {
    return NativeGit.git(path, arguments);
  }

  String feed(byte[] input, String... arguments) {
    return NativeGit.git(path, input, arguments);
  }

  NativeGit.Output attempt(String... arguments) {
    return new NativeGit(path).attempt(List.of(arguments), new byte[0]);
  }
}
