package dev.syncline.server.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class SchemaTest {

  @Test
  void everyMigrationIsListed() throws Exception {
    Path folder = Path.of(Schema.class.getResource("migration").toURI());
    var listed = new HashSet<String>();
    for (Schema.Dialect dialect : Schema.Dialect.values()) {
      listed.addAll(dialect.files());
    }
    assertEquals(files(folder), listed);
  }

  @ParameterizedTest
  @EnumSource
  void versionsOfADatabaseOnlyGrow(Schema.Dialect dialect) {
    var versions = new ArrayList<Integer>();
    for (String file : dialect.files()) {
      versions.add(Integer.parseInt(file.replaceFirst(".*/V(\\d+)__\\w+\\.sql", "$1")));
    }
    assertTrue(!versions.isEmpty());
    assertEquals(versions.stream().sorted().distinct().toList(), versions);
    assertEquals(versions.getLast(), dialect.newest());
  }

  private static Set<String> files(Path folder) throws IOException {
    try (var found = Files.walk(folder)) {
      return found
          .filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString().replace('\\', '/'))
          .collect(Collectors.toSet());
    }
  }
}
