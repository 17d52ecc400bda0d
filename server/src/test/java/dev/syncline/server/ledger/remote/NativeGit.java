package dev.syncline.server.ledger.remote;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The installed Git and OpenSSH, without the configuration of whoever runs the tests. */
final class NativeGit {

  private NativeGit() {}

  /** Skips the test where programs are missing, except on a CI machine. */
  static void need(String... programs) {
    List<String> missing = Stream.of(programs).filter(program -> find(program).isEmpty()).toList();
    if (Boolean.parseBoolean(System.getenv("CI"))) {
      if (!missing.isEmpty()) {
        throw new AssertionError("a CI machine needs " + missing);
      }
      return;
    }
    assumeTrue(missing.isEmpty(), () -> "not installed here: " + missing);
  }

  static Optional<Path> find(String program) {
    return Stream.concat(
            Stream.of(System.getenv("PATH").split(":", -1)), Stream.of("/usr/sbin", "/sbin"))
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .findFirst();
  }

  static ProcessBuilder isolated(List<String> command) {
    var builder = new ProcessBuilder(command);
    Map<String, String> env = builder.environment();
    env.keySet().removeIf(name -> name.startsWith("GIT_") || name.startsWith("SSH_"));
    env.put("HOME", "/nonexistent");
    env.put("XDG_CONFIG_HOME", "/nonexistent");
    env.put("LC_ALL", "C");
    env.put("GIT_CONFIG_NOSYSTEM", "1");
    env.put("GIT_CONFIG_GLOBAL", "/dev/null");
    env.put("GIT_TERMINAL_PROMPT", "0");
    env.put("GIT_AUTHOR_NAME", "Anna");
    env.put("GIT_AUTHOR_EMAIL", "anna@example.org");
    env.put("GIT_COMMITTER_NAME", "Anna");
    env.put("GIT_COMMITTER_EMAIL", "anna@example.org");
    return builder;
  }

  /** What the program printed; fails if it failed. */
  static String run(Path folder, byte[] input, List<String> command) {
    try {
      var process = isolated(command).directory(folder.toFile()).redirectErrorStream(true).start();
      try (var out = process.getOutputStream()) {
        out.write(input);
      }
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new AssertionError(command + " ends with " + process.exitValue() + ": " + said);
      }
      return said.strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  static String git(Path folder, String... arguments) {
    return git(folder, new byte[0], arguments);
  }

  static String git(Path folder, byte[] input, String... arguments) {
    var command = new ArrayList<String>(List.of("git"));
    command.addAll(List.of(arguments));
    return run(folder, input, command);
  }

  /** An empty bare repository that takes pushes over http. */
  static Path bare(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    git(folder, "init", "-q", "--bare", "--initial-branch=main", ".");
    git(folder, "config", "http.receivepack", "true");
    return folder;
  }

  /** Puts a commit with more files on top of a branch, and answers its id. */
  static String commit(Path bare, String branch, String message, Map<String, String> files) {
    boolean exists = !git(bare, "for-each-ref", "refs/heads/" + branch).isEmpty();
    var text = new StringBuilder("commit refs/heads/" + branch + "\n");
    text.append("author Anna <anna@example.org> 1790000000 +0200\n");
    text.append("committer Anna <anna@example.org> 1790000100 +0200\n");
    text.append("data ").append(message.getBytes(StandardCharsets.UTF_8).length).append('\n');
    text.append(message).append('\n');
    if (exists) {
      text.append("from refs/heads/").append(branch).append("^0\n");
    }
    files.forEach((path, contents) ->
        text.append("M 100644 inline ")
            .append(path)
            .append("\ndata ")
            .append(contents.getBytes(StandardCharsets.UTF_8).length)
            .append('\n')
            .append(contents)
            .append('\n'));
    git(
        bare,
        text.toString().getBytes(StandardCharsets.UTF_8),
        "fast-import",
        "--quiet",
        "--force");
    return git(bare, "rev-parse", "refs/heads/" + branch);
  }

  /** Fails unless everything in a repository is as it should be. */
  static void mustBeSound(Path bare) {
    String said = git(bare, "fsck", "--strict", "--full", "--no-dangling");
    if (said.lines().anyMatch(line -> !line.startsWith("notice: "))) {
      throw new AssertionError(said);
    }
  }
}
