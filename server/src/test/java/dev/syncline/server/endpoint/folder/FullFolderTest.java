package dev.syncline.server.endpoint.folder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.syncline.core.model.SyncException;
import dev.syncline.server.SmallDisk;
import dev.syncline.testkit.MapSnapshot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A folder on a disk of one megabyte, and one with another disk in it; needs the right to mount.
 */
final class FullFolderTest extends FolderStage {

  private SmallDisk disk;

  @BeforeEach
  void mount() throws IOException {
    disk = new SmallDisk(folder().root());
    disk.mount("size=1m");
  }

  @AfterEach
  void unmount() {
    disk.close();
  }

  @Test
  void aFullDiskTearsNothingAndStopsNoOther() throws IOException {
    try (var endpoint = open()) {
      folder().write("a", "one");
      folder().write("z", "small");
      folder().write("ballast", "x".repeat(600_000));
      look(endpoint, MapSnapshot.EMPTY);
      var changes =
          Map.of("a", modify("one", "y".repeat(800_000)), "b", add("two"), "z", removal("small"));
      var e = assertThrows(SyncException.Unavailable.class, () -> deliver(endpoint, changes));
      assertTrue(e.toString().contains("is full: free space"), e.getMessage());
      assertEquals(Optional.of("one"), folder().read("a"));
      assertEquals(Optional.of("two"), folder().read("b"), "what fits is there");
      assertEquals(Optional.empty(), folder().read("z"));
      assertEquals(Set.of(), ApplyTest.names(folder().at(".syncline-folder/work")));
      folder().remove("ballast");
      assertEquals(allDone(changes), deliver(endpoint, changes).results());
      assertEquals(Optional.of("y".repeat(800_000)), folder().read("a"));
    }
  }

  @Test
  void lookingNeedsNoRoom() {
    open().close();
    folder().write("a", "one");
    assertThrows(UncheckedIOException.class, () -> folder().write("more", "x".repeat(2_000_000)));
    for (int i = 0; i < 2; i++) {
      try (var endpoint = new FolderEndpoint(settings(folder().root()), clock, Seams.none())) {
        assertEquals("+one", texts(look(endpoint, MapSnapshot.EMPTY)).get("a"));
      }
    }
  }

  @Test
  void anotherDiskInTheFolderIsRefused() throws Exception {
    try (var endpoint = open()) {
      new SmallDisk(folder().at("inner")).mount("size=1m");
      folder().write("inner/a", "one");
      assertEquals(Map.of("inner/a", "+one"), texts(look(endpoint, MapSnapshot.EMPTY)));
      var results =
          deliver(
                  endpoint,
                  Map.of("inner/a", modify("one", "two"), "inner/b", add("new"), "c", add("fine")))
              .results();
      assertTrue(results.toString().contains("another disk is mounted"), results.toString());
      assertEquals(Optional.of("one"), folder().read("inner/a"));
      assertEquals(Optional.of("fine"), folder().read("c"));
      var removed = deliver(endpoint, Map.of("inner/a", removal("one"))).results();
      assertTrue(removed.toString().contains("another disk is mounted"), removed.toString());
      assertEquals(Optional.of("one"), folder().read("inner/a"));
    }
  }

  @Test
  void aDiskThatCanOnlyBeReadIsUnavailable() throws Exception {
    open().close();
    folder().write("a", "one");
    disk.makeReadOnly();
    var endpoint = new FolderEndpoint(settings(folder().root()), clock, Seams.none());
    var e =
        assertThrows(
            SyncException.Unavailable.class,
            () -> deliver(endpoint, Map.of("a", modify("one", "two"))));
    assertTrue(e.toString().contains("let this user"), e.getMessage());
    assertEquals(Optional.of("one"), folder().read("a"));
  }
}
