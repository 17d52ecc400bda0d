package dev.syncline.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A program of the machine that knows more about a format than we do.
 *
 * @param path a name that is found, or a file
 */
record Program(String path) {

  /** What it said, both streams together. */
  record Answer(int exit, String output) {
    Answer mustBe(int expected) {
      assertEquals(expected, exit, output);
      return this;
    }
  }

  /** One that .ci/run installs: a test run on a CI without it fails, elsewhere it is skipped. */
  static Program ofDebian(String name, String aptPackage) {
    return find(name)
        .orElseGet(() -> {
          String reason = name + " is not on this machine: apt install " + aptPackage;
          if ("true".equals(System.getenv("CI"))) {
            return fail(reason + " (.ci/run has to)");
          }
          return abort(reason);
        });
  }

  /** One that can't be installed everywhere: without it, the test is skipped. */
  static Program ofSomeMachines(String name) {
    return find(name).orElseGet(() -> abort(name + " is not on this machine"));
  }

  Answer run(String... arguments) {
    return run(Map.of(), List.of(arguments));
  }

  Answer run(Map<String, String> environment, List<String> arguments) {
    try {
      var command = Stream.concat(Stream.of(path), arguments.stream()).toList();
      var builder = new ProcessBuilder(command).redirectErrorStream(true);
      builder.environment().putAll(environment);
      Path output = Files.createTempFile("program", ".txt");
      try {
        Process process = builder.redirectOutput(output.toFile()).start();
        if (!process.waitFor(2, TimeUnit.MINUTES)) {
          process.destroyForcibly();
          fail(command + " does not end: " + Files.readString(output));
        }
        return new Answer(
            process.exitValue(), new String(Files.readAllBytes(output), StandardCharsets.UTF_8));
      } finally {
        Files.delete(output);
      }
    } catch (IOException e) {
      throw new AssertionError(path, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(path, e);
    }
  }

  private static Optional<Program> find(String name) {
    String path = System.getenv().getOrDefault("PATH", "");
    // Services are often kept out of a user's PATH.
    return Stream.concat(Stream.of(path.split(File.pathSeparator)), Stream.of("/usr/sbin", "/sbin"))
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst()
        .map(file -> new Program(file.toString()));
  }
}
