package dev.syncline.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** The project's own files, from wherever the tests are started. */
final class Checkout {

  static final Path ROOT = find(Path.of("").toAbsolutePath());

  private Checkout() {}

  static Path file(String path) {
    return ROOT.resolve(path);
  }

  static String text(String path) {
    try {
      return Files.readString(file(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Files below a folder whose names end so, relative to the root, sorted. */
  static List<String> list(String folder, String ending) {
    try (var files = Files.walk(file(folder))) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> ROOT.relativize(file).toString().replace('\\', '/'))
          .filter(name -> name.endsWith(ending))
          .filter(name -> !name.contains("/target/") && !name.contains("/src/"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path find(Path folder) {
    return Files.exists(folder.resolve("jvm.options"))
        ? folder
        : find(Objects.requireNonNull(folder.getParent(), "no checkout around the tests"));
  }
}
