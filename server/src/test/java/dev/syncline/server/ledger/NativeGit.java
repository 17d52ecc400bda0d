package dev.syncline.server.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
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

/**
 * The machine's own Git and OpenSSH, without the configuration of the user and the system.
 *
 * @param repository where Git runs
 */
public record NativeGit(Path repository) {

  /** What a run printed. */
  public record Output(int code, String out) {}

  /** Skips the test where programs are missing, except on a CI machine. */
  public static void need(String... programs) {
    List<String> missing = Stream.of(programs).filter(program -> find(program).isEmpty()).toList();
    if (Boolean.parseBoolean(System.getenv("CI"))) {
      if (!missing.isEmpty()) {
        throw new AssertionError("a CI machine needs " + missing);
      }
      return;
    }
    assumeTrue(missing.isEmpty(), () -> "not installed here: " + missing);
  }

  public static Optional<Path> find(String program) {
    return Stream.concat(
            Stream.of(System.getenv("PATH").split(":", -1)), Stream.of("/usr/sbin", "/sbin"))
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .findFirst();
  }

  public static ProcessBuilder isolated(List<String> command) {
    var builder = new ProcessBuilder(command);
    Map<String, String> env = builder.environment();
    env.keySet().removeIf(name -> name.startsWith("GIT_") || name.startsWith("SSH_"));
    env.put("HOME", "/nonexistent");
    env.put("XDG_CONFIG_HOME", "/nonexistent");
    env.put("LC_ALL", "C");
    env.put("TZ", "UTC");
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
  public static String run(Path folder, byte[] input, List<String> command) {
    Output output = attempt(isolated(command).directory(folder.toFile()), input);
    if (output.code() != 0) {
      throw new AssertionError(command + " ends with " + output.code() + ": " + output.out());
    }
    return output.out().strip();
  }

  public static String git(Path folder, String... arguments) {
    return git(folder, new byte[0], arguments);
  }

  public static String git(Path folder, byte[] input, String... arguments) {
    var command = new ArrayList<String>(List.of("git"));
    command.addAll(List.of(arguments));
    return run(folder, input, command);
  }

  /** An empty bare repository that takes pushes over http. */
  public static Path bare(Path folder) {
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
  public static String commit(Path bare, String branch, String message, Map<String, String> files) {
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
  public static void mustBeSound(Path repository) {
    new NativeGit(repository).mustBeSound();
  }

  /** Runs a command that must work; answers what it printed. */
  public String run(String... arguments) {
    return feed(new byte[0], arguments);
  }

  /** Runs a command with an input, which must work. */
  public String feed(byte[] input, String... arguments) {
    Output output = attempt(List.of(arguments), input);
    assertEquals(0, output.code(), () -> String.join(" ", arguments) + ":\n" + output.out());
    return output.out();
  }

  /** Nothing is missing, damaged, or in a form that Git frowns at. */
  public void mustBeSound() {
    Output output = attempt(List.of("fsck", "--strict", "--full", "--no-dangling"), new byte[0]);
    assertEquals("", output.out().lines().filter(NativeGit::isTrouble).reduce("", String::concat));
    assertEquals(0, output.code(), output::out);
  }

  private static boolean isTrouble(String line) {
    return !line.startsWith("notice: ") && !line.startsWith("Checking ") && !line.isBlank();
  }

  /** Runs a command that may fail. */
  public Output attempt(List<String> arguments, byte[] input) {
    var command = new ArrayList<>(List.of("git"));
    command.addAll(arguments);
    return attempt(isolated(command).directory(repository.toFile()), input);
  }

  /** Runs a program that may fail. */
  public static Output attempt(ProcessBuilder builder, byte[] input) {
    try {
      Process process = builder.redirectErrorStream(true).start();
      try (var in = process.getOutputStream()) {
        in.write(input);
      }
      String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Output(process.waitFor(), out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
