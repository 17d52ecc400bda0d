package dev.syncline.server.endpoint.folder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.syncline.core.model.FileChange;
import dev.syncline.core.model.FileMode;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.FileVersion;
import dev.syncline.core.model.LinkName;
import dev.syncline.core.model.SyncException;
import dev.syncline.core.port.Observed;
import dev.syncline.testkit.MapSnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What a look at a folder shows, beyond the contract of every endpoint. */
final class ObserveTest extends FolderStage {

  @Test
  void aSymbolicLinkIsAFileAndIsNeverFollowed() throws IOException {
    Path outside = Files.createDirectory(directory.resolve("outside"));
    Files.writeString(outside.resolve("secret"), "secret");
    try (var endpoint = open()) {
      folder().link("to-folder", "../outside");
      folder().link("to-file", "../outside/secret");
      folder().link("to-itself", "to-itself");
      folder().link("nowhere", "./a//b/../c");
      Observed observed = look(endpoint, MapSnapshot.EMPTY);
      assertEquals(
          Map.of(
              "to-folder", "+../outside",
              "to-file", "+../outside/secret",
              "to-itself", "+to-itself",
              "nowhere",
                  "+./a//b/../c"
                      .replace("//", "/")), // what Path.of made of it when the link was made
          texts(observed));
      observed
          .changes()
          .byPath()
          .values()
          .forEach(change -> assertEquals(FileMode.SYMLINK, change.after().get().mode()));
      assertEquals(
          Map.of(),
          texts(lookAt(endpoint, after(MapSnapshot.EMPTY, observed), "to-folder/secret")));
    }
  }

  @Test
  void aFileThatMayBeRunSaysSo() throws IOException {
    try (var endpoint = open()) {
      folder().write("tool", "run me");
      Files.setPosixFilePermissions(
          folder().at("tool"), PosixFilePermissions.fromString("rwxr--r--"));
      MapSnapshot base = after(MapSnapshot.EMPTY, look(endpoint, MapSnapshot.EMPTY));
      assertEquals(FileMode.EXECUTABLE, base.at(new FilePath("tool")).orElseThrow().mode());
      Files.setPosixFilePermissions(
          folder().at("tool"), PosixFilePermissions.fromString("rw-r--r--"));
      assertEquals(
          new FileChange.Modified(
              new FileVersion(contents.put("run me"), FileMode.EXECUTABLE), file("run me")),
          look(endpoint, base).changes().at(new FilePath("tool")).orElseThrow());
    }
  }

  @Test
  void whatIsNoFileIsUnseenAndNeverRead() throws Exception {
    try (var endpoint = open()) {
      run("mkfifo", folder().at("pipe").toString());
      folder().write("a", "one");
      MapSnapshot base = base(Map.of("pipe", "was a file"));
      Observed observed = look(endpoint, base);
      assertEquals(Map.of("a", "+one"), texts(observed));
      assertEquals(Set.of(new FilePath("pipe")), observed.unseen().keySet());
      assertEquals(Set.of(new FilePath("pipe")), lookAt(endpoint, base, "pipe").unseen().keySet());
      assertEquals(Map.of(), texts(lookAt(endpoint, base, "pipe")));
    }
  }

  @Test
  void aFileThatChangesWhileItIsReadIsReadAgain() {
    var left = new AtomicInteger(2);
    try (var endpoint =
        open(
            Seams.none()
                .withReading(file -> {
                  if (left.getAndDecrement() > 0) {
                    folder().write("busy", "version " + left);
                  }
                }))) {
      folder().write("busy", "the first");
      Observed observed = look(endpoint, MapSnapshot.EMPTY);
      assertEquals(Map.of("busy", "+version 0"), texts(observed));
      assertFalse(contents.has(file("x").content()) && observed.unseen().size() > 0);
    }
  }

  @Test
  void aFileThatNeverHoldsStillIsUnseen() {
    var size = new AtomicInteger();
    try (var endpoint =
        open(
            Seams.none()
                .withReading(file -> folder().write("busy", "x".repeat(size.incrementAndGet()))))) {
      folder().write("busy", "");
      Observed observed = look(endpoint, base(Map.of("busy", "before")));
      assertEquals(Map.of(), texts(observed));
      assertTrue(observed.unseen(new FilePath("busy")).orElse("").contains("changes while"));
    }
  }

  @Test
  void aLargeFileThatChangesWhileItIsReadIsReadAgain() {
    var left = new AtomicInteger(1);
    try (var endpoint =
        open(
            Seams.none()
                .withReading(file -> {
                  if (left.getAndDecrement() > 0) {
                    folder().write("large", "y".repeat(3_000_000));
                  }
                }))) {
      folder().write("large", "x".repeat(2_000_000));
      assertEquals(
          Map.of("large", "+" + "y".repeat(3_000_000)), texts(look(endpoint, MapSnapshot.EMPTY)));
    }
  }

  @Test
  void whatMayNotBeReadIsUnseenAndStaysOnBothSides() throws Exception {
    assumeFalse(isRoot(), "root may read everything; a user's tests show this");
    try (var endpoint = open()) {
      folder().write("file", "secret");
      folder().write("folder/inside", "secret");
      Files.setPosixFilePermissions(folder().at("file"), Set.of());
      Files.setPosixFilePermissions(folder().at("folder"), Set.of());
      try {
        Observed observed =
            look(endpoint, base(Map.of("file", "old", "folder/inside", "old", "folder/b", "c")));
        assertEquals(Map.of(), texts(observed));
        assertEquals(
            Set.of(new FilePath("file"), new FilePath("folder")), observed.unseen().keySet());
      } finally {
        Files.setPosixFilePermissions(
            folder().at("folder"), PosixFilePermissions.fromString("rwx------"));
      }
    }
  }

  @Test
  void repositoriesAndOurOwnDirectoryAreNotSynced() {
    try (var endpoint = open()) {
      folder().write(".git/config", "[core]");
      folder().write("nested/.git/HEAD", "ref: refs/heads/main");
      folder().write("nested/file", "is synced");
      folder().write("worktree/.git", "gitdir: elsewhere");
      folder().write("odd/.GIT/HEAD", "ref");
      folder().write("odd/git~1/HEAD", "ref");
      folder().write("odd/.git ", "ref");
      folder().write(PrivateFolder.NAME + "/mine", "ours");
      folder().write("deep/" + PrivateFolder.NAME + "/theirs", "a file like any other");
      var expected =
          Map.of(
              "nested/file", "+is synced",
              "deep/.syncline-folder/theirs", "+a file like any other");
      Observed observed = look(endpoint, MapSnapshot.EMPTY);
      assertEquals(expected, texts(observed));
      assertEquals(Map.of(), observed.unseen());
      assertEquals(
          expected,
          texts(lookAt(endpoint, MapSnapshot.EMPTY, ".syncline-folder", "nested", "deep", "odd")));
      assertEquals(Map.of(), texts(lookAt(endpoint, MapSnapshot.EMPTY, ".syncline-folder/mine")));
    }
  }

  @Test
  void aCommitOfAnotherRepositoryStaysAsItIs() {
    try (var endpoint = open()) {
      var files = new TreeMap<FilePath, FileVersion>();
      files.put(new FilePath("sub"), new FileVersion(file("commit").content(), FileMode.GITLINK));
      files.put(new FilePath("a"), file("one"));
      var base = new MapSnapshot(files);
      folder().write("a", "one");
      assertEquals(Map.of(), texts(look(endpoint, base)), "nothing is there");
      folder().write("sub/file", "a clone");
      assertEquals(Map.of(), texts(look(endpoint, base)), "a clone is there");
      assertEquals(Map.of(), texts(lookAt(endpoint, base, "sub", "sub/file")));
      assertEquals(
          Map.of("sub/file", "+a clone"),
          texts(look(endpoint, base(Map.of("a", "one")))),
          "it is an ordinary folder again");
    }
  }

  @Test
  void aFolderWithoutItsMarkIsTakenForAnUnmountedDisk() throws IOException {
    try (var endpoint = open()) {
      folder().write("a", "one");
      MapSnapshot base = after(MapSnapshot.EMPTY, look(endpoint, MapSnapshot.EMPTY));
      Files.move(folder().root(), directory.resolve("unmounted"));
      Files.createDirectory(folder().root());
      var e = assertThrows(SyncException.Unavailable.class, () -> look(endpoint, base));
      assertTrue(e.toString().contains("may not be mounted"), e.getMessage());
      assertTrue(e.toString().contains("adopt it anew"), e.getMessage());
      endpoint.adopt();
      assertEquals(Map.of("a", "-one"), texts(look(endpoint, base)), "whoever adopts it means it");
    }
  }

  @Test
  void aDiskThatComesBackIsLookedAtAgain() throws IOException {
    try (var endpoint = open()) {
      folder().write("a", "one");
      MapSnapshot base = after(MapSnapshot.EMPTY, look(endpoint, MapSnapshot.EMPTY));
      Files.move(folder().root(), directory.resolve("unmounted"));
      assertThrows(SyncException.Unavailable.class, () -> look(endpoint, base));
      Files.move(directory.resolve("unmounted"), folder().root());
      folder().write("b", "two");
      assertEquals(Map.of("b", "+two"), texts(look(endpoint, base)));
    }
  }

  @Test
  void aDiskThatGoesWhileWeLookIsNotEmpty() {
    try (var endpoint =
        open(
            Seams.none()
                .withReading(file ->
                    LocalFolder.attempt(
                        () -> Files.move(folder().root(), directory.resolve("unmounted")))))) {
      folder().write("a", "one");
      assertThrows(
          SyncException.Unavailable.class,
          () -> look(endpoint, base(Map.of("b", "would be removed"))));
    }
  }

  @Test
  void anotherLinksFolderIsNotTouched() {
    open().close();
    var other =
        new FolderEndpoint(
            FolderSettings.of(folder().root(), new LinkName("other"), AUTHOR), clock, Seams.none());
    assertThrows(SyncException.Invalid.class, other::adopt);
    assertThrows(SyncException.Unavailable.class, () -> look(other, MapSnapshot.EMPTY));
  }

  @Test
  void aMassOfFilesComesInParts() {
    try (var endpoint = open(settings(folder().root()).withMost(100, 1 << 20), Seams.none())) {
      var expected = new TreeMap<String, String>();
      for (int i = 0; i < 350; i++) {
        folder().write("f" + i % 9 + "/" + i, "text " + i);
        expected.put("f" + i % 9 + "/" + i, "text " + i);
      }
      folder().write("gone/x", "now a folder");
      folder().write("y", "now a file");
      expected.put("gone/x", "now a folder");
      expected.put("y", "now a file");
      MapSnapshot base = base(Map.of("gone", "bye", "y/z", "bye"));
      Observed observed = look(endpoint, base);
      int looks = 1;
      while (observed.rest() == Observed.Rest.MORE) {
        assertTrue(observed.changes().byPath().size() <= 100, "as much as was asked for");
        for (FileChange change : observed.changes().byPath().values()) {
          assertTrue(change.after().isPresent(), "removals come last");
        }
        base = after(base, observed);
        observed = look(endpoint, base);
        looks++;
      }
      assertEquals(4, looks);
      assertEquals(base(expected), after(base, observed));
    }
  }

  @Test
  void aMassOfBytesComesInParts() {
    try (var endpoint = open(settings(folder().root()).withMost(1_000, 2_500), Seams.none())) {
      for (int i = 0; i < 5; i++) {
        folder().write("f" + i, i + "x".repeat(999));
      }
      folder().write("huge", "x".repeat(100_000));
      MapSnapshot base = MapSnapshot.EMPTY;
      var seen = new HashSet<FilePath>();
      Observed observed = look(endpoint, base);
      for (int i = 0; observed.rest() == Observed.Rest.MORE; i++) {
        assertTrue(i < 6, "each look gets on");
        seen.addAll(observed.changes().byPath().keySet());
        base = after(base, observed);
        observed = look(endpoint, base);
      }
      seen.addAll(observed.changes().byPath().keySet());
      assertEquals(6, seen.size());
    }
  }

  @Test
  void aChangeIsNamedAfterWhatChanged() throws IOException {
    try (var endpoint = open()) {
      folder().write("notes/a.md", "one");
      Instant then = Instant.parse("2026-11-20T10:11:12.131415Z");
      Files.setLastModifiedTime(folder().at("notes/a.md"), FileTime.from(then));
      var edit = look(endpoint, MapSnapshot.EMPTY).edits().getFirst();
      assertEquals("Add notes/a.md", edit.message());
      assertEquals(AUTHOR, edit.author());
      assertEquals(then, edit.at());
      var later = FileTime.from(clock.instant().plusSeconds(3_600));
      Files.setLastModifiedTime(folder().at("notes/a.md"), later);
      assertEquals(
          clock.instant(),
          look(endpoint, MapSnapshot.EMPTY).edits().getFirst().at(),
          "what is yet to come did not happen");
    }
  }

  static void run(String... command) throws IOException, InterruptedException {
    assertEquals(0, new ProcessBuilder(command).inheritIO().start().waitFor());
  }

  static boolean isRoot() throws IOException {
    return Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
  }
}
