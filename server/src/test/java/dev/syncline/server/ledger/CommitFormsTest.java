package dev.syncline.server.ledger;

import static dev.syncline.testkit.LedgerSteps.ADA;
import static dev.syncline.testkit.LedgerSteps.BEN;
import static dev.syncline.testkit.LedgerSteps.LINK;
import static dev.syncline.testkit.LedgerSteps.NOON;
import static dev.syncline.testkit.LedgerSteps.agreed;
import static dev.syncline.testkit.LedgerSteps.changes;
import static dev.syncline.testkit.LedgerSteps.edit;
import static dev.syncline.testkit.LedgerSteps.with;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.syncline.core.merge.Conflict;
import dev.syncline.core.model.Author;
import dev.syncline.core.model.Changes;
import dev.syncline.core.model.CommitId;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.Snapshot;
import dev.syncline.core.model.SyncException;
import dev.syncline.core.port.Edit;
import dev.syncline.core.port.Head;
import dev.syncline.core.port.Recorded;
import dev.syncline.core.port.Recording;
import dev.syncline.core.port.Recording.Theirs;
import dev.syncline.testkit.LedgerSteps;
import dev.syncline.testkit.SettableClock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Git programs see of recordings. */
final class CommitFormsTest {

  private static final String FORMAT = "--format=%an <%ae> %at|%cn <%ce> %ct|%P|%s";

  @TempDir Path directory;
  @TempDir Path elsewhere;
  private final SettableClock clock = new SettableClock();
  private final AtomicInteger runs = new AtomicInteger();
  private Optional<GitLedger> open = Optional.empty();

  @BeforeEach
  void open() {
    NativeGit.need("git");
    open =
        Optional.of(
            GitLedger.open(
                directory,
                LedgerSettings.with(clock)
                    .withCommitter(new Author("Syncline", "bot@example.org"))));
  }

  @AfterEach
  void closeAndLook() {
    open.ifPresent(GitLedger::close);
    git().mustBeSound();
  }

  @Test
  void editIsACommitOfItsAuthorCommittedBySyncline() {
    steps().record(steps().put("a", "1"));
    steps().record(steps().put("a", "2"));
    String first = git().run("rev-parse", "main~1").strip();
    long now = clock.instant().getEpochSecond();
    String who = "Ada <ada@example.org> " + NOON.getEpochSecond();
    assertEquals(
        who
            + "|Syncline <bot@example.org> "
            + now
            + "|"
            + first
            + "|Edit\n"
            + who
            + "|Syncline <bot@example.org> "
            + now
            + "||Edit\n",
        git().run("log", FORMAT, "main"));
    assertEquals("2", git().run("show", "HEAD:a"));
  }

  @Test
  void strangeTimesAndNamesAreSoundCommits() {
    Head head = ledger().head();
    for (Instant at : List.of(Instant.MIN, Instant.ofEpochSecond(-1), Instant.MAX)) {
      Changes changes = changes(head.files(), steps().put("a", "" + at));
      var author = new Author(". \uD800,", "");
      head = steps().must(steps().edits(head, new Edit(author, at, "\u0000", changes)));
    }
    assertEquals("Change 1 file", git().run("log", "-1", "--format=%s", "main").strip());
  }

  @Test
  void mergedEditsBranchOffWhereTheBaseWasAgreed() {
    Head start = steps().record(steps().put("a", "base"), steps().put("b", "base"));
    steps().must(agreed(steps().edits(start), LINK, Changes.NONE, Changes.NONE));
    var base = ledger().base(LINK);
    Head ours = steps().record(steps().put("a", "ours"));
    Edit one = edit(BEN, "One", changes(base.files(), steps().put("a", "theirs")));
    Edit two = edit(ADA, "Two", changes(base.files(), steps().put("b", "theirs")));
    Changes result = changes(ours.files(), steps().put("b", "theirs"));
    Head merged =
        steps()
            .must(
                agreed(
                    steps().recording(ours, result, new Theirs.Merged(List.of(one, two), base)),
                    LINK,
                    Changes.NONE,
                    Changes.NONE));
    assertEquals(
        List.of("Merge changes of folder", "Two", "One", "Edit", "Edit"),
        git().run("log", "--topo-order", "--format=%s", "main").lines().toList());
    assertEquals(id(ours), git().run("rev-parse", "main^1").strip());
    assertEquals(id(start), git().run("rev-parse", "main^2~2").strip());
    assertEquals(id(start), git().run("merge-base", "main^1", "main^2").strip());
    assertEquals("theirs", git().run("show", "main^2:a"));
    assertEquals("ours", git().run("show", "main:a"));
    assertEquals(id(merged), git().run("rev-parse", "refs/syncline/base/folder^1").strip());
  }

  @Test
  void mergedEditsOnABaseThatIsNoLongerTheLinksHaveMoved() {
    Head start = steps().record(steps().put("a", "base"));
    steps().must(agreed(steps().edits(start), LINK, Changes.NONE, Changes.NONE));
    var base = ledger().base(LINK);
    Head next = steps().record(steps().put("a", "next"));
    steps().must(agreed(steps().edits(next), LINK, Changes.NONE, Changes.NONE));
    Edit edit = edit(BEN, "One", changes(base.files(), steps().put("b", "theirs")));
    var merged =
        agreed(
            steps().recording(next, edit.changes(), new Theirs.Merged(List.of(edit), base)),
            LINK,
            Changes.NONE,
            Changes.NONE);
    assertInstanceOf(Recorded.Moved.class, ledger().record(merged));
  }

  @Test
  void historyIsTakenOverAsItIsWhereThatIsPossible() {
    CommitId theirs = foreign(Optional.empty(), "a", "1");
    Head taken = steps().must(history(ledger().head(), theirs));
    assertEquals(Optional.of(theirs), taken.commit());
    CommitId next = foreign(Optional.of(theirs), "b", "2");
    assertEquals(Optional.of(next), steps().must(history(taken, next)).commit());
    Head again = steps().must(history(ledger().head(), theirs));
    assertEquals(Optional.of(next), again.commit(), "known already, and no changes");
  }

  @Test
  void historyThatDivergedIsMerged() {
    CommitId start = foreign(Optional.empty(), "a", "1");
    Head taken = steps().must(history(ledger().head(), start));
    Head ours = steps().record(steps().put("ours", "1"));
    CommitId theirs = foreign(Optional.of(start), "theirs", "1");
    Head merged = steps().must(history(ours, theirs));
    assertEquals(id(ours) + " " + theirs, git().run("log", "-1", "--format=%P", "main").strip());
    assertEquals(
        Set.of(new FilePath("a"), new FilePath("ours"), new FilePath("theirs")),
        LedgerSteps.filesOf(merged.files()).files().keySet());
    assertInstanceOf(
        Recorded.Moved.class,
        ledger().record(history(taken, foreign(Optional.of(start), "more", "1"))),
        "only on the newest version");
  }

  @Test
  void historyThatIsNotHereIsInvalid() {
    var unknown = new Theirs.History(new CommitId("1".repeat(40)));
    assertThrows(
        SyncException.Invalid.class,
        () -> ledger().record(steps().recording(ledger().head(), Changes.NONE, unknown)));
  }

  @Test
  void everySideOfAConflictStaysReachable() {
    Head head = steps().record(steps().put("a", "ours"));
    Conflict first = steps().conflict("a", "base", "ours", "their first", NOON);
    steps().must(with(steps().edits(head), List.of(first), Set.of()));
    Conflict second = steps().conflict("a", "base", "ours", "their second", NOON);
    steps().must(with(steps().edits(head), List.of(second), Set.of()));
    String ref = "refs/syncline/conflicts/" + first.id();
    assertEquals("their second", git().run("show", ref + ":theirs"));
    assertEquals("their first", git().run("show", ref + "^:theirs"));
    steps().must(with(steps().edits(head), List.of(), Set.of(first.id())));
    assertEquals("", git().run("for-each-ref", "refs/syncline/conflicts/"));
    String reachable = git().run("rev-list", "--objects", "--all");
    for (String side : List.of("base", "ours", "their first", "their second")) {
      assertTrue(reachable.contains(steps().file(side).content().toString()), side);
    }
  }

  @Test
  void answerKeepsTheConflictAsItsSecondParent() {
    Head head = steps().record(steps().put("a", "ours"));
    Conflict conflict = steps().conflict("a", "base", "ours", "theirs", NOON);
    steps().must(with(steps().edits(head), List.of(conflict), Set.of()));
    var answer = new Theirs.Resolved(edit(BEN, "Keep ours", Changes.NONE), conflict.id());
    steps()
        .must(
            with(steps().recording(head, Changes.NONE, answer), List.of(), Set.of(conflict.id())));
    assertEquals(id(head), git().run("rev-parse", "main^1").strip());
    assertEquals("theirs", git().run("show", "main^2:theirs"));
    assertEquals("Ben", git().run("log", "-1", "--format=%an", "main").strip());
    assertEquals("", git().run("for-each-ref", "refs/syncline/kept", "refs/syncline/conflicts"));
    assertInstanceOf(
        Recorded.Moved.class,
        ledger().record(steps().recording(ledger().head(), Changes.NONE, answer)),
        "it waits no longer");
  }

  @Test
  void cloneSeesTheHistoryAndNothingOfSynclinesOwn() {
    Head head = steps().record(steps().put("docs/a", "1"));
    steps().must(agreed(steps().edits(head), LINK, Changes.NONE, Changes.NONE));
    var clone = new NativeGit(elsewhere);
    git().run("clone", "-q", "--mirror", "file://" + directory, clone.repository().toString());
    assertEquals("refs/heads/main\n", clone.run("for-each-ref", "--format=%(refname)"));
    assertEquals("1", clone.run("show", "main:docs/a"));
    var pushed =
        clone.attempt(
            List.of("push", "-q", "file://" + directory, "main:refs/heads/other"), new byte[0]);
    assertTrue(pushed.code() != 0 && pushed.out().contains("hidden ref"), pushed.out());
  }

  @Test
  void trailersNameRunAndLink() {
    Head head = ledger().head();
    steps()
        .must(agreed(steps().edit(head, steps().put("a", "1")), LINK, Changes.NONE, Changes.NONE));
    assertEquals(
        "Syncline-Run: run-1\nSyncline-Link: folder\n\n",
        git().run("log", "-1", "--format=%(trailers)", "main"));
    var version = ledger().history(Optional.empty(), Optional.empty(), 1).getFirst();
    assertEquals("run-1", version.trailers().get("Syncline-Run"));
    assertEquals("folder", version.trailers().get("Syncline-Link"));
  }

  /** The whole of a foreign commit on top of a version. */
  private Recording history(Head on, CommitId tip) {
    Snapshot files = ledger().at(tip);
    Changes added = files.since(on.files()).only((path, change) -> change.after().isPresent());
    return steps().recording(on, added, new Theirs.History(tip));
  }

  private CommitId foreign(Optional<CommitId> parent, String path, String text) {
    String blob =
        git().feed(text.getBytes(StandardCharsets.UTF_8), "hash-object", "-w", "--stdin").strip();
    String before = parent.map(id -> git().run("ls-tree", id.hex())).orElse("");
    String line = "100644 blob " + blob + "\t" + path + "\n";
    String tree = git().feed((before + line).getBytes(StandardCharsets.UTF_8), "mktree").strip();
    var command =
        new ArrayList<>(
            List.of("-c", "user.name=E", "-c", "user.email=e@e", "commit-tree", "-m", "Theirs"));
    parent.ifPresent(id -> command.addAll(List.of("-p", id.hex())));
    command.add(tree);
    String commit = git().run(command.toArray(String[]::new)).strip();
    return new CommitId(commit);
  }

  private static String id(Head head) {
    return head.commit().orElseThrow().hex();
  }

  private GitLedger ledger() {
    return open.orElseThrow();
  }

  private LedgerSteps steps() {
    return new LedgerSteps(ledger(), runs);
  }

  private NativeGit git() {
    return new NativeGit(directory);
  }
}
