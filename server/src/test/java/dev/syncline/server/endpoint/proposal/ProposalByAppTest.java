package dev.syncline.server.endpoint.proposal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.syncline.core.plan.Outcome;
import dev.syncline.server.forge.testforge.Fault;
import dev.syncline.server.ledger.NativeGit;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Proposals of a GitHub App: GitHub makes and signs the commits. */
final class ProposalByAppTest {

  private static final String DATA = "models.json";
  private static final String BRANCH = TestSyncline.BRANCH;

  @TempDir Path folder;

  private ProposalStage stage() {
    return ProposalStage.app(folder, Map.of(DATA, text(1), "README.md", "people's"));
  }

  @Test
  void commitsAreGitHubsAndOnlyMoveForward() {
    try (var stage = stage()) {
      equal(stage);
      says(stage, 2);
      String first = stage.git("rev-parse", BRANCH);
      says(stage, 3);
      says(stage, 4);
      stage.git("merge-base", "--is-ancestor", first, BRANCH);
      assertEquals("3", stage.git("rev-list", "--count", "main.." + BRANCH));
      assertEquals(1, stage.pulls().size());
      assertEquals(List.of(), stage.forge().namedCommits());
      String asked = stage.forge().gitRequests().toString();
      assertTrue(!asked.contains("receive-pack"), asked);
      NativeGit.mustBeSound(stage.forge().repository().path());
    }
  }

  @Test
  void anotherOneIsOpenedAfterAMergeAndAfterAClose() {
    try (var stage = stage()) {
      equal(stage);
      says(stage, 2);
      stage.forge().pulls().squash(stage.onlyPull().number);
      equal(stage);
      says(stage, 3);
      stage.forge().pulls().merge(stage.pulls().getLast().number);
      equal(stage);
      says(stage, 4);
      stage.forge().pulls().close(stage.pulls().getLast().number);
      equal(stage);
      assertTrue(!stage.pulls().getLast().isOpen);
      says(stage, 5);
      assertEquals(4, stage.pulls().size());
      assertEquals("1", stage.git("rev-list", "--count", "main.." + BRANCH));
      stage.sourceSays(DATA, text(3));
      equal(stage);
      assertTrue(!stage.pulls().getLast().isOpen);
      assertEquals("", stage.git("for-each-ref", "refs/heads/" + BRANCH));
    }
  }

  @Test
  void somebodyWhoPushesInTheMiddleIsNotOverwritten() {
    try (var stage = stage()) {
      equal(stage);
      says(stage, 2);
      stage.sourceSays(DATA, text(3));
      Runnable push = () -> stage.forge().commit(BRANCH, "better", Map.of(DATA, text(7)));
      stage.forge().trouble("/git/commits", Fault.meanwhile(push));
      assertInstanceOf(Outcome.Again.class, stage.run().outcome());
      equal(stage);
      assertEquals(text(7).strip(), stage.git("show", BRANCH + ":" + DATA));
      assertEquals(1, stage.onlyPull().comments.size());
    }
  }

  @Test
  void requestsAreFew() {
    try (var stage = stage()) {
      atMost(stage, 8, "the first look");
      atMost(stage, 2, "without drift");
      stage.sourceSays(DATA, text(2));
      atMost(stage, 15, "opened");
      atMost(stage, 6, "what GitHub made is fetched");
      atMost(stage, 3, "proposed already");
      stage.sourceSays(DATA, text(3));
      atMost(stage, 15, "updated");
      stage.sourceSays(DATA, text(1));
      atMost(stage, 15, "closed");
      atMost(stage, 3, "without drift again");
    }
  }

  private static void atMost(ProposalStage stage, int most, String when) {
    stage.forge().forgetRequests();
    equal(stage);
    assertTrue(stage.requests() <= most, () -> when + ": " + stage.listed());
  }

  private static void says(ProposalStage stage, int size) {
    stage.sourceSays(DATA, text(size));
    equal(stage);
    assertTrue(stage.pulls().getLast().isOpen);
    assertEquals(text(size).strip(), stage.git("show", BRANCH + ":" + DATA));
    assertEquals("people's", stage.git("show", BRANCH + ":README.md"));
  }

  private static void equal(ProposalStage stage) {
    var run = stage.run();
    assertInstanceOf(Outcome.Equal.class, run.outcome(), run::toString);
    assertEquals(Map.of(), run.work().problems());
  }

  private static String text(int size) {
    return "{\n  \"one\": {\n    \"size\": " + size + "\n  }\n}\n";
  }
}
