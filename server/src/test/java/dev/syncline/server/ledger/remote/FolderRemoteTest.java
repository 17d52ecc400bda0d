package dev.syncline.server.ledger.remote;

import static dev.syncline.server.ledger.remote.RemoteStage.said;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.syncline.core.model.SyncException;
import dev.syncline.core.port.RemoteBranch.Pushed;
import dev.syncline.server.ledger.NativeGit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A branch in a repository on the same machine. */
final class FolderRemoteTest {

  @TempDir Path folder;
  private RemoteStage stage;
  private Path remote;
  private RemoteSpec spec;

  @BeforeEach
  void start() throws IOException {
    stage = RemoteStage.in(folder);
    remote = NativeGit.bare(folder.resolve("remote with blank.git"));
    spec = RemoteStage.spec(remote.toUri().toString(), new Credentials.None());
  }

  @AfterEach
  void stop() {
    stage.close();
  }

  @Test
  void itIsFetchedAndPushed() {
    assertEquals(Optional.empty(), stage.fetch(spec));
    String first = NativeGit.commit(remote, "main", "one", Map.of("a.txt", "1"));
    assertEquals(Optional.of(first), stage.fetch(spec));
    String second = stage.commit("two", Map.of("a.txt", "2"), Optional.of(first));
    assertInstanceOf(Pushed.Done.class, stage.push(spec, second, Optional.of(first)));
    assertEquals(second, NativeGit.git(remote, "rev-parse", "refs/heads/main"));
    NativeGit.mustBeSound(remote);
    NativeGit.mustBeSound(stage.ledgerFolder());
  }

  @Test
  void theFirstPushMakesTheBranch() {
    String commit = stage.commit("one", Map.of("a.txt", "1"), Optional.empty());
    assertInstanceOf(Pushed.Done.class, stage.push(spec, commit, Optional.empty()));
    assertEquals(commit, NativeGit.git(remote, "rev-parse", "refs/heads/main"));
  }

  @Test
  void aBranchThatMovedIsLeftAlone() {
    String first = NativeGit.commit(remote, "main", "one", Map.of("a.txt", "1"));
    stage.fetch(spec);
    NativeGit.commit(remote, "main", "theirs", Map.of("b.txt", "1"));
    String ours = stage.commit("ours", Map.of("a.txt", "2"), Optional.of(first));
    assertInstanceOf(Pushed.Moved.class, stage.push(spec, ours, Optional.of(first)));
  }

  @Test
  void itsHooksAreHeard() throws IOException {
    Path hook = remote.resolve("hooks/update");
    Files.writeString(hook, "#!/bin/sh\necho \"$1 is closed\" >&2\nexit 1\n");
    assertTrue(hook.toFile().setExecutable(true));
    String commit = stage.commit("one", Map.of("a.txt", "1"), Optional.empty());
    var refused =
        assertInstanceOf(Pushed.Refused.class, stage.push(spec, commit, Optional.empty()));
    assertTrue(refused.reason().contains("refs/heads/main is closed"), refused.reason());
    Files.writeString(hook, "#!/bin/sh\nexit 0\n");
    assertInstanceOf(Pushed.Done.class, stage.push(spec, commit, Optional.empty()));
  }

  @Test
  void aBranchThatIsCheckedOutIsRefused() {
    NativeGit.git(folder, "init", "-q", "--initial-branch=main", "work");
    var work = RemoteStage.spec(folder.resolve("work").toUri().toString(), new Credentials.None());
    String commit = stage.commit("one", Map.of("a.txt", "1"), Optional.empty());
    assertInstanceOf(Pushed.Refused.class, stage.push(work, commit, Optional.empty()));
    NativeGit.git(folder.resolve("work"), "symbolic-ref", "HEAD", "refs/heads/other");
    assertInstanceOf(Pushed.Done.class, stage.push(work, commit, Optional.empty()));
  }

  @Test
  void aFolderThatIsMissingIsUnavailableAndNeverEmpty() {
    var missing = RemoteStage.spec(folder.resolve("gone.git").toString(), new Credentials.None());
    assertThrows(SyncException.Unavailable.class, () -> stage.fetch(missing));
  }

  @Test
  void aFolderThatIsNoRepositoryIsInvalid() throws IOException {
    Path plain = Files.createDirectories(folder.resolve("plain"));
    var spec = RemoteStage.spec(plain.toString(), new Credentials.None());
    var thrown = assertThrows(SyncException.Invalid.class, () -> stage.fetch(spec));
    assertTrue(said(thrown).contains("is no Git repository"), said(thrown));
  }
}
