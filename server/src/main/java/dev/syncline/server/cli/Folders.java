package dev.syncline.server.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Folders as a whole. */
final class Folders {

  private Folders() {}

  /** Copies one, if there is one. */
  static void copy(Path from, Path to) throws IOException {
    if (!Files.isDirectory(from)) {
      return;
    }
    for (Path path : all(from)) {
      Path target = to.resolve(from.relativize(path).toString());
      if (Files.isDirectory(path)) {
        Files.createDirectories(target);
      } else {
        Files.copy(path, target);
      }
    }
  }

  static void delete(Path folder) throws IOException {
    for (Path path : all(folder).reversed()) {
      Files.deleteIfExists(path);
    }
  }

  /** The files below all folders of this name. */
  static List<Path> below(Path folder, String name) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    return all(folder).stream()
        .filter(Files::isRegularFile)
        .filter(path -> parts(folder.relativize(path)).contains(name))
        .toList();
  }

  /** The file that a file below {@code before} belongs to. */
  static Path withoutBefore(Path folder, Path file) {
    Path inside = folder.relativize(file);
    List<String> parts = parts(inside);
    int before = parts.indexOf("before");
    Path path = folder;
    for (int i = 0; i < parts.size(); i++) {
      path = i == before ? path : path.resolve(parts.get(i));
    }
    return path;
  }

  private static List<String> parts(Path path) {
    return Stream.iterate(0, i -> i < path.getNameCount(), i -> i + 1)
        .map(i -> path.getName(i).toString())
        .toList();
  }

  private static List<Path> all(Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      return paths.sorted(Comparator.naturalOrder()).toList();
    }
  }
}
