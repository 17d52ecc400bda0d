package dev.syncline.server.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The machine's own Git program, without the configuration of the user and the system.
 *
 * @param repository where it runs
 */
record NativeGit(Path repository) {

  /** What a run printed. */
  record Output(int code, String out) {}

  /** Skips the test where Git is missing, except on a CI machine. */
  static void assume() {
    boolean isHere;
    try {
      isHere =
          new ProcessBuilder("git", "--version").redirectErrorStream(true).start().waitFor() == 0;
    } catch (IOException _) {
      isHere = false;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    if (Boolean.parseBoolean(System.getenv("CI")) && !isHere) {
      throw new AssertionError("a CI machine needs git");
    }
    assumeTrue(isHere, "git is not installed here, so no real Git reads the ledger");
  }

  /** Runs a command that must work; answers what it printed. */
  String run(String... arguments) {
    Output output = attempt(List.of(arguments), new byte[0]);
    assertEquals(0, output.code(), () -> String.join(" ", arguments) + ":\n" + output.out());
    return output.out();
  }

  /** Runs a command with an input, which must work. */
  String feed(byte[] input, String... arguments) {
    Output output = attempt(List.of(arguments), input);
    assertEquals(0, output.code(), () -> String.join(" ", arguments) + ":\n" + output.out());
    return output.out();
  }

  /** Nothing is missing, damaged, or in a form that Git frowns at. */
  void mustBeSound() {
    Output output = attempt(List.of("fsck", "--strict", "--full", "--no-dangling"), new byte[0]);
    assertEquals("", output.out().lines().filter(NativeGit::isTrouble).reduce("", String::concat));
    assertEquals(0, output.code(), output::out);
  }

  private static boolean isTrouble(String line) {
    return !line.startsWith("notice: ") && !line.startsWith("Checking ") && !line.isBlank();
  }

  Output attempt(List<String> arguments, byte[] input) {
    var command = new ArrayList<>(List.of("git", "-C", repository.toString()));
    command.addAll(arguments);
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.startsWith("GIT_"));
    builder.environment().put("GIT_CONFIG_NOSYSTEM", "1");
    builder.environment().put("GIT_CONFIG_GLOBAL", "/dev/null");
    builder.environment().put("HOME", repository.toString());
    builder.environment().put("LC_ALL", "C");
    builder.environment().put("TZ", "UTC");
    try {
      Process process = builder.start();
      try (var in = process.getOutputStream()) {
        in.write(input);
      }
      String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Output(process.waitFor(), out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
