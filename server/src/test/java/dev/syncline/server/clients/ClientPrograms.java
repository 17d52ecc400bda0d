package dev.syncline.server.clients;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Puts the scenarios and the npm packages of one client generation together under {@code target/},
 * so that nothing is installed into the sources. Thread-safe.
 */
final class ClientPrograms {

  private static final Path SOURCES = Path.of("src/test/js");
  private static final Path TARGET = Path.of("target/clients");
  private static final Map<Generation, Path> INSTALLED = new ConcurrentHashMap<>();

  private ClientPrograms() {}

  /**
   * The folder to run scenarios in; skips the test where Node is missing, except on a CI machine.
   */
  static Path folder(Generation generation) {
    assumeNode();
    return INSTALLED.computeIfAbsent(generation, ClientPrograms::install);
  }

  private static void assumeNode() {
    var missing = List.of("node", "npm").stream().filter(program -> !runs(program)).toList();
    if (Boolean.parseBoolean(System.getenv("CI"))) {
      if (!missing.isEmpty()) {
        throw new AssertionError("a CI machine needs " + missing);
      }
      return;
    }
    assumeTrue(
        missing.isEmpty(), () -> "not installed here, so no real clients are run: " + missing);
  }

  private static boolean runs(String program) {
    try {
      return run(List.of(program, "--version"), Path.of(".")).isEmpty();
    } catch (UncheckedIOException notFound) {
      return false;
    }
  }

  private static Path install(Generation generation) {
    var folder = TARGET.resolve(generation.folder()).toAbsolutePath();
    try {
      Files.createDirectories(folder);
      copy(SOURCES.resolve("lib"), folder.resolve("lib"));
      copy(SOURCES.resolve("scenarios"), folder.resolve("scenarios"));
      copy(SOURCES.resolve(generation.folder()), folder);
      installPackages(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return folder;
  }

  /**
   * The lock file is copied into the installed packages last, so its copy proves a whole install.
   */
  private static void installPackages(Path folder) throws IOException {
    var wanted = folder.resolve("package-lock.json");
    var installed = folder.resolve("node_modules/installed-lock.json");
    if (Files.exists(installed) && Files.mismatch(wanted, installed) < 0) {
      return;
    }
    var failure = run(List.of("npm", "ci", "--no-progress"), folder);
    if (!failure.isEmpty()) {
      throw new AssertionError("npm ci failed in " + folder + ":\n" + failure);
    }
    Files.copy(wanted, installed, StandardCopyOption.REPLACE_EXISTING);
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    try (var files = Files.list(from)) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, to.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  /** Empty if it succeeded, and otherwise what it printed. */
  private static String run(List<String> command, Path folder) {
    try {
      var process =
          new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
      process.getOutputStream().close();
      var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return process.waitFor() == 0 ? "" : output + "(exit code " + process.exitValue() + ")";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
