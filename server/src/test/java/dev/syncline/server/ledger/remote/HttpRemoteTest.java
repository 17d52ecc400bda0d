package dev.syncline.server.ledger.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.syncline.core.model.CommitId;
import dev.syncline.core.model.SyncException;
import dev.syncline.core.port.RemoteBranch.Pushed;
import dev.syncline.server.ledger.NativeGit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a branch on an http host does when all is well, and when somebody else moves it. */
final class HttpRemoteTest {

  @TempDir Path folder;
  private RemoteStage stage;
  private GitHttpHost host;
  private Path remote;
  private RemoteSpec spec;

  @BeforeEach
  void start() throws IOException {
    stage = RemoteStage.in(folder);
    host = new GitHttpHost(folder);
    remote = NativeGit.bare(folder.resolve("remote.git"));
    spec = RemoteStage.spec(host.url("remote.git"), new Credentials.None());
  }

  @AfterEach
  void stop() {
    host.close();
    stage.close();
  }

  @Test
  void anEmptyRepositoryHasNoBranch() {
    assertEquals(Optional.empty(), stage.fetch(spec));
  }

  @Test
  void aBranchThatIsNotThereIsNone() {
    NativeGit.commit(remote, "other", "one", Map.of("a.txt", "1"));
    assertEquals(Optional.empty(), stage.fetch(spec));
  }

  @Test
  void onlyTheBranchIsFetchedAndNoTags() {
    String tip = NativeGit.commit(remote, "main", "one", Map.of("a.txt", "1"));
    String other = NativeGit.commit(remote, "other", "two", Map.of("b.txt", "2"));
    NativeGit.git(remote, "tag", "v1", tip);
    assertEquals(Optional.of(tip), stage.fetch(spec));
    assertEquals(
        tip + " refs/syncline/remotes/github",
        NativeGit.git(stage.ledgerFolder(), "for-each-ref", "--format=%(objectname) %(refname)"));
    assertThrows(
        AssertionError.class, () -> NativeGit.git(stage.ledgerFolder(), "cat-file", "-e", other));
    NativeGit.mustBeSound(stage.ledgerFolder());
    assertFalse(Files.exists(stage.ledgerFolder().resolve("incoming/github")));
  }

  @Test
  void nothingIsFetchedTwice() {
    NativeGit.commit(remote, "main", "one", Map.of("a.txt", "1"));
    stage.fetch(spec);
    int before = host.requests().size();
    stage.fetch(spec);
    assertEquals(
        2, host.requests().size() - before, "one question for the branch, in two requests");
  }

  @Test
  void newCommitsAreFetchedAsThinPacks() throws IOException {
    var lines = new StringBuilder();
    for (int i = 0; i < 20_000; i++) {
      lines.append(Integer.toHexString(i * 0x9E3779B1)).append('\n');
    }
    NativeGit.commit(remote, "main", "one", Map.of("a.txt", lines.toString()));
    stage.fetch(spec);
    lines.append("more\n");
    String tip = NativeGit.commit(remote, "main", "two", Map.of("a.txt", lines.toString()));
    NativeGit.git(remote, "gc", "-q");
    assertEquals(Optional.of(tip), stage.fetch(spec));
    NativeGit.mustBeSound(stage.ledgerFolder());
  }

  @Test
  void theFirstPushMakesTheBranch() {
    String commit = stage.commit("one", Map.of("a.txt", "1"), Optional.empty());
    assertInstanceOf(Pushed.Done.class, stage.push(spec, commit, Optional.empty()));
    assertEquals(commit, NativeGit.git(remote, "rev-parse", "refs/heads/main"));
    NativeGit.mustBeSound(remote);
  }

  @Test
  void aPushMovesTheBranchForward() {
    String first = stage.commit("one", Map.of("a.txt", "1"), Optional.empty());
    stage.push(spec, first, Optional.empty());
    String second = stage.commit("two", Map.of("a.txt", "2"), Optional.of(first));
    assertInstanceOf(Pushed.Done.class, stage.push(spec, second, Optional.of(first)));
    assertEquals(second, NativeGit.git(remote, "rev-parse", "refs/heads/main"));
    NativeGit.mustBeSound(remote);
  }

  @Test
  void aSmallChangeOfALargeFileIsPushedAsADelta() {
    var random = new Random(3);
    var records = new ArrayList<String>();
    for (int i = 0; i < 100_000; i++) {
      records.add(
          "{\"id\": %d, \"score\": %d, \"key\": \"%016x\"}"
              .formatted(i, random.nextInt(), random.nextLong()));
    }
    String first = stage.commit("one", json(records), Optional.empty());
    stage.push(spec, first, Optional.empty());
    long whole = host.received();
    random
        .ints(1000, 0, records.size())
        .forEach(i -> records.set(i, "{\"id\": %d, \"score\": %d}".formatted(i, random.nextInt())));
    String second = stage.commit("two", json(records), Optional.of(first));
    assertInstanceOf(Pushed.Done.class, stage.push(spec, second, Optional.of(first)));
    long delta = host.received() - whole;
    assertTrue(delta < whole / 20, delta + " bytes after " + whole);
    NativeGit.mustBeSound(remote);
  }

  private static Map<String, String> json(List<String> records) {
    return Map.of("a/big.json", "[" + String.join(",\n", records) + "]");
  }

  @Test
  void aLargePushArrivesWhole() {
    var text = new StringBuilder();
    new Random(1).ints(400_000).forEach(number -> text.append(number).append('\n'));
    String commit = stage.commit("large", Map.of("large.txt", text.toString()), Optional.empty());
    var steps = new HashSet<String>();
    var branch =
        new GitRemoteBranch(
            stage.ledger(), spec, stage.clock(), (step, done, all) -> steps.add(step));
    assertInstanceOf(Pushed.Done.class, branch.push(new CommitId(commit), Optional.empty()));
    assertTrue(steps.contains("Writing objects"), steps.toString());
    NativeGit.mustBeSound(remote);
  }

  @Test
  void whatACrashLeftOfAFetchIsCleared() throws IOException {
    Path left = stage.ledgerFolder().resolve("incoming/other/objects/pack/incoming_1.pack");
    Files.createDirectories(left.resolveSibling("."));
    Files.writeString(left, "unfinished");
    stage.close();
    stage = RemoteStage.in(folder);
    assertFalse(Files.exists(left));
    String tip = NativeGit.commit(remote, "main", "one", Map.of("a.txt", "1"));
    assertEquals(Optional.of(tip), stage.fetch(spec));
  }

  @Test
  void aRepositoryOfAnotherHashIsNoneOfOurs() {
    NativeGit.git(folder, "init", "-q", "--bare", "--object-format=sha256", "new.git");
    NativeGit.commit(folder.resolve("new.git"), "main", "one", Map.of("a.txt", "1"));
    var other = RemoteStage.spec(host.url("new.git"), new Credentials.None());
    assertThrows(SyncException.class, () -> stage.fetch(other));
  }

  @Test
  void aBranchThatMovedIsLeftAlone() {
    String first = NativeGit.commit(remote, "main", "one", Map.of("a.txt", "1"));
    stage.fetch(spec);
    String theirs = NativeGit.commit(remote, "main", "theirs", Map.of("b.txt", "1"));
    String ours = stage.commit("ours", Map.of("a.txt", "2"), Optional.of(first));
    assertInstanceOf(Pushed.Moved.class, stage.push(spec, ours, Optional.of(first)));
    String alone = stage.commit("alone", Map.of("a.txt", "3"), Optional.empty());
    assertInstanceOf(Pushed.Moved.class, stage.push(spec, alone, Optional.empty()));
    assertThrows(IllegalArgumentException.class, () -> stage.push(spec, first, Optional.of(ours)));
    assertEquals(theirs, NativeGit.git(remote, "rev-parse", "refs/heads/main"));
  }

  @Test
  void aBranchThatMovesDuringThePushIsLeftAlone() {
    String first = stage.commit("one", Map.of("a.txt", "1"), Optional.empty());
    stage.push(spec, first, Optional.empty());
    String second = stage.commit("two", Map.of("a.txt", "2"), Optional.of(first));
    host.meanwhile(
        "POST /remote.git/git-receive-pack",
        () -> NativeGit.commit(remote, "main", "theirs", Map.of("b.txt", "1")));
    assertInstanceOf(Pushed.Moved.class, stage.push(spec, second, Optional.of(first)));
    assertEquals("theirs", NativeGit.git(remote, "log", "-1", "--format=%s", "refs/heads/main"));
  }

  @Test
  void aRefusalIsToldInTheHostsWords() throws IOException {
    Path hook = remote.resolve("hooks/pre-receive");
    Files.writeString(hook, "#!/bin/sh\necho 'GH006: Protected branch: ask Bert.' >&2\nexit 1\n");
    assertTrue(hook.toFile().setExecutable(true));
    String commit = stage.commit("one", Map.of("a.txt", "1"), Optional.empty());
    var refused =
        assertInstanceOf(Pushed.Refused.class, stage.push(spec, commit, Optional.empty()));
    assertTrue(refused.reason().contains("GH006: Protected branch: ask Bert."), refused.reason());
    assertTrue(refused.reason().contains("pre-receive hook declined"), refused.reason());
  }

  @Test
  void aPushWhoseAnswerWasLostIsFoundDone() {
    String commit = stage.commit("one", Map.of("a.txt", "1"), Optional.empty());
    host.dropAnswer("POST /remote.git/git-receive-pack");
    assertThrows(SyncException.Unavailable.class, () -> stage.push(spec, commit, Optional.empty()));
    assertEquals(commit, NativeGit.git(remote, "rev-parse", "refs/heads/main"));
    assertInstanceOf(Pushed.Done.class, stage.push(spec, commit, Optional.empty()));
  }

  @Test
  void aRewrittenHistoryIsFetchedAndTheOldOneKept() {
    NativeGit.commit(remote, "main", "one", Map.of("a.txt", "1"));
    String old = NativeGit.commit(remote, "main", "two", Map.of("a.txt", "2"));
    stage.fetch(spec);
    NativeGit.git(remote, "update-ref", "refs/heads/main", "refs/heads/main~1");
    String rewritten = NativeGit.commit(remote, "main", "other", Map.of("a.txt", "3"));
    assertEquals(Optional.of(rewritten), stage.fetch(spec));
    assertEquals(
        old,
        NativeGit.git(
            stage.ledgerFolder(), "rev-parse", "refs/syncline/kept/remotes/github/" + old));
  }

  @Test
  void aBranchThatWasDeletedIsNone() {
    NativeGit.commit(remote, "main", "one", Map.of("a.txt", "1"));
    stage.fetch(spec);
    NativeGit.git(remote, "update-ref", "-d", "refs/heads/main");
    assertEquals(Optional.empty(), stage.fetch(spec));
  }

  @Test
  void anOlderTipNeedsNothingFetched() {
    String first = NativeGit.commit(remote, "main", "one", Map.of("a.txt", "1"));
    NativeGit.commit(remote, "main", "two", Map.of("a.txt", "2"));
    stage.fetch(spec);
    NativeGit.git(remote, "update-ref", "refs/heads/main", first);
    int before = host.requests().size();
    assertEquals(Optional.of(first), stage.fetch(spec));
    assertEquals(2, host.requests().size() - before);
  }

  @Test
  void aShallowCloneIsNoHistory() {
    NativeGit.commit(remote, "main", "one", Map.of("a.txt", "1"));
    NativeGit.commit(remote, "main", "two", Map.of("a.txt", "2"));
    NativeGit.git(folder, "clone", "-q", "--bare", "--depth=1", "file://" + remote, "shallow.git");
    var shallow = RemoteStage.spec(host.url("shallow.git"), new Credentials.None());
    var thrown = assertThrows(SyncException.Invalid.class, () -> stage.fetch(shallow));
    assertTrue(RemoteStage.said(thrown).contains("shallow"), RemoteStage.said(thrown));
  }
}
