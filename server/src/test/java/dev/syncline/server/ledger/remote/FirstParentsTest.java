package dev.syncline.server.ledger.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.syncline.core.model.Author;
import dev.syncline.core.model.CommitId;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.port.ProposalBranch.Tips;
import dev.syncline.server.ledger.NativeGit;
import dev.syncline.server.ledger.PartialRepository;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Our commit below people's, of which only the newest was fetched; with Git's own server. */
final class FirstParentsTest {

  private static final FilePath DATA = new FilePath("data.json");
  private static final String OURS = "Data differ\n\nSyncline-Files: 1f\n";

  @TempDir Path folder;
  private RemoteStage stage;
  private GitHttpHost host;
  private Path remote;
  private GitProposalBranch branch;

  @BeforeEach
  void start() throws IOException {
    stage = RemoteStage.in(folder);
    host = new GitHttpHost(folder);
    remote = NativeGit.bare(folder.resolve("remote.git"));
    NativeGit.git(remote, "config", "uploadpack.allowFilter", "true");
    commit("main", "first", "1");
    NativeGit.git(remote, "branch", "sync/data", "main");
    branch =
        new GitProposalBranch(
            PartialRepository.open(folder.resolve("copy"), new Author("Bot", "bot@example.org")),
            RemoteStage.spec(host.url("remote.git"), new Credentials.None()),
            "sync/data",
            stage.clock(),
            FetchProgress.NONE);
  }

  @AfterEach
  void stop() {
    branch.close();
    host.close();
    stage.close();
  }

  @Test
  void theNewestOfOursIsFoundAndFetchedOnce() {
    commit("sync/data", OURS, "2");
    CommitId ours = commit("sync/data", OURS, "3");
    commit("sync/data", "a person's", "4");
    commit("sync/data", "another's", "5");
    Tips tips = branch.look();
    int before = host.requests().size();
    assertEquals(Optional.of(ours), branch.below(tips, "Syncline-Files"));
    int fetched = host.requests().size();
    assertTrue(fetched - before <= 3, () -> host.requests().toString());
    assertTrue(branch.files(ours).at(DATA).isPresent());
    assertEquals(Optional.of(ours), branch.below(branch.look(), "Syncline-Files"));
    assertEquals(2, host.requests().size() - fetched, "it is here now");

    commit("main", "the base moves", "6");
    commit("sync/data", "once more", "7");
    assertEquals(Optional.of(ours), branch.below(branch.look(), "Syncline-Files"));
  }

  @Test
  void aHostThatCantLeaveContentsOutSendsThem() {
    NativeGit.git(remote, "config", "uploadpack.allowFilter", "false");
    CommitId ours = commit("sync/data", OURS, "2");
    commit("sync/data", "a person's", "3");
    assertEquals(Optional.of(ours), branch.below(branch.look(), "Syncline-Files"));
  }

  @Test
  void whatWasMergedIntoTheBranchIsNotLookedAt() {
    CommitId ours = commit("sync/data", OURS, "2");
    commit("main", OURS, "9");
    merge("sync/data", "main");
    assertEquals(Optional.of(ours), branch.below(branch.look(), "Syncline-Files"));
  }

  @Test
  void whatTheBaseHasIsOfAnotherProposal() {
    commit("main", OURS, "2");
    NativeGit.git(remote, "branch", "-f", "sync/data", "main");
    commit("sync/data", "a person's, in place of ours", "3");
    assertEquals(Optional.empty(), branch.below(branch.look(), "Syncline-Files"));
  }

  @Test
  void whereThereIsNoneThereIsNone() {
    commit("sync/data", "a person's", "2");
    assertEquals(Optional.empty(), branch.below(branch.look(), "Syncline-Files"));
  }

  @Test
  void onlySoManyAreLookedAt() {
    commit("sync/data", OURS, "2");
    for (int i = 0; i <= FirstParents.FAR_BACK; i++) {
      commit("sync/data", "a person's", "person's " + i);
    }
    Tips tips = branch.look();
    assertEquals(Optional.empty(), branch.below(tips, "Syncline-Files"));
    int before = host.requests().size();
    assertEquals(Optional.empty(), branch.below(tips, "Syncline-Files"));
    assertEquals(before, host.requests().size(), "nor asked for again");
  }

  private CommitId commit(String name, String message, String data) {
    return new CommitId(
        NativeGit.commit(remote, name, message, Map.of(DATA.value(), data + "\n")).strip());
  }

  private void merge(String into, String from) {
    String tree = NativeGit.git(remote, "rev-parse", from + "^{tree}");
    String merged =
        NativeGit.git(remote, "commit-tree", tree, "-p", into, "-p", from, "-m", "Update branch");
    NativeGit.git(remote, "update-ref", "refs/heads/" + into, merged);
  }
}
