package dev.syncline.server.ledger.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.syncline.server.ledger.NativeGit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Told at once when somebody pushes to a folder of this machine. */
final class BranchWatchTest {

  private static final int SECONDS = 30;

  @TempDir Path folder;

  /** What the branch was at each time that somebody was told. */
  private final LinkedBlockingQueue<String> told = new LinkedBlockingQueue<>();

  @Test
  void aPushIsTold() throws Exception {
    Path remote = NativeGit.bare(folder.resolve("remote.git"));
    try (var watch = watch(remote, "main")) {
      until(NativeGit.commit(remote, "main", "one", Map.of("a", "1")));
      until(NativeGit.commit(remote, "main", "two", Map.of("a", "2")));
      assertEquals(Optional.empty(), watch.problem());
    }
  }

  @Test
  void soIsOneToABranchInAFolderOfItsOwn() throws Exception {
    Path remote = NativeGit.bare(folder.resolve("remote.git"));
    try (var _ = watch(remote, "feature/of/ada")) {
      until(NativeGit.commit(remote, "feature/of/ada", "one", Map.of("a", "1")));
      NativeGit.git(remote, "pack-refs", "--all", "--prune");
      until(NativeGit.commit(remote, "feature/of/ada", "two", Map.of("a", "2")));
    }
  }

  @Test
  void aRepositoryThatComesLaterIsWatchedThen() throws Exception {
    Path remote = folder.resolve("remote.git");
    try (var _ = watch(remote, "main")) {
      Path made = NativeGit.bare(folder.resolve("made.git"));
      String first = NativeGit.commit(made, "main", "one", Map.of("a", "1"));
      Files.move(made, remote);
      until(first);
      until(NativeGit.commit(remote, "main", "two", Map.of("a", "2")));
    }
  }

  @Test
  void nobodyIsToldOnceItIsClosed() throws Exception {
    Path remote = NativeGit.bare(folder.resolve("remote.git"));
    String first = NativeGit.commit(remote, "main", "one", Map.of("a", "1"));
    try (var _ = watch(remote, "main")) {
      until(first);
    }
    told.clear();
    NativeGit.commit(remote, "main", "two", Map.of("a", "2"));
    assertTrue(told.isEmpty());
  }

  private BranchWatch watch(Path remote, String branch) {
    var usual = RemoteStage.spec(remote.toString(), new Credentials.None());
    var spec =
        new RemoteSpec(usual.link(), usual.url(), branch, usual.credentials(), usual.limits());
    return BranchWatch.start(spec, () -> told.add(newest(remote, branch)));
  }

  private static String newest(Path remote, String branch) {
    try (Repository repository =
        new FileRepositoryBuilder().setGitDir(remote.toFile()).setMustExist(true).build()) {
      return String.valueOf(repository.resolve("refs/heads/" + branch));
    } catch (IOException e) {
      return "not there";
    }
  }

  private void until(String commit) throws InterruptedException {
    String now = "";
    while (!now.contains(commit)) {
      now = told.poll(SECONDS, TimeUnit.SECONDS);
      assertTrue(now != null, "nobody was told of " + commit);
    }
  }
}
