package dev.syncline.server.forge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.syncline.core.model.CommitId;
import dev.syncline.core.model.FileMode;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.SyncException;
import dev.syncline.core.port.RemoteBranch.Pushed;
import dev.syncline.core.port.VerifiedCommits;
import dev.syncline.core.port.VerifiedCommits.Contents;
import dev.syncline.server.config.Secret;
import dev.syncline.server.forge.testforge.Fault;
import dev.syncline.server.forge.testforge.TestApp;
import dev.syncline.server.forge.testforge.TestForge;
import dev.syncline.server.ledger.NativeGit;
import dev.syncline.testkit.SettableClock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commits that GitHub makes for an app are what Git would have made. */
final class GitHubCommitsTest {

  @TempDir Path folder;
  private final SettableClock clock = new SettableClock();
  private final TestApp app = new TestApp(clock);
  private final Forges forges = new Forges(clock, clock::move);
  private Optional<TestForge> running = Optional.empty();
  private Optional<VerifiedCommits> commits = Optional.empty();

  @BeforeEach
  void start() {
    running = Optional.of(TestForge.gitHub(folder, clock, app));
    gitHub().commit("main", "first", Map.of("a.json", "{}", "old/b.txt", "b", "run", "#!"));
    var repository =
        ForgeRepository.of(gitHub().url(), Optional.of(ForgeKind.GITHUB), Optional.empty());
    var tokens =
        new InstallationTokens(
            new GitHubApp(TestApp.ID, Optional.empty(), Secret.literal(app.pem())),
            repository,
            GitHubApp.Purpose.PULL_REQUESTS,
            clock);
    commits = forges.pullRequests(repository, new Login.App(tokens)).verifiedCommits();
  }

  @AfterEach
  void stop() {
    NativeGit.mustBeSound(gitHub().repository().path());
    forges.close();
    gitHub().close();
  }

  private TestForge gitHub() {
    return running.orElseThrow();
  }

  private VerifiedCommits commits() {
    return commits.orElseThrow();
  }

  private CommitId tip(String branch) {
    return new CommitId(gitHub().repository().tip(branch).orElseThrow());
  }

  private static Optional<Contents> text(String text) {
    return Optional.of(new Contents(FileMode.REGULAR, text.getBytes(StandardCharsets.UTF_8)));
  }

  private CommitId make(Map<FilePath, Optional<Contents>> files) {
    CommitId main = tip("main");
    return commits().make(main, files, List.of(main), "Drift of 3 records\n\nby us");
  }

  private String tree(CommitId commit) {
    return gitHub().repository().git("ls-tree", "-r", commit.hex());
  }

  private long trees() {
    return gitHub().requests().stream().filter(line -> line.endsWith("/git/trees")).count();
  }

  @Test
  void filesAreAddedChangedAndDeleted() {
    byte[] binary = {0, 1, (byte) 0xFF, (byte) 0xFE};
    Map<FilePath, Optional<Contents>> files = new HashMap<>();
    files.put(new FilePath("a.json"), text("{\"ü\": \"\\u00e9\"}\r\n"));
    files.put(new FilePath("old/b.txt"), Optional.empty());
    files.put(new FilePath("deep/er/c.bin"), Optional.of(new Contents(FileMode.REGULAR, binary)));
    files.put(
        new FilePath("run"), Optional.of(new Contents(FileMode.EXECUTABLE, new byte[] {'!'})));
    files.put(new FilePath("link"), Optional.of(new Contents(FileMode.SYMLINK, new byte[] {'a'})));
    files.put(new FilePath("bom.txt"), text("\uFEFFtext"));
    files.put(new FilePath("nul.txt"), text("a\0b"));
    CommitId made = make(files);
    var expected = new StringBuilder();
    for (String line :
        List.of(
            "100644 a.json",
            "100644 bom.txt",
            "100644 deep/er/c.bin",
            "120000 link",
            "100644 nul.txt",
            "100755 run")) {
      String path = line.substring(7);
      byte[] bytes = Objects.requireNonNull(files.get(new FilePath(path))).orElseThrow().bytes();
      String id = NativeGit.git(folder, bytes, "hash-object", "--stdin");
      expected
          .append(line, 0, 6)
          .append(" blob ")
          .append(id)
          .append('\t')
          .append(path)
          .append('\n');
    }
    assertEquals(expected.toString().strip(), tree(made));
    assertEquals(
        "Drift of 3 records\n\nby us",
        gitHub().repository().git("log", "-1", "--format=%B", made.hex()));
    assertEquals(
        tip("main").hex(), gitHub().repository().git("log", "-1", "--format=%P", made.hex()));
    assertEquals(1, trees());
  }

  @Test
  void aCommitNamesNobodySoThatGitHubSignsIt() {
    make(Map.of(new FilePath("a.json"), text("1")));
    assertEquals(
        List.of("installation", "access_tokens", "commits", "trees", "commits"),
        gitHub().requests().stream()
            .map(line -> line.replaceFirst("/[0-9a-f]{40}$", ""))
            .map(line -> line.substring(line.lastIndexOf('/') + 1))
            .toList());
    assertEquals(List.of(), gitHub().namedCommits());
  }

  @Test
  void manyFilesTravelInParts() {
    Map<FilePath, Optional<Contents>> files = new HashMap<>();
    IntStream.range(0, 250).forEach(i -> files.put(new FilePath("many/" + i), text("text " + i)));
    CommitId made = make(files);
    assertEquals(3, trees());
    assertEquals(253, tree(made).lines().count());
  }

  @Test
  void largeFilesTravelInParts() {
    Map<FilePath, Optional<Contents>> files = new HashMap<>();
    IntStream.range(0, 3)
        .forEach(i -> files.put(new FilePath("l" + i), text(i + "x".repeat(600_000))));
    files.put(new FilePath("larger"), text("y".repeat(1_200_000)));
    CommitId made = make(files);
    assertEquals(3, trees());
    assertEquals(7, tree(made).lines().count());
  }

  @Test
  void aTreeThatIsTooMuchForGitHubIsMadeInSmallerParts() {
    gitHub().trouble("/trees", Fault.answer(502, "Server Error"));
    gitHub()
        .trouble(
            "/trees",
            Fault.answer(
                422,
                "Sorry, your request timed out. It's likely that your input was too large to"
                    + " process."));
    Map<FilePath, Optional<Contents>> files = new HashMap<>();
    IntStream.range(0, 40).forEach(i -> files.put(new FilePath("many/" + i), text("text " + i)));
    CommitId made = make(files);
    assertTrue(gitHub().isCalm());
    assertEquals(6, trees());
    assertEquals(43, tree(made).lines().count());
  }

  @Test
  void aTreeThatIsAlwaysTooMuchIsLeftToTheCaller() {
    for (int i = 0; i < 8; i++) {
      gitHub().trouble("/trees", Fault.answer(502, "Server Error"));
    }
    var files = Map.of(new FilePath("a.json"), text("1"));
    assertThrows(SyncException.Unavailable.class, () -> make(files));
  }

  @Test
  void whatIsNotThereCanNotBeDeleted() {
    Map<FilePath, Optional<Contents>> files = Map.of(new FilePath("none"), Optional.empty());
    var e = assertThrows(SyncException.Invalid.class, () -> make(files));
    assertTrue(String.valueOf(e.getMessage()).contains("BadObjectState"), e::toString);
  }

  @Test
  void aBranchIsMadeAndMovedForward() {
    CommitId one = make(Map.of(new FilePath("a.json"), text("1")));
    assertEquals(new Pushed.Done(), commits().move("sync/drift", Optional.empty(), one));
    CommitId two =
        commits().make(one, Map.of(new FilePath("a.json"), text("2")), List.of(one), "two");
    assertEquals(new Pushed.Done(), commits().move("sync/drift", Optional.of(one), two));
    assertEquals(two, tip("sync/drift"));
  }

  @Test
  void aBranchThatSomebodyMovedIsLeftAlone() {
    CommitId one = make(Map.of(new FilePath("a.json"), text("1")));
    commits().move("drift", Optional.empty(), one);
    CommitId two =
        commits().make(one, Map.of(new FilePath("a.json"), text("2")), List.of(one), "2");
    String theirs = gitHub().commit("drift", "theirs", Map.of("c", "c"));
    assertEquals(new Pushed.Moved(), commits().move("drift", Optional.of(one), two));
    assertEquals(new Pushed.Moved(), commits().move("drift", Optional.empty(), two));
    assertEquals(theirs, tip("drift").hex());
    gitHub().repository().git("branch", "-D", "drift");
    assertEquals(new Pushed.Moved(), commits().move("drift", Optional.of(one), two));
  }

  @Test
  void aBranchThatBeginsAnewKeepsItsPullRequest() {
    CommitId one = make(Map.of(new FilePath("a.json"), text("1")));
    commits().move("drift", Optional.empty(), one);
    long number = gitHub().pulls().make("anna", "drift", "main").number;
    CommitId anew = make(Map.of(new FilePath("a.json"), text("2")));
    assertEquals(new Pushed.Done(), commits().replace("drift", one, anew));
    assertEquals(anew, tip("drift"));
    assertTrue(gitHub().pulls().find(number).orElseThrow().isOpen);
    assertEquals(new Pushed.Moved(), commits().replace("drift", one, anew));
  }

  @Test
  void answersThatAreLostAreLookedUp() {
    CommitId one = make(Map.of(new FilePath("a.json"), text("1")));
    gitHub().trouble("POST /api/v3/repos/anna/notes/git/refs", Fault.doneButReset());
    assertEquals(new Pushed.Done(), commits().move("drift", Optional.empty(), one));
    CommitId two =
        commits().make(one, Map.of(new FilePath("a.json"), text("2")), List.of(one), "2");
    gitHub().trouble("PATCH", Fault.doneBut(502));
    assertEquals(new Pushed.Done(), commits().move("drift", Optional.of(one), two));
    gitHub().trouble("/git/commits", Fault.doneBut(500));
    gitHub().trouble("/git/commits", Fault.doneBut(500));
    make(Map.of(new FilePath("a.json"), text("3")));
    assertTrue(gitHub().isCalm());
    assertEquals(two, tip("drift"));
  }

  @Test
  void aRuleThatRefusesIsQuoted() {
    CommitId one = make(Map.of(new FilePath("a.json"), text("1")));
    commits().move("drift", Optional.empty(), one);
    CommitId two =
        commits().make(one, Map.of(new FilePath("a.json"), text("2")), List.of(one), "2");
    gitHub().trouble("PATCH", Fault.answer(422, "Repository rule violations found"));
    Pushed pushed = commits().move("drift", Optional.of(one), two);
    assertEquals(
        "Repository rule violations found",
        assertInstanceOf(Pushed.Refused.class, pushed).reason());
  }

  @Test
  void aTokenThatIsRevokedIsRenewed() {
    make(Map.of(new FilePath("a.json"), text("1")));
    app.revoke();
    make(Map.of(new FilePath("a.json"), text("2")));
  }
}
