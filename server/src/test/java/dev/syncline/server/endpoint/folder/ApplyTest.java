package dev.syncline.server.endpoint.folder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.syncline.core.model.FileChange;
import dev.syncline.core.model.FileMode;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.FileVersion;
import dev.syncline.core.model.SyncException;
import dev.syncline.core.port.Applied;
import dev.syncline.core.port.Applied.Result;
import dev.syncline.testkit.MapSnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a delivery does in a folder, beyond the contract of every endpoint. */
final class ApplyTest extends FolderStage {

  @Test
  void noSymbolicLinkLeadsOutOfTheFolder() throws IOException {
    for (Seams seams : List.of(Seams.none(), Seams.none().withoutNativeFiles())) {
      Path outside = Files.createDirectories(directory.resolve("outside"));
      Files.writeString(outside.resolve("victim"), "safe");
      try (var endpoint = open(seams)) {
        folder().link("way-out", "../outside");
        Applied applied =
            deliver(
                endpoint,
                Map.of(
                    "way-out/new", add("evil"),
                    "way-out/victim", modify("safe", "evil"),
                    "way-out/deep/er", add("evil")));
        assertFalse(applied.results().containsValue(new Result.Done()), applied.toString());
        var removed = deliver(endpoint, Map.of("way-out/victim", removal("safe")));
        assertEquals(Optional.of("safe"), new LocalFolder(outside).read("victim"));
        assertEquals(Set.of("victim"), names(outside), removed.toString());
        Files.delete(folder().at("way-out"));
      }
    }
  }

  @Test
  void aFolderThatBecomesALinkWhileWeWriteLeadsNobodyOut() throws IOException {
    Path outside = Files.createDirectories(directory.resolve("outside"));
    Files.writeString(outside.resolve("a"), "one");
    var swap =
        new Moments() {
          @Override
          public void checked(String where) {
            LocalFolder.attempt(() -> {
              Files.move(folder().at("inner"), directory.resolve("moved-away"));
              return Files.createSymbolicLink(folder().at("inner"), Path.of("../outside"));
            });
          }
        };
    try (var endpoint = open(Seams.none().withReplacing(swap))) {
      folder().write("inner/a", "one");
      deliver(endpoint, Map.of("inner/a", modify("one", "two")));
      assertEquals(Optional.of("one"), new LocalFolder(outside).read("a"));
      assertEquals(Set.of("a"), names(outside));
    }
  }

  @Test
  void aLinkIsWrittenAsALink() throws IOException {
    try (var endpoint = open()) {
      var odd = new FileVersion(contents.put("../a//b/"), FileMode.SYMLINK);
      var changes = Map.<String, FileChange>of("odd", new FileChange.Added(odd));
      assertEquals(allDone(changes), deliver(endpoint, changes).results());
      assertTrue(Files.isSymbolicLink(folder().at("odd")));
      assertEquals(
          Map.of(),
          texts(look(endpoint, MapSnapshot.EMPTY.with(changes(changes)))),
          "byte for byte");
      var back = Map.<String, FileChange>of("odd", new FileChange.Modified(odd, file("a file")));
      assertEquals(allDone(back), deliver(endpoint, back).results());
      assertTrue(Files.isRegularFile(folder().at("odd"), LinkOption.NOFOLLOW_LINKS));
    }
  }

  @Test
  void whatNoLinkCanPointToIsRefused() {
    try (var endpoint = open()) {
      for (String target : List.of("", "a\0b", "x".repeat(5_000))) {
        var link = new FileVersion(contents.put(target), FileMode.SYMLINK);
        assertRefused(endpoint, "link", new FileChange.Added(link), "link");
      }
    }
  }

  @Test
  void permissionsStayAndOnlyTheRightToRunIsSynced() throws IOException {
    try (var endpoint = open()) {
      folder().write("private", "one");
      permit("private", "rw-------");
      deliver(endpoint, Map.of("private", modify("one", "two")));
      assertEquals("rw-------", permissions("private"));
      var run = new FileVersion(file("two").content(), FileMode.EXECUTABLE);
      deliver(endpoint, Map.of("private", new FileChange.Modified(file("two"), run)));
      assertEquals("rwx------", permissions("private"));
      deliver(endpoint, Map.of("tool", new FileChange.Added(run)));
      assertTrue(permissions("tool").startsWith("rwx"));
      deliver(endpoint, Map.of("tool", new FileChange.Modified(run, file("two"))));
      assertFalse(permissions("tool").contains("x"));
    }
  }

  @Test
  void aFileWithAnotherModeThanExpectedHasMoved() throws IOException {
    try (var endpoint = open()) {
      folder().write("a", "one");
      permit("a", "rwx------");
      assertMoved(endpoint, "a", modify("one", "two"));
    }
  }

  @Test
  void foldersThatBecameEmptyGoAndOthersStay() throws IOException {
    try (var endpoint = open()) {
      folder().write(".synclineignore", "*.log\n");
      folder().write("a/b/c", "one");
      folder().write("d/e", "two");
      folder().write("d/build.log", "ignored");
      Files.createDirectories(folder().at("own/empty"));
      look(endpoint, MapSnapshot.EMPTY);
      var changes = Map.of("a/b/c", removal("one"), "d/e", removal("two"));
      assertEquals(allDone(changes), deliver(endpoint, changes).results());
      assertFalse(folder().has("a"));
      assertTrue(folder().has("d/build.log"));
      assertTrue(folder().has("own/empty"), "what we did not empty is not ours to remove");
      assertTrue(folder().has(""));
    }
  }

  @Test
  void anEmptyFolderIsNotInTheWayOfAFile() throws IOException {
    try (var endpoint = open()) {
      Files.createDirectories(folder().at("a/b/c"));
      var changes = Map.of("a", add("a file"));
      assertEquals(allDone(changes), deliver(endpoint, changes).results());
      assertEquals(Optional.of("a file"), folder().read("a"));
    }
  }

  @Test
  void whatIsInTheWayIsNotRemoved() throws Exception {
    try (var endpoint = open()) {
      folder().write("folder/theirs", "unseen");
      folder().write("file", "unseen");
      ObserveTest.run("mkfifo", folder().at("pipe").toString());
      assertMoved(endpoint, "folder", add("ours"));
      assertMoved(endpoint, "file/below", add("ours"));
      assertRefused(endpoint, "pipe", add("ours"), "neither");
      assertRefused(endpoint, "pipe/below", add("ours"), "in the way");
      assertEquals(Optional.of("unseen"), folder().read("folder/theirs"));
      assertEquals(Optional.of("unseen"), folder().read("file"));
    }
  }

  @Test
  void ourOwnDirectoryIsNobodyElses() {
    try (var endpoint = open()) {
      assertRefused(endpoint, ".syncline-folder/link", modify("notes\n", "evil"), "own");
      assertRefused(endpoint, ".SYNCLINE-FOLDER/link", add("evil"), "own");
      look(endpoint, MapSnapshot.EMPTY);
    }
  }

  @Test
  void whatIsTooLongIsRefusedWithAReason() {
    try (var endpoint = open()) {
      assertRefused(endpoint, "x".repeat(256), add("a"), "255");
      assertRefused(endpoint, "é".repeat(128), add("a"), "255");
      assertRefused(endpoint, "d/".repeat(2_100) + "x", add("a"), "4,095");
      var fits = Map.of("x".repeat(255), add("a"), "é".repeat(127), add("b"));
      assertEquals(allDone(fits), deliver(endpoint, fits).results());
    }
  }

  @Test
  void aCommitOfAnotherRepositoryIsNothingToDo() {
    try (var endpoint = open()) {
      var commit = new FileVersion(file("commit").content(), FileMode.GITLINK);
      var added = Map.<String, FileChange>of("sub", new FileChange.Added(commit));
      assertEquals(allDone(added), deliver(endpoint, added).results());
      assertFalse(folder().has("sub"));
      var removed = Map.<String, FileChange>of("sub", new FileChange.Removed(commit));
      assertEquals(allDone(removed), deliver(endpoint, removed).results());
      var file = Map.<String, FileChange>of("sub", new FileChange.Modified(commit, file("text")));
      assertEquals(allDone(file), deliver(endpoint, file).results());
      assertEquals(Optional.of("text"), folder().read("sub"));
      var back = Map.<String, FileChange>of("sub", new FileChange.Modified(file("text"), commit));
      assertEquals(allDone(back), deliver(endpoint, back).results());
      assertFalse(folder().has("sub"));
    }
  }

  @Test
  void deliveringTakesNoReadingAfterwards() {
    try (var endpoint = open()) {
      var changes = Map.of("a", add("one"), "b/c", add("two"));
      deliver(endpoint, changes);
      long before = contents.puts();
      assertEquals(Map.of(), texts(look(endpoint, MapSnapshot.EMPTY.with(changes(changes)))));
      assertEquals(before, contents.puts());
    }
  }

  @Test
  void noFileOfOursIsLeftBehind() throws IOException {
    try (var endpoint = open()) {
      folder().write("a", "one");
      deliver(
          endpoint,
          Map.of("a", modify("one", "two"), "b", add("three"), "c", modify("never", "there")));
      deliver(endpoint, Map.of("a", removal("two")));
      assertEquals(Set.of(), names(folder().at(".syncline-folder/work")));
      assertFalse(folder().has(".syncline-folder/intents"));
    }
  }

  @Test
  void missingContentsStopNothingHalfWay() throws IOException {
    try (var endpoint = open()) {
      folder().write("a", "one");
      var unknown =
          FileVersion.regular(dev.syncline.core.model.ContentId.ofContents(new byte[] {1, 2, 3}));
      assertThrows(
          SyncException.Corrupt.class,
          () -> deliver(endpoint, Map.of("a", new FileChange.Modified(file("one"), unknown))));
      assertEquals(Optional.of("one"), folder().read("a"));
      assertEquals(Set.of(), names(folder().at(".syncline-folder/work")));
    }
  }

  @Test
  void anInterruptedDeliveryLeavesEachPathWhole() {
    try (var endpoint = open()) {
      folder().write("a", "one");
      Thread.currentThread().interrupt();
      assertThrows(
          SyncException.Unavailable.class,
          () -> deliver(endpoint, Map.of("a", modify("one", "two"))));
      assertTrue(Thread.interrupted());
      assertEquals(Optional.of("one"), folder().read("a"));
      var changes = Map.of("a", modify("one", "two"));
      assertEquals(allDone(changes), deliver(endpoint, changes).results());
    }
  }

  private void assertMoved(FolderEndpoint endpoint, String path, FileChange change) {
    var result = deliver(endpoint, Map.of(path, change)).results().get(new FilePath(path));
    assertInstanceOf(Result.Moved.class, result, path);
  }

  private void assertRefused(
      FolderEndpoint endpoint, String path, FileChange change, String reason) {
    var result = deliver(endpoint, Map.of(path, change)).results().get(new FilePath(path));
    String given = assertInstanceOf(Result.Refused.class, result, path).reason();
    assertTrue(given.contains(reason), given);
  }

  private void permit(String path, String permissions) throws IOException {
    Files.setPosixFilePermissions(folder().at(path), PosixFilePermissions.fromString(permissions));
  }

  private String permissions(String path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(folder().at(path)));
  }

  static Set<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(RawName::of).collect(Collectors.toSet());
    }
  }
}
