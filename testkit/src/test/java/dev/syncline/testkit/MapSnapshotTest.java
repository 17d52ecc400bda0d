package dev.syncline.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.syncline.core.model.ContentId;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.FileVersion;
import dev.syncline.core.model.Glob;
import dev.syncline.core.model.Lookup;
import dev.syncline.core.model.PathMapping;
import dev.syncline.core.model.PathMapping.Renamed;
import dev.syncline.core.model.Snapshot;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What a snapshot and a link's view of it say of one folder, against what they say of all files.
 */
final class MapSnapshotTest {

  private static final List<PathMapping> MAPPINGS =
      List.of(
          PathMapping.WHOLE,
          PathMapping.without(List.of(Glob.of("a/**"))),
          new PathMapping(Optional.of(path("b")), List.of(), List.of(), List.of()),
          new PathMapping(
              Optional.of(path("a")),
              List.of(),
              List.of(),
              List.of(new Renamed(path("b"), path("c/d")), new Renamed(path("c/a"), path("b")))));

  @Test
  void filesOfAFolderAreThoseThatLieInIt() {
    for (long seed = 0; seed < 500; seed++) {
      var random = new Random(seed);
      var files = new TreeMap<FilePath, FileVersion>();
      for (int i = random.nextInt(20); i > 0; i--) {
        files.put(anyPath(random), FileVersion.regular(ContentId.ofContents(new byte[i])));
      }
      files.keySet().removeIf(path -> path.above().anyMatch(files::containsKey));
      for (PathMapping mapping : MAPPINGS) {
        Snapshot seen = mapping.seenFromEndpoint(new MapSnapshot(files));
        folders(random)
            .forEach(folder -> {
              assertEquals(expected(seen, folder), seen.list(folder).files());
              for (FilePath there : seen.list(folder).folders()) {
                assertTrue(seen.isFolder(there), there + " with " + mapping);
              }
            });
        var lookup = new Lookup(seen);
        for (int i = 0; i < 60; i++) {
          FilePath path = anyPath(random);
          assertEquals(seen.at(path), lookup.at(path));
          assertEquals(seen.isFolder(path), lookup.isFolder(path), path + " with " + mapping);
        }
      }
    }
  }

  private static Map<FilePath, FileVersion> expected(Snapshot seen, Optional<FilePath> folder) {
    var files = new TreeMap<FilePath, FileVersion>();
    seen.forEach((path, version) -> {
      if (path.parent().equals(folder)) {
        files.put(path, version);
      }
    });
    return files;
  }

  private static Stream<Optional<FilePath>> folders(Random random) {
    return Stream.concat(
        Stream.of(Optional.empty()), Stream.generate(() -> Optional.of(anyPath(random))).limit(10));
  }

  private static FilePath anyPath(Random random) {
    var text = new StringBuilder();
    for (int depth = random.nextInt(4); depth >= 0; depth--) {
      text.append((char) ('a' + random.nextInt(4))).append(depth == 0 ? "" : "/");
    }
    return path(text.toString());
  }

  private static FilePath path(String text) {
    return new FilePath(text);
  }
}
