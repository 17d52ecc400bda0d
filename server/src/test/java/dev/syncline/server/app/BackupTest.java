package dev.syncline.server.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.syncline.server.ledger.NativeGit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A backup brings workspaces back, with all that their links agreed on. */
final class BackupTest {

  private static final String LEDGER = "data/workspaces/all/ledger.git";

  @TempDir Path folder;
  private Path notes;
  private Path old;
  private Path fresh;

  @BeforeEach
  void make() throws IOException {
    NativeGit.need("git");
    notes = Files.createDirectory(folder.resolve("notes"));
    old = Files.createDirectory(folder.resolve("old"));
    fresh = Files.createDirectory(folder.resolve("fresh"));
  }

  @Test
  void aRestoredWorkspaceGoesOnWhereItWas() throws IOException {
    String file = folder.resolve("all.zip").toString();
    try (var desk = new Desk(old)) {
      Files.writeString(notes.resolve("a.txt"), "one");
      desk.mustDo("init", "--name=all", "--folder=" + notes, "--git=-");
      Files.writeString(notes.resolve("a.txt"), "two");
      Files.writeString(notes.resolve("b.txt"), "new");
      desk.mustDo("sync");
      assertTrue(desk.mustDo("backup", file).contains("1 workspace"));
    }
    try (var desk = new Desk(fresh)) {
      assertTrue(desk.mustDo("restore", file).contains("1 workspace"));
      assertEquals(refs(old), refs(fresh));
      desk.mustDo("restore", file);
      desk.mustDo("sync");
      assertEquals(refs(old), refs(fresh), "the folder is as it was: there is nothing to bring");
      Files.writeString(notes.resolve("a.txt"), "three");
      Files.delete(notes.resolve("b.txt"));
      desk.mustDo("sync");
      assertEquals("3", NativeGit.git(fresh.resolve(LEDGER), "rev-list", "--count", "main"));
      assertFalse(Files.exists(notes.resolve("b.txt")));
    }
    NativeGit.mustBeSound(fresh.resolve(LEDGER));
  }

  @Test
  void aRepositoryWithACheckoutComesBackWithIt() throws IOException {
    String file = folder.resolve("all.zip").toString();
    Path text = Files.writeString(folder.resolve("all.yaml"), "repository: repos/all\n");
    Path before = old.resolve("data/repos/all");
    Path after = fresh.resolve("data/repos/all");
    try (var desk = new Desk(old)) {
      Files.createDirectories(before);
      NativeGit.git(before, "init", "-q", "-b", "trunk");
      Files.writeString(before.resolve("a.txt"), "one");
      Files.writeString(before.resolve("b.txt"), "one");
      NativeGit.git(before, "add", "-A");
      NativeGit.git(before, "commit", "-qm", "first");
      desk.mustDo("workspace", "add", "all", text.toString());
      Files.writeString(before.resolve("a.txt"), "two");
      desk.mustDo("sync");
      desk.mustDo("backup", file);
    }
    try (var desk = new Desk(fresh)) {
      desk.mustDo("restore", file);
      desk.mustDo("sync");
      assertEquals("two", Files.readString(after.resolve("a.txt")));
      assertEquals("one", Files.readString(after.resolve("b.txt")));
      assertEquals(
          NativeGit.git(before, "rev-parse", "trunk"), NativeGit.git(after, "rev-parse", "HEAD"));
    }
    NativeGit.mustBeSound(after);
  }

  @Test
  void gitReadsTheHistoryInABackup() throws IOException {
    Path file = folder.resolve("all.zip");
    try (var desk = new Desk(old)) {
      Files.writeString(notes.resolve("a.txt"), "one");
      desk.mustDo("init", "--name=all", "--folder=" + notes, "--git=-");
      desk.mustDo("backup", file.toString());
    }
    try (var zip = new ZipFile(file.toFile())) {
      Files.copy(
          zip.getInputStream(zip.getEntry("workspaces/all/ledger.bundle")),
          folder.resolve("all.bundle"));
    }
    NativeGit.git(folder, "clone", "-q", "--branch=main", "all.bundle", "clone");
    assertEquals("one", Files.readString(folder.resolve("clone/a.txt")));
  }

  @Test
  void aWorkspaceWithoutAHistoryComesBackToo() throws IOException {
    String file = folder.resolve("all.zip").toString();
    Path text =
        Files.writeString(folder.resolve("w.yaml"), "links: {desk: {folder: " + notes + "}}\n");
    try (var desk = new Desk(old)) {
      desk.mustDo("workspace", "add", "all", text.toString());
      desk.mustDo("backup", file);
    }
    try (var desk = new Desk(fresh)) {
      desk.mustDo("restore", file);
      assertEquals("all\n", desk.mustDo("workspace", "list"));
    }
  }

  private static String refs(Path data) {
    return NativeGit.git(data.resolve(LEDGER), "for-each-ref");
  }
}
