package dev.syncline.core.model;

import static dev.syncline.core.model.Paths.change;
import static dev.syncline.core.model.Paths.changes;
import static dev.syncline.core.model.Paths.path;
import static dev.syncline.core.model.Paths.version;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What differs between two snapshots. */
final class ChangesTest {

  private static final Changes SOME =
      changes(Map.of("a", change("", "1"), "b", change("1", "2"), "c", change("1", "")));

  @Test
  void thereAndBackIsNothing() {
    assertEquals(Changes.NONE, SOME.followedBy(SOME.reversed()));
    assertEquals(SOME, SOME.reversed().reversed());
  }

  @Test
  void twoStepsAreOne() {
    assertEquals(
        changes(Map.of("a", change("1", "3"), "b", change("", "1"), "c", change("1", ""))),
        changes(Map.of("a", change("1", "2"), "b", change("", "1")))
            .followedBy(changes(Map.of("a", change("2", "3"), "c", change("1", "")))));
  }

  @Test
  void whatCameAndWentNeverWas() {
    assertEquals(
        Changes.NONE,
        changes(Map.of("a", change("", "1"))).followedBy(changes(Map.of("a", change("1", "")))));
  }

  @Test
  void growthCountsFiles() {
    assertEquals(0, SOME.growth());
    assertEquals(2, changes(Map.of("a", change("", "1"), "b", change("", "2"))).growth());
    assertEquals(-1, changes(Map.of("a", change("1", ""))).growth());
  }

  @Test
  void aPathWithoutAChangeIsTheSame() {
    assertEquals(Optional.empty(), FileChange.between(version("1"), version("1")));
    assertEquals(Optional.empty(), SOME.at(path("d")));
    assertThrows(
        IllegalArgumentException.class,
        () -> new FileChange.Modified(version("1").orElseThrow(), version("1").orElseThrow()));
  }
}
