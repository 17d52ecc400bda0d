package dev.syncline.server.endpoint.folder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.syncline.core.model.SyncException;
import dev.syncline.testkit.MapSnapshot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
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

  @BeforeEach
  void mount() throws Exception {
    Files.createDirectory(folder().root());
    assumeTrue(mount("size=1m", ""), "no right to mount a small disk");
  }

  @AfterEach
  void unmount() throws Exception {
    run("umount", "-R", folder().root().toString());
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
      Files.createDirectory(folder().at("inner"));
      assumeTrue(mount("size=1m", "inner"), "no right to mount a disk in the folder");
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
    assumeTrue(run("mount", "-o", "remount,ro", folder().root().toString()));
    var endpoint = new FolderEndpoint(settings(folder().root()), clock, Seams.none());
    var e =
        assertThrows(
            SyncException.Unavailable.class,
            () -> deliver(endpoint, Map.of("a", modify("one", "two"))));
    assertTrue(e.toString().contains("let this user"), e.getMessage());
    assertEquals(Optional.of("one"), folder().read("a"));
  }

  private boolean mount(String options, String where) throws InterruptedException {
    return run(
        "mount", "-t", "tmpfs", "-o", options, "tmpfs", folder().root().resolve(where).toString());
  }

  private static boolean run(String... command) throws InterruptedException {
    try {
      return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() == 0;
    } catch (IOException _) {
      return false;
    }
  }
}
