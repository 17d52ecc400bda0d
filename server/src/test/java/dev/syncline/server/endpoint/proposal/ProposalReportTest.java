package dev.syncline.server.endpoint.proposal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.syncline.core.plan.Outcome;
import dev.syncline.core.plan.Run;
import dev.syncline.server.forge.ForgeKind;
import dev.syncline.server.forge.testforge.Fault;
import dev.syncline.server.ledger.NativeGit;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a pull request's body has no room for can be read elsewhere. */
final class ProposalReportTest {

  private static final String DATA = "models.json";
  private static final String BRANCH = TestSyncline.BRANCH;
  private static final String REPORT = "refs/syncline/reports/" + BRANCH;
  private static final int MANY = 2_500;

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void aBodyThatIsCutLinksToAllOfIt(ForgeKind kind) {
    try (var stage = stage(kind)) {
      says(stage, 1);
      assertTrue(stage.requests() <= 15, () -> "opened: " + stage.listed());
      String first = linked(stage, 1);
      says(stage, 1);
      assertTrue(stage.requests() <= 3, () -> "proposed already: " + stage.listed());
      assertEquals(first, linked(stage, 1));

      says(stage, 2);
      assertTrue(stage.requests() <= 15, () -> "updated: " + stage.listed());
      String second = linked(stage, 2);
      assertTrue(!second.equals(first));
      stage.forge().commit("main", "more", Map.of("README.md", "people's"));
      says(stage, 2);
      assertEquals(second, linked(stage, 2), "the same differences are the same report");
      NativeGit.mustBeSound(stage.forge().repository().path());

      says(stage, 0);
      assertTrue(stage.requests() <= 15, () -> "closed: " + stage.listed());
      assertTrue(!stage.onlyPull().isOpen);
      assertEquals("refs/heads/main", stage.git("for-each-ref", "--format=%(refname)"));
    }
  }

  @Test
  void ofAnAppToo() {
    try (var stage = ProposalStage.app(folder, Map.of(DATA, records(0)))) {
      says(stage, 0);
      says(stage, 1);
      assertTrue(stage.requests() <= 15, () -> "opened: " + stage.listed());
      linked(stage, 1);
      says(stage, 2);
      assertTrue(stage.requests() <= 15, () -> "updated: " + stage.listed());
      linked(stage, 2);
      says(stage, 0);
      assertTrue(stage.requests() <= 15, () -> "closed: " + stage.listed());
      assertEquals("refs/heads/main", stage.git("for-each-ref", "--format=%(refname)"));
    }
  }

  @Test
  void whatFitsHasNone() {
    try (var stage = new ProposalStage(folder, ForgeKind.GITHUB, Map.of(DATA, few(0)))) {
      equal(stage);
      stage.sourceSays(DATA, few(1));
      equal(stage);
      assertTrue(!stage.onlyPull().body.contains("report"), stage.onlyPull().body);
      assertEquals("", stage.git("for-each-ref", REPORT));
    }
  }

  @Test
  void aHostThatRefusesItIsAskedAgainOnlyWhenThereIsMoreToSay() {
    try (var stage = stage(ForgeKind.GITHUB)) {
      stage.hook("update", "case $1 in refs/heads/*) exit 0;; esac; echo no such refs; exit 1");
      refused(stage, 1);
      says(stage, 1);
      assertTrue(stage.requests() <= 3, () -> "proposed already: " + stage.listed());
      stage.hook("update", "exit 0");
      says(stage, 1);
      assertEquals("", stage.git("for-each-ref", REPORT));
      says(stage, 2);
      linked(stage, 2);
    }
  }

  @Test
  void aHostThatRefusesAllForOneTakesTheProposal() {
    try (var stage = stage(ForgeKind.GITHUB)) {
      stage.hook("pre-receive", "if grep -q reports; then echo no such refs; exit 1; fi");
      refused(stage, 1);
      refused(stage, 2);
    }
  }

  @Test
  void itIsMadeAgainIfItIsGone() {
    try (var stage = stage(ForgeKind.GITHUB)) {
      says(stage, 1);
      String report = linked(stage, 1);
      stage.git("update-ref", "-d", REPORT);
      says(stage, 1);
      assertEquals(report, linked(stage, 1));
    }
  }

  @Test
  void anotherSynclineMakesTheSame() {
    try (var stage = stage(ForgeKind.GITHUB)) {
      assertInstanceOf(Outcome.Equal.class, stage.second().run().outcome());
      says(stage, 1);
      String report = linked(stage, 1);
      String body = stage.onlyPull().body;
      stage.second().sourceSays(DATA, Optional.of(records(1)));
      stage.forge().forgetRequests();
      assertInstanceOf(Outcome.Equal.class, stage.second().run().outcome());
      assertTrue(!stage.listed().contains("receive-pack"), stage::listed);
      assertEquals(report, linked(stage, 1));
      assertEquals(body, stage.onlyPull().body);
    }
  }

  @Test
  void whoeverStopsInTheMiddleGoesOn() {
    try (var stage = stage(ForgeKind.GITHUB)) {
      says(stage, 0);
      stage.sourceSays(DATA, records(1));
      // Both are pushed, and then the process dies.
      stage.forge().trouble("POST /api", Fault.answer(404, "Not Found"));
      assertTrue(!(stage.run().outcome() instanceof Outcome.Equal));
      stage.startAnew();
      says(stage, 1);
      assertTrue(!stage.listed().contains("receive-pack"), stage::listed);
      linked(stage, 1);
    }
  }

  private ProposalStage stage(ForgeKind kind) {
    var stage = new ProposalStage(folder, kind, Map.of(DATA, records(0)));
    equal(stage);
    return stage;
  }

  @Test
  void afterEachTroubleOfThePushItIsThere() {
    var troubles =
        List.of(
            Fault.answer(502, "Bad Gateway"),
            Fault.doneBut(503),
            Fault.reset(),
            Fault.doneButReset());
    try (var stage = stage(ForgeKind.GITHUB)) {
      int add = 0;
      for (Fault trouble : troubles) {
        stage.forge().trouble("POST /anna/notes.git/git-receive-pack", trouble);
        stage.sourceSays(DATA, records(++add));
        stage.run();
        stage.clock().move(Duration.ofMinutes(20));
        says(stage, add);
        assertTrue(stage.forge().isCalm());
        linked(stage, add);
      }
    }
  }

  /** The commit that the body links to, which has all that differs. */
  private static String linked(ProposalStage stage, int add) {
    String commit = stage.git("rev-parse", REPORT);
    String body = stage.onlyPull().body;
    String link = "[the full report](" + stage.forge().url().replaceFirst("\\.git$", "") + "/";
    assertTrue(body.contains(link), body);
    assertTrue(body.contains(commit + "/report.md)"), body);
    assertEquals("report.md", stage.git("ls-tree", "-r", "--name-only", commit));
    assertEquals("1", stage.git("rev-list", "--count", commit));
    List<String> lines = stage.git("show", commit + ":report.md").lines().toList();
    assertTrue(
        lines.containsAll(
            IntStream.range(0, MANY)
                .mapToObj(i -> "      /size: " + i + " → " + (i + add))
                .toList()),
        () -> String.join("\n", lines));
    return commit;
  }

  private static void refused(ProposalStage stage, int add) {
    Run run = says(stage, add);
    assertTrue(run.work().reply().notes().toString().contains("no such refs"), run::toString);
    String body = stage.onlyPull().body;
    assertTrue(body.contains("all of it is under “Files changed”"), body);
    assertTrue(!body.contains("the full report"), body);
    assertEquals("", stage.git("for-each-ref", REPORT));
    assertEquals(records(add).strip(), stage.git("show", BRANCH + ":" + DATA));
  }

  private static Run says(ProposalStage stage, int add) {
    stage.sourceSays(DATA, records(add));
    stage.forge().forgetRequests();
    return equal(stage);
  }

  private static Run equal(ProposalStage stage) {
    var run = stage.run();
    assertInstanceOf(Outcome.Equal.class, run.outcome(), run::toString);
    assertEquals(Map.of(), run.work().problems());
    return run;
  }

  private static String records(int add) {
    return text(MANY, add);
  }

  private static String few(int add) {
    return text(20, add);
  }

  private static String text(int count, int add) {
    return IntStream.range(0, count)
        .mapToObj(i -> "  \"r" + i + "\": {\"size\": " + (i + add) + "}")
        .collect(Collectors.joining(",\n", "{\n", "\n}\n"));
  }
}
