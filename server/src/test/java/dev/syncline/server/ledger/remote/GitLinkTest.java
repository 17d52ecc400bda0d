package dev.syncline.server.ledger.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.syncline.core.model.CommitId;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.plan.Outcome;
import dev.syncline.core.plan.Run;
import dev.syncline.server.ledger.NativeGit;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole runs of a link between a real ledger and a real repository. */
final class GitLinkTest {

  @TempDir Path folder;
  private RemoteStage stage;
  private LinkStage at;
  private Path remote;

  @BeforeEach
  void start() {
    stage = RemoteStage.in(folder);
    remote = NativeGit.bare(folder.resolve("remote.git"));
    at = new LinkStage(stage, RemoteStage.spec(remote.toString(), new Credentials.None()));
  }

  @AfterEach
  void stop() {
    NativeGit.mustBeSound(stage.ledgerFolder());
    NativeGit.mustBeSound(remote);
    stage.close();
  }

  @Test
  void anEmptyWorkspaceAndAnEmptyRepositoryAreEqual() {
    assertInstanceOf(Outcome.Equal.class, run().outcome());
    assertEquals("", NativeGit.git(remote, "for-each-ref"));
  }

  @Test
  void theRepositoryComesInWithItsHistory() {
    NativeGit.commit(remote, "main", "one", Map.of("a.txt", "1"));
    String tip = NativeGit.commit(remote, "main", "two", Map.of("b/c.txt", "2"));
    assertInstanceOf(Outcome.Equal.class, run().outcome());
    assertEquals(tip, head(), "the ledger is fast-forwarded");
    assertInstanceOf(Outcome.Equal.class, run().outcome());
    assertEquals(tip, head());
  }

  @Test
  void theLedgerGoesOutAsItsOwnCommits() {
    edit("a.txt", "1");
    edit("b/c.txt", "2");
    assertInstanceOf(Outcome.Equal.class, run().outcome());
    assertEquals(head(), tip());
    edit("a.txt", "3");
    assertInstanceOf(Outcome.Equal.class, run().outcome());
    assertEquals(head(), tip());
    assertEquals("3", show("a.txt"));
  }

  @Test
  void whatBothSidesDidIsMergedAndNothingIsRewritten() {
    NativeGit.commit(remote, "main", "one", Map.of("a.txt", "1", "b.txt", "1"));
    run();
    edit("a.txt", "ours");
    String ours = head();
    String theirs = NativeGit.commit(remote, "main", "theirs", Map.of("b.txt", "theirs"));
    assertInstanceOf(Outcome.Equal.class, run().outcome());
    assertEquals(head(), tip(), "the merge is the ledger's own commit");
    assertEquals("ours", show("a.txt"));
    assertEquals("theirs", show("b.txt"));
    NativeGit.git(remote, "merge-base", "--is-ancestor", ours, "main");
    NativeGit.git(remote, "merge-base", "--is-ancestor", theirs, "main");
  }

  @Test
  void aConflictHoldsUpNothingElse() {
    NativeGit.commit(remote, "main", "one", Map.of("a.txt", "1", "b.txt", "1"));
    run();
    edit("a.txt", "ours");
    edit("b.txt", "ours");
    String theirs = NativeGit.commit(remote, "main", "theirs", Map.of("a.txt", "theirs"));
    Run run = run();
    assertEquals(1, run.work().waiting());
    assertEquals("theirs", show("a.txt"), "each side keeps its own until a person answers");
    assertEquals("ours", show("b.txt"));
    assertEquals("ours", text("a.txt"));
    NativeGit.git(remote, "merge-base", "--is-ancestor", theirs, "main");
    NativeGit.git(remote, "merge-base", "--is-ancestor", head(), "main");
    assertEquals(
        "Syncline-Link: github",
        NativeGit.git(remote, "log", "-1", "--format=%(trailers)", "main"));
    String before = tip();
    assertInstanceOf(Outcome.Equal.class, run().outcome());
    assertEquals(before, tip(), "nothing more to bring");
    NativeGit.commit(remote, "main", "more", Map.of("c.txt", "more"));
    edit("d.txt", "more");
    assertEquals(1, run().work().waiting());
    assertEquals("theirs", show("a.txt"));
    assertEquals("more", show("d.txt"));
    assertEquals("more", text("c.txt"));
  }

  @Test
  void aRewrittenHistoryWaitsForAPerson() {
    NativeGit.commit(remote, "main", "one", Map.of("a.txt", "1"));
    String old = NativeGit.commit(remote, "main", "two", Map.of("a.txt", "2"));
    run();
    NativeGit.git(remote, "update-ref", "refs/heads/main", "refs/heads/main~1");
    String rewritten = NativeGit.commit(remote, "main", "rewritten", Map.of("a.txt", "3"));
    var held = assertInstanceOf(Outcome.Held.class, run().outcome());
    assertTrue(held.reason().contains("rewritten"), held.reason());
    assertEquals(old, head());
    assertEquals(held, run().outcome(), "as long as nobody answers");
    at.approve(held.fingerprint());
    assertInstanceOf(Outcome.Equal.class, run().outcome());
    assertEquals("3", text("a.txt"));
    NativeGit.git(stage.ledgerFolder(), "merge-base", "--is-ancestor", old, "main");
    NativeGit.git(stage.ledgerFolder(), "merge-base", "--is-ancestor", rewritten, "main");
    assertInstanceOf(Outcome.Equal.class, run().outcome(), "it is no news any more");
  }

  @Test
  void aBranchThatIsGoneDeletesNothing() {
    NativeGit.commit(remote, "main", "one", Map.of("a.txt", "1"));
    run();
    NativeGit.git(remote, "update-ref", "-d", "refs/heads/main");
    var away = assertInstanceOf(Outcome.Unavailable.class, run().outcome());
    assertTrue(away.reason().contains("the branch is gone"), away.reason());
    assertEquals("1", text("a.txt"));
    NativeGit.git(remote, "update-ref", "refs/heads/main", head());
    assertInstanceOf(Outcome.Equal.class, run().outcome());
  }

  @Test
  void whatTheHostRefusesIsTold() throws IOException {
    Path hook = remote.resolve("hooks/pre-receive");
    Files.writeString(hook, "#!/bin/sh\necho 'main is protected' >&2\nexit 1\n");
    assertTrue(hook.toFile().setExecutable(true));
    edit("a.txt", "1");
    Run run = run();
    String problem = String.valueOf(run.work().problems().get(new FilePath("a.txt")));
    assertTrue(problem.contains("main is protected"), problem);
    Files.delete(hook);
    assertInstanceOf(Outcome.Equal.class, run().outcome());
    assertEquals(head(), tip());
  }

  @Test
  void everyFileMayGo() {
    edit("a.txt", "1");
    run();
    at.remove("a.txt");
    assertInstanceOf(Outcome.Equal.class, run().outcome());
    assertEquals(head(), tip());
    assertEquals("", NativeGit.git(remote, "ls-tree", "-r", "main"));
    edit("b.txt", "2");
    assertInstanceOf(Outcome.Equal.class, run().outcome());
    assertEquals("2", show("b.txt"));
  }

  @Test
  void modesAndOddNamesGoBothWays() {
    String name = "fold er/\u00e4\u0308 \u65e5\u672c.txt";
    edit(name, "odd");
    run();
    assertEquals("odd", show(name));
    NativeGit.git(
        remote,
        ("commit refs/heads/main\ncommitter B <b@example.org> 1790000200 +0000\ndata 1\nx\n"
                + "from refs/heads/main^0\nM 100755 inline run.sh\ndata 2\n#!\nM 120000 inline"
                + " link\ndata 6\nrun.sh\n")
            .getBytes(StandardCharsets.UTF_8),
        "fast-import",
        "--quiet");
    run();
    edit("run.sh", "#!/bin/sh");
    run();
    String listed = NativeGit.git(remote, "ls-tree", "main");
    assertTrue(listed.contains("120000 blob"), listed);
    assertEquals("#!/bin/sh", show("run.sh"));
  }

  private Run run() {
    return at.run();
  }

  private void edit(String path, String text) {
    at.edit(path, text);
  }

  private String head() {
    return stage.ledger().head().commit().map(CommitId::hex).orElse("none");
  }

  private String text(String path) {
    var version = stage.ledger().head().files().at(new FilePath(path)).orElseThrow();
    return new String(stage.ledger().read(version.content()), StandardCharsets.UTF_8);
  }

  private String tip() {
    return NativeGit.git(remote, "rev-parse", "refs/heads/main");
  }

  private String show(String path) {
    return NativeGit.git(remote, "show", "refs/heads/main:" + path);
  }
}
