package dev.syncline.server.cli;

import dev.syncline.core.model.FilePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

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

  /** The files in one, at any depth; none if it isn't there. */
  static List<FilePath> files(Path folder) throws IOException {
    return Files.isDirectory(folder)
        ? all(folder).stream()
            .filter(Files::isRegularFile)
            .map(file -> path(folder.relativize(file)))
            .toList()
        : List.of();
  }

  private static FilePath path(Path relative) {
    return new FilePath(
        StreamSupport.stream(relative.spliterator(), false)
            .map(Path::toString)
            .collect(Collectors.joining("/")));
  }

  private static List<Path> all(Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      return paths.sorted(Comparator.naturalOrder()).toList();
    }
  }
}
