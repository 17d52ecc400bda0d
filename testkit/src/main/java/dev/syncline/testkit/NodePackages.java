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
 * Programs of Node with their packages from npm, put under {@code target/}, so that nothing is
 * installed into the sources. Thread-safe.
 */
public final class NodePackages {

  private NodePackages() {}

  /**
   * Copies a folder's files, and installs the packages that its lock file names; skips the test
   * where there is no Node, except on a CI machine.
   */
  public static synchronized void install(Path source, Path target) {
    assumeNode();
    try {
      copy(source, target);
      installPackages(target);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void assumeNode() {
    var missing = List.of("node", "npm").stream().filter(program -> !isThere(program)).toList();
    if (!missing.isEmpty() && Boolean.parseBoolean(System.getenv("CI"))) {
      throw new AssertionError("a CI machine needs " + missing);
    }
    assumeTrue(missing.isEmpty(), () -> "not installed here, so nothing of npm is run: " + missing);
  }

  private static boolean isThere(String program) {
    try {
      run(Path.of("."), program, "--version");
      return true;
    } catch (UncheckedIOException notFound) {
      return false;
    }
  }

  /**
   * The lock file is copied into the installed packages last, so its copy proves a whole install.
   */
  private static void installPackages(Path folder) throws IOException {
    Path wanted = folder.resolve("package-lock.json");
    Path installed = folder.resolve("node_modules/installed-lock.json");
    if (!Files.exists(installed) || Files.mismatch(wanted, installed) >= 0) {
      run(folder, "npm", "ci", "--no-progress", "--no-audit", "--no-fund");
      Files.copy(wanted, installed, StandardCopyOption.REPLACE_EXISTING);
    }
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

  /** What a program prints that must succeed. */
  public static String run(Path folder, String... command) {
    try {
      var process =
          new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
      process.getOutputStream().close();
      var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new AssertionError(
            String.join(" ", command) + " fails in " + folder + ":\n" + output);
      }
      return output;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
