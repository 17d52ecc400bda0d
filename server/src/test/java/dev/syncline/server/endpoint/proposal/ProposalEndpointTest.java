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
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A pull request that lives: with real Git, on each kind of forge. */
final class ProposalEndpointTest {

  private static final String DATA = "models.json";
  private static final String ONE = text("1", "1");
  private static final String TWO = text("2", "1");
  private static final String BRANCH = "sync/data";

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void driftIsOnePullRequestThatFollowsIt(ForgeKind kind) {
    try (var stage = new ProposalStage(folder, kind, Map.of(DATA, ONE, "image.bin", "pixels"))) {
      equal(stage.run());
      assertEquals(ONE, stage.ledger(DATA));
      stage.sourceSays(DATA, TWO);
      Run run = equal(stage.run());
      assertEquals(1, run.work().reply().proposed());
      TestPull pull = stage.onlyPull();
      assertTrue(pull.isOpen);
      assertTrue(
          pull.body.contains("<code>/size</code>: <code>1</code> → <code>2</code>"), pull.body);
      assertEquals("M\tmodels.json", stage.git("diff", "--name-status", "main", BRANCH));
      assertEquals(TWO.strip(), stage.git("show", BRANCH + ":" + DATA));

      stage.sourceSays(DATA, text("3", "1"));
      equal(stage.run());
      assertEquals(1, stage.pulls().size());
      assertTrue(stage.onlyPull().body.contains("<code>3</code>"), stage.onlyPull().body);
      assertEquals("2", stage.git("rev-list", "--count", "main.." + BRANCH));

      stage.forge().pulls().squash(pull.number);
      equal(stage.run());
      assertEquals(text("3", "1"), stage.ledger(DATA));
      assertEquals(0, equal(stage.run()).work().reply().proposed());
      assertEquals(1, stage.pulls().size());
      NativeGit.mustBeSound(stage.forge().repository().path());
    }
  }

  @ParameterizedTest
  @EnumSource
  void tenRunsWithoutNewsLeaveNoTrace(ForgeKind kind) {
    try (var stage = new ProposalStage(folder, kind, Map.of(DATA, ONE))) {
      stage.run();
      stage.sourceSays(DATA, TWO);
      stage.run();
      String tip = stage.git("rev-parse", BRANCH);
      String ledger = stage.version();
      for (int i = 0; i < 10; i++) {
        equal(stage.run());
      }
      assertEquals(tip, stage.git("rev-parse", BRANCH));
      assertEquals(ledger, stage.version());
      assertEquals(1, stage.pulls().size());
      assertEquals(List.of(), stage.onlyPull().comments);
    }
  }

  @ParameterizedTest
  @EnumSource
  void requestsAreFew(ForgeKind kind) {
    try (var stage = new ProposalStage(folder, kind, Map.of(DATA, ONE))) {
      stage.run();
      stage.forge().forgetRequests();
      stage.run();
      assertTrue(stage.requests() <= 3, () -> "without drift: " + stage.listed());
      stage.sourceSays(DATA, TWO);
      stage.forge().forgetRequests();
      stage.run();
      assertTrue(stage.requests() <= 15, () -> "with drift: " + stage.listed());
      stage.forge().forgetRequests();
      stage.run();
      assertTrue(stage.requests() <= 3, () -> "proposed already: " + stage.listed());
    }
  }

  @ParameterizedTest
  @EnumSource
  void closesItselfWhenNothingDiffers(ForgeKind kind) {
    try (var stage = new ProposalStage(folder, kind, Map.of(DATA, ONE))) {
      stage.run();
      stage.sourceSays(DATA, TWO);
      stage.run();
      stage.sourceSays(DATA, ONE);
      equal(stage.run());
      assertTrue(!stage.onlyPull().isOpen);
      assertEquals(1, stage.onlyPull().comments.size());
      assertEquals("", stage.git("for-each-ref", "refs/heads/" + BRANCH));
      equal(stage.run());
      assertEquals(1, stage.onlyPull().comments.size());
    }
  }

  @ParameterizedTest
  @EnumSource
  void declinedOnceIsDeclinedUntilTheDataChange(ForgeKind kind) {
    try (var stage = new ProposalStage(folder, kind, Map.of(DATA, ONE))) {
      stage.run();
      stage.sourceSays(DATA, TWO);
      stage.run();
      stage.forge().pulls().close(stage.onlyPull().number);
      Run run = equal(stage.run());
      assertEquals(1, stage.pulls().size());
      assertTrue(run.work().reply().notes().toString().contains("people closed"), run::toString);
      stage.sourceSays(DATA, text("4", "1"));
      equal(stage.run());
      assertEquals(2, stage.pulls().size());
      assertTrue(stage.pulls().getLast().isOpen);
    }
  }

  @ParameterizedTest
  @EnumSource
  void commitsOfPeopleOnTheBranchStay(ForgeKind kind) {
    try (var stage = new ProposalStage(folder, kind, Map.of(DATA, ONE))) {
      stage.run();
      stage.sourceSays(DATA, TWO);
      stage.run();
      stage.forge().commit(BRANCH, "better", Map.of(DATA, text("2", "7")));
      String theirs = stage.git("rev-parse", BRANCH);
      stage.sourceSays(DATA, text("5", "1"));
      equal(stage.run());
      equal(stage.run());
      assertEquals(theirs, stage.git("rev-parse", BRANCH));
      assertEquals(1, stage.onlyPull().comments.size(), stage.onlyPull().comments::toString);
      assertTrue(stage.onlyPull().isOpen);
    }
  }

  @ParameterizedTest
  @EnumSource
  void somebodyWhoPushesInTheMiddleIsNotOverwritten(ForgeKind kind) {
    try (var stage = new ProposalStage(folder, kind, Map.of(DATA, ONE))) {
      stage.run();
      stage.sourceSays(DATA, TWO);
      stage.run();
      stage.sourceSays(DATA, text("5", "1"));
      stage
          .forge()
          .trouble(
              "service=git-receive-pack",
              Fault.meanwhile(
                  () -> stage.forge().commit(BRANCH, "better", Map.of(DATA, text("2", "7")))));
      assertInstanceOf(Outcome.Again.class, stage.run().outcome());
      equal(stage.run());
      assertEquals(text("2", "7").strip(), stage.git("show", BRANCH + ":" + DATA));
      assertEquals(1, stage.onlyPull().comments.size());
    }
  }

  @ParameterizedTest
  @EnumSource
  void editsOnTheBaseAreTakenInAndKept(ForgeKind kind) {
    try (var stage = new ProposalStage(folder, kind, Map.of(DATA, ONE))) {
      stage.run();
      stage.sourceSays(DATA, TWO);
      stage.run();
      stage.forge().commit("main", "a better note", Map.of(DATA, text("1", "9")));
      equal(stage.run());
      assertEquals(text("2", "9"), stage.ledger(DATA));
      assertEquals(text("2", "9").strip(), stage.git("show", BRANCH + ":" + DATA));
      String history = stage.inLedger("log", "--format=%s by %an");
      assertTrue(history.contains("a better note by Anna"), history);
      stage.forge().pulls().merge(stage.onlyPull().number);
      equal(stage.run());
      assertEquals(text("2", "9").strip(), stage.git("show", "main:" + DATA));
    }
  }

  @ParameterizedTest
  @EnumSource
  void anotherSynclineGoesOnWhereThisOneStopped(ForgeKind kind) {
    try (var stage = new ProposalStage(folder, kind, Map.of(DATA, ONE))) {
      stage.run();
      stage.sourceSays(DATA, TWO);
      // The branch is there, and then the process dies.
      stage.forge().trouble("POST", Fault.answer(404, "Not Found"));
      assertTrue(!(stage.run().outcome() instanceof Outcome.Equal));
      stage.startAnew();
      equal(stage.run());
      assertTrue(stage.onlyPull().isOpen);
      assertEquals("1", stage.git("rev-list", "--count", "main.." + BRANCH));
    }
  }

  private static Run equal(Run run) {
    assertInstanceOf(Outcome.Equal.class, run.outcome(), run::toString);
    assertEquals(Map.of(), run.work().problems());
    return run;
  }

  private static String text(String size, String note) {
    return """
    {
        "one": {
            "size": %s,
            "note": %s
        },
        "two": {
            "size": 2,
            "note": 2
        }
    }
    """
        .formatted(size, note);
  }
}
