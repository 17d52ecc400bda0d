package dev.syncline.server.clients;

import dev.syncline.testkit.NodePackages;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
    NodePackages.need();
    return INSTALLED.computeIfAbsent(generation, ClientPrograms::install);
  }

  private static Path install(Generation generation) {
    var folder = TARGET.resolve(generation.folder()).toAbsolutePath();
    try {
      Files.createDirectories(folder);
      NodePackages.copy(SOURCES.resolve("lib"), folder.resolve("lib"));
      NodePackages.copy(SOURCES.resolve("scenarios"), folder.resolve("scenarios"));
      NodePackages.copy(SOURCES.resolve(generation.folder()), folder);
      NodePackages.install(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return folder;
  }
}
