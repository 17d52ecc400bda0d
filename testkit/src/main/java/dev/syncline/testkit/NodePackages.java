package dev.syncline.testkit;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * Programs of tests that run in Node, with their npm packages: put together in a folder below
 * {@code target/}, so that nothing is installed into the sources.
 */
public final class NodePackages {

  private NodePackages() {}

  /** Skips the test where Node is missing, except on a CI machine. */
  public static void need() {
    List<String> missing = Stream.of("node", "npm").filter(program -> !isThere(program)).toList();
    if (!missing.isEmpty() && Boolean.parseBoolean(System.getenv("CI"))) {
      throw new AssertionError("a CI machine needs " + missing);
    }
    assumeTrue(missing.isEmpty(), () -> "not installed here: " + missing);
  }

  /** Copies the files that are directly in a folder. */
  public static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, to.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  /**
   * Installs the packages that a folder's lock file names, unless they are there. The lock file is
   * copied among them last, so its copy proves a whole install.
   */
  public static void install(Path folder) throws IOException {
    Path wanted = folder.resolve("package-lock.json");
    Path installed = folder.resolve("node_modules/installed-lock.json");
    if (Files.exists(installed) && Files.mismatch(wanted, installed) < 0) {
      return;
    }
    String failure = run(folder, "npm", "ci", "--no-progress", "--no-audit", "--no-fund");
    if (!failure.isEmpty()) {
      throw new AssertionError("npm ci failed in " + folder + ":\n" + failure);
    }
    Files.copy(wanted, installed, StandardCopyOption.REPLACE_EXISTING);
  }

  private static boolean isThere(String program) {
    try {
      return run(Path.of("."), program, "--version").isEmpty();
    } catch (UncheckedIOException notFound) {
      return false;
    }
  }

  /** Empty if it succeeded, and otherwise what it printed. */
  private static String run(Path folder, String... command) {
    try {
      Process process =
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
