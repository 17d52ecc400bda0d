package dev.syncline.server.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.syncline.server.cli.ExitCode;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code syncline doctor} on real folders and a real bare repository. */
final class DoctorTest {

  @TempDir Path folder;
  private Desk desk;
  private Path notes;

  @BeforeEach
  void start() throws Exception {
    desk = new Desk(folder);
    notes = Files.createDirectory(folder.resolve("notes"));
    Files.writeString(notes.resolve("plan.md"), "write\n");
    try (var _ = Git.init().setBare(true).setInitialBranch("main").setDirectory(origin()).call()) {
      desk.mustDo("init", "--name=notes", "--folder=" + notes, "--git=" + origin());
    }
  }

  @AfterEach
  void stop() {
    desk.close();
  }

  @Test
  void whatWorksIsSaidToBeOk() {
    String said = desk.mustDo("doctor");
    assertTrue(said.contains("ok       notes: link folder: mark: "), said);
    assertTrue(said.contains("ok       notes: link folder: permission: "), said);
    assertTrue(said.contains("notes: link folder: disk: "), said);
    assertTrue(said.contains("ok       notes: link git: repository: branch main of "), said);
    assertFalse(said.contains("wrong "), said);
  }

  @Test
  void whatDoesNotWorkComesWithItsRemedy() throws IOException {
    Files.delete(notes.resolve(".syncline-folder/link"));
    Files.move(origin().toPath(), folder.resolve("elsewhere.git"));
    Desk.Ended ended = desk.run("doctor");
    assertEquals(ExitCode.UNAVAILABLE, ended.code());
    assertTrue(ended.out().contains("wrong    notes: link folder: mark: "), ended.out());
    assertTrue(
        ended.out().contains("         → Mount the disk, or put the folder back."), ended.out());
    assertTrue(ended.out().contains("wrong    notes: link git: repository: "), ended.out());
    Desk.Ended json = desk.run("doctor", "--json");
    assertTrue(
        json.out()
            .contains("{\"workspace\":\"notes\",\"verdict\":\"wrong\",\"subject\":\"link git"),
        json.out());
  }

  @Test
  void aRunningServerExaminesThroughItsApi() {
    desk.serve();
    String said = desk.mustDo("doctor");
    assertTrue(said.contains("ok       notes: link git: repository: "), said);
    assertTrue(said.contains("ok       notes: link folder: condition: "), said);
  }

  @Test
  void gitsOwnLineEndsAreWarnedOf() throws Exception {
    try (Git git = Git.init().setDirectory(notes.toFile()).call()) {
      git.getRepository().getConfig().setString("core", null, "autocrlf", "true");
      git.getRepository().getConfig().save();
    }
    String said = desk.mustDo("doctor");
    assertTrue(
        said.contains("warning  notes: link folder: git settings: Git turns line ends"), said);
  }

  @Test
  void theRoundTripNeedsAServer() {
    Desk.Ended ended = desk.run("doctor", "--round-trip");
    assertEquals(ExitCode.UNAVAILABLE, ended.code());
    assertTrue(ended.err().contains("start it with syncline serve"), ended.err());
  }

  @Test
  void theRoundTripGoesEverywhereAndLeavesNothing() throws Exception {
    desk.serve();
    String said = desk.mustDo("doctor", "--round-trip");
    for (String leg :
        List.of("folder → history", "→ web", "→ git", "web → history", "removed from git")) {
      assertTrue(said.contains(" ms  " + leg), said);
    }
    try (Stream<Path> left = Files.list(notes)) {
      assertEquals(
          List.of(".syncline-folder", "plan.md"),
          left.map(file -> file.getFileName().toString()).sorted().toList());
    }
    try (Git git = Git.open(origin())) {
      var tip = git.getRepository().resolve("refs/heads/main");
      try (var walk =
          TreeWalk.forPath(
              git.getRepository(),
              "plan.md",
              new RevWalk(git.getRepository()).parseCommit(tip).getTree())) {
        assertEquals("plan.md", walk.getPathString());
      }
    }
  }

  private File origin() {
    return folder.resolve("origin.git").toFile();
  }
}
