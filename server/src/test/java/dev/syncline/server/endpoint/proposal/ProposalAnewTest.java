package dev.syncline.server.endpoint.proposal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.syncline.core.plan.Outcome;
import dev.syncline.core.plan.Run;
import dev.syncline.server.forge.ForgeKind;
import dev.syncline.server.forge.testforge.Fault;
import dev.syncline.server.forge.testforge.TestPull;
import dev.syncline.server.ledger.NativeGit;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** When the branch of proposals begins anew, ends, or stays as it is. */
final class ProposalAnewTest {

  private static final String DATA = "models.json";
  private static final String BRANCH = TestSyncline.BRANCH;

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void aBranchThatWasMergedIsFreeAgainWhoeverCommittedToIt(ForgeKind kind) {
    try (var stage = stage(kind)) {
      for (int time = 1; time <= 2; time++) {
        says(stage, text(10 * time, time));
        stage.forge().commit(BRANCH, "better", Map.of(DATA, text(10 * time, 1 + time)));
        TestPull pull = stage.pulls().getLast();
        if (time == 1) {
          stage.forge().pulls().squash(pull.number);
        } else {
          stage.forge().pulls().merge(pull.number);
        }
        assertEquals(0, equal(stage).work().reply().proposed());
        assertEquals(text(10 * time, 1 + time), stage.ledger(DATA));
        assertEquals(time, stage.pulls().size());
      }
      says(stage, text(50, 3));
      assertEquals(3, stage.pulls().size());
      assertTrue(stage.pulls().getLast().isOpen);
      assertEquals("1", stage.git("rev-list", "--count", "main.." + BRANCH));
      NativeGit.mustBeSound(stage.forge().repository().path());
    }
  }

  @Test
  void alsoForAnApp() {
    try (var stage = ProposalStage.app(folder, Map.of(DATA, text(1, 1)))) {
      equal(stage);
      says(stage, text(2, 1));
      stage.forge().commit(BRANCH, "better", Map.of(DATA, text(2, 2)));
      stage.forge().pulls().squash(stage.onlyPull().number);
      equal(stage);
      says(stage, text(3, 2));
      assertEquals(2, stage.pulls().size());
      assertEquals("1", stage.git("rev-list", "--count", "main.." + BRANCH));
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatSomebodyAddedAfterTheMergeIsLeftToThem(ForgeKind kind) {
    try (var stage = stage(kind)) {
      says(stage, text(2, 1));
      stage.forge().pulls().squash(stage.onlyPull().number);
      stage.forge().commit(BRANCH, "one more thing", Map.of(DATA, text(2, 7)));
      String theirs = stage.git("rev-parse", BRANCH);
      Run run = says(stage, text(3, 1));
      assertTrue(
          run.work().reply().notes().toString().contains("nothing can be proposed"), run::toString);
      assertEquals(theirs, stage.git("rev-parse", BRANCH));
      assertEquals(1, stage.pulls().size());
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatPeopleCommittedAndDeclinedIsLeftToThem(ForgeKind kind) {
    try (var stage = stage(kind)) {
      says(stage, text(2, 1));
      stage.forge().commit(BRANCH, "better", Map.of(DATA, text(2, 7)));
      String theirs = stage.git("rev-parse", BRANCH);
      stage.forge().pulls().close(stage.onlyPull().number);
      Run run = says(stage, text(3, 1));
      assertTrue(
          run.work().reply().notes().toString().contains("nothing can be proposed"), run::toString);
      assertEquals(theirs, stage.git("rev-parse", BRANCH));
    }
  }

  @ParameterizedTest
  @EnumSource
  void aBranchThatWasLeftWhenItsRequestWasClosedIsRemoved(ForgeKind kind) {
    try (var stage = stage(kind)) {
      says(stage, text(2, 1));
      stage.sourceSays(DATA, text(1, 1));
      // It is closed, and then the process dies.
      stage.forge().trouble("service=git-receive-pack", Fault.answer(403, "Forbidden"));
      assertTrue(!(stage.run().outcome() instanceof Outcome.Equal));
      assertTrue(!stage.onlyPull().isOpen);
      assertTrue(!stage.git("for-each-ref", "refs/heads/" + BRANCH).isEmpty());
      stage.startAnew();
      equal(stage);
      assertEquals("", stage.git("for-each-ref", "refs/heads/" + BRANCH));
      assertEquals(1, stage.onlyPull().comments.size());
      stage.forge().forgetRequests();
      equal(stage);
      assertTrue(stage.requests() <= 3, stage::listed);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aBranchThatPeopleDeclinedIsLeft(ForgeKind kind) {
    try (var stage = stage(kind)) {
      says(stage, text(2, 1));
      stage.forge().pulls().close(stage.onlyPull().number);
      says(stage, text(1, 1));
      assertTrue(!stage.git("for-each-ref", "refs/heads/" + BRANCH).isEmpty());
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatWasTakenOutOfTheBaseDoesNotComeBack(ForgeKind kind) {
    try (var stage = stage(kind)) {
      String first = stage.git("rev-parse", "main");
      stage.forge().commit("main", "a secret", Map.of("secret.txt", "1234"));
      String secret = stage.git("rev-parse", "main");
      says(stage, text(2, 1));
      stage.git("merge-base", "--is-ancestor", secret, BRANCH);
      stage.git("update-ref", "refs/heads/main", first);
      stage.forge().commit("main", "something else", Map.of("README.md", "people's"));
      equal(stage);
      assertEquals("1", stage.git("rev-list", "--count", "main.." + BRANCH));
      assertEquals("M\t" + DATA, stage.git("diff", "--name-status", "main", BRANCH));
      assertTrue(stage.onlyPull().isOpen);
      assertEquals(List.of(), stage.onlyPull().comments);
      String tip = stage.git("rev-parse", BRANCH);
      equal(stage);
      assertEquals(tip, stage.git("rev-parse", BRANCH));
    }
  }

  private ProposalStage stage(ForgeKind kind) {
    var stage = new ProposalStage(folder, kind, Map.of(DATA, text(1, 1)));
    equal(stage);
    return stage;
  }

  private static Run says(ProposalStage stage, String text) {
    stage.sourceSays(DATA, text);
    return equal(stage);
  }

  private static Run equal(ProposalStage stage) {
    var run = stage.run();
    assertInstanceOf(Outcome.Equal.class, run.outcome(), run::toString);
    assertEquals(Map.of(), run.work().problems());
    return run;
  }

  private static String text(int size, int note) {
    return """
    {
      "one": {
        "size": %d,
        "note": %d
      }
    }
    """
        .formatted(size, note);
  }
}
