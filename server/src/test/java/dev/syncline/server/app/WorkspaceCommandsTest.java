package dev.syncline.server.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.WorkspaceName;
import dev.syncline.server.cli.ExitCode;
import dev.syncline.server.remote.RemoteServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What people do with workspaces on the command line, on real folders and real repositories. */
final class WorkspaceCommandsTest {

  /** 100,000 in the long form. */
  private static final int MANY = Boolean.getBoolean("syncline.full") ? 100_000 : 2_000;

  @TempDir Path folder;
  private Desk desk;
  private Path notes;

  @BeforeEach
  void start() throws IOException {
    desk = new Desk(folder);
    notes = Files.createDirectory(folder.resolve("My Notes"));
    Files.writeString(notes.resolve("plan.md"), "one\ntwo\nthree\n");
  }

  @AfterEach
  void stop() {
    desk.close();
  }

  @Test
  void initAsksThreeQuestions() throws Exception {
    Path origin = bare();
    Desk.Ended ended = desk.answering(notes + "\n" + origin + "\n\n", "init");
    assertEquals(ExitCode.OK, ended.code(), ended.err());
    assertEquals(
        List.of("Which folder?", "Which Git repository", "What shall the workspace be called?"),
        Pattern.compile("Which folder\\?|Which Git repository|What shall[^?]*\\?")
            .matcher(ended.err())
            .results()
            .map(MatchResult::group)
            .toList());
    assertEquals("my-notes\n", desk.mustDo("workspace", "list"));
    try (Git git = Git.open(origin.toFile())) {
      assertEquals("Add plan.md", git.log().all().call().iterator().next().getShortMessage());
    }
  }

  @Test
  void synclinesOwnDataIsNeverSyncedThoughItIsInTheFolder() throws Exception {
    desk.mustDo("init", "--name=all", "--folder=" + folder, "--git=-");
    desk.serve();
    desk.mustDo("sync");
    assertTrue(Files.isRegularFile(folder.resolve("data/admin-token")));
    try (var server = new RemoteServer(desk.address(), desk.adminToken(), Optional.empty())) {
      for (String own : List.of("data/admin-token", "data/state.db", "data/storage-id")) {
        assertEquals(
            Optional.empty(), server.files().read(new WorkspaceName("all"), new FilePath(own)));
      }
    }
    desk.mustDo("doctor", "--round-trip");
    assertEquals(
        ExitCode.BAD_DATA,
        desk.run("init", "--name=own", "--folder=" + folder.resolve("data/ssh"), "--git=-").code());
  }

  @Test
  void withoutATerminalInitSaysWhichFlagIsMissing() {
    Desk.Ended ended = desk.run("init", "--folder=" + notes);
    assertEquals(ExitCode.USAGE, ended.code());
    assertTrue(ended.err().contains("say --git"), ended.err());
    desk.mustDo("init", "--folder=" + notes, "--git=-");
    assertEquals("my-notes\n", desk.mustDo("workspace", "list"));
  }

  @Test
  void sshNeedsAKeyAndTakesTheOneThatWasMade() {
    String[] init = {"init", "--folder=" + notes, "--git=git@localhost:notes.git"};
    Desk.Ended ended = desk.run(init);
    assertEquals(ExitCode.USAGE, ended.code());
    assertTrue(ended.err().contains("syncline ssh keygen"), ended.err());
    assertTrue(desk.mustDo("ssh", "keygen").startsWith("ssh-ed25519 "));
    assertEquals(ExitCode.UNAVAILABLE, desk.run("ssh", "trust", "localhost:1").code());
    desk.run(init);
    assertTrue(desk.mustDo("workspace", "show", "my-notes").contains("/ssh/id_ed25519"));
  }

  @Test
  void filesComeBackFromTheHistory() throws Exception {
    init();
    Files.writeString(notes.resolve("plan.md"), "worse\n");
    desk.mustDo("sync");
    List<String> versions = desk.mustDo("history", "plan.md").lines().toList();
    assertEquals(2, versions.size());
    desk.mustDo("restore", "plan.md@" + versions.getLast().split(" ", 2)[0]);
    assertEquals("one\ntwo\nthree\n", Files.readString(notes.resolve("plan.md")));
    assertTrue(desk.mustDo("log", "--json").startsWith("{\"run\":"));
  }

  @Test
  void theStatusForProgramsHasAllThatIsPromised() throws Exception {
    init();
    desk.serve();
    Files.writeString(notes.resolve("new.md"), "1");
    JsonNode status = JsonMapper.shared().readTree(desk.mustDo("sync", "--json"));
    JsonNode link = status.path("links").path(0);
    assertFalse(status.path("version").isMissingNode());
    for (String key :
        List.of("place", "condition", "reason", "equalSince", "lastIn", "conflicts")) {
      assertFalse(link.path(key).isMissingNode(), key);
    }
    for (String key : List.of("status", "failures")) {
      assertFalse(link.path("health").path(key).isMissingNode(), key);
    }
    for (String key :
        List.of(
            "syncs",
            "successes",
            "failures",
            "averageMillis",
            "pendingChanges",
            "conflictsResolved")) {
      assertFalse(link.path("totals").path(key).isMissingNode(), key);
    }
    assertEquals(0, link.path("totals").path("pendingChanges").asInt());
  }

  @Test
  void aConflictIsShownWithBothChangesAndTakesAnAnswer() throws Exception {
    conflict();
    String id = desk.mustDo("conflicts", "list").split(" ", 2)[0];
    String shown = desk.mustDo("conflicts", "show", id);
    for (String part :
        List.of("-two\n+ours\n", "-two\n+theirs\n", "by Bea", "waits since ", "--contents FILE")) {
      assertTrue(shown.contains(part), shown);
    }
    Files.writeString(folder.resolve("merged.md"), "one\nboth\nthree\n");
    desk.mustDo("conflicts", "resolve", id, "--contents=merged.md", "--author=Ada");
    assertEquals("one\nboth\nthree\n", Files.readString(notes.resolve("plan.md")));
    assertTrue(desk.mustDo("history", "plan.md").contains("Ada"));
    assertEquals("", desk.mustDo("conflicts", "list"));
  }

  @Test
  void theAnswerMayComeFromStdin() throws Exception {
    conflict();
    String id = desk.mustDo("conflicts", "list").split(" ", 2)[0];
    assertEquals(
        ExitCode.USAGE,
        desk.run("conflicts", "resolve", id, "--contents=-", "--choose=ours").code());
    assertEquals(
        ExitCode.OK, desk.answering("typed\n", "conflicts", "resolve", id, "--contents=-").code());
    assertEquals("typed\n", Files.readString(notes.resolve("plan.md")));
  }

  @Test
  void manyFilesDeletedByMistakeAreHeldUntilSomebodyApproves() throws Exception {
    Path many = Files.createDirectory(notes.resolve("many"));
    for (int i = 0; i < MANY; i++) {
      Files.writeString(many.resolve(i + ".txt"), "file " + i + "\n");
    }
    Path origin = init();
    for (int i = 0; i < MANY; i++) {
      Files.delete(many.resolve(i + ".txt"));
    }
    Desk.Ended held = desk.run("sync");
    assertEquals(ExitCode.UNAVAILABLE, held.code());
    assertTrue(held.out().contains("held"), held.out());
    assertEquals(MANY + 1, filesIn(origin), "the repository has lost nothing");
    List<String> log = desk.mustDo("log").lines().toList();
    assertEquals(
        1,
        log.stream().filter(line -> line.contains("held:")).count(),
        "a held run isn't tried again and again");
    desk.mustDo("approve", log.getFirst().split(" ", 2)[0]);
    assertEquals(1, filesIn(origin), "one answer does for all links");
  }

  @Test
  void aPausedLinkStaysAsItIs() throws Exception {
    desk.serve();
    init();
    assertTrue(desk.mustDo("workspace", "pause", "--link=folder").contains("paused"));
    Files.writeString(notes.resolve("plan.md"), "changed\n");
    desk.mustDo("sync", "--link=git");
    assertEquals(1, desk.mustDo("history", "plan.md").lines().count());
    desk.mustDo("workspace", "resume");
    desk.mustDo("sync");
    assertEquals(2, desk.mustDo("history", "plan.md").lines().count());
  }

  /** A workspace of the folder and a bare repository. */
  private Path init() throws Exception {
    Path origin = bare();
    desk.mustDo("init", "--name=notes", "--folder=" + notes, "--git=" + origin);
    return origin;
  }

  private Path bare() throws Exception {
    Path origin = folder.resolve("origin.git");
    Git.init().setBare(true).setInitialBranch("main").setDirectory(origin.toFile()).call().close();
    return origin;
  }

  /** Bea pushes one change, and the folder holds another of the same line. */
  private void conflict() throws Exception {
    Path origin = init();
    Path clone = folder.resolve("clone");
    try (Git git =
        Git.cloneRepository()
            .setURI(origin.toUri().toString())
            .setDirectory(clone.toFile())
            .call()) {
      Files.writeString(clone.resolve("plan.md"), "one\nours\nthree\n");
      git.commit()
          .setAll(true)
          .setMessage("ours")
          .setAuthor("Bea", "bea@example.org")
          .setCommitter("Bea", "bea@example.org")
          .setSign(false)
          .call();
      git.push().call();
    }
    Files.writeString(notes.resolve("plan.md"), "one\ntheirs\nthree\n");
    desk.mustDo("sync", "--link=git");
    desk.mustDo("sync");
  }

  private static int filesIn(Path origin) throws Exception {
    try (Git git = Git.open(origin.toFile());
        var revisions = new RevWalk(git.getRepository());
        var files = new TreeWalk(git.getRepository())) {
      files.addTree(
          revisions.parseCommit(git.getRepository().resolve("refs/heads/main")).getTree());
      files.setRecursive(true);
      int count = 0;
      while (files.next()) {
        count++;
      }
      return count;
    }
  }
}
