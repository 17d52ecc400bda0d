package dev.syncline.server.endpoint.proposal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.syncline.core.plan.Outcome;
import dev.syncline.core.plan.Run;
import dev.syncline.core.port.PullRequests.Company;
import dev.syncline.server.endpoint.proposal.Marker.Added;
import dev.syncline.server.forge.ForgeKind;
import dev.syncline.server.forge.testforge.Fault;
import dev.syncline.server.forge.testforge.TestPull;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Labels and people of a pull request come to it, now or later. */
final class ProposalCompanyTest {

  private static final String DATA = "models.json";

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void allAreAddedWhenItIsOpened(ForgeKind kind) {
    try (var stage = stage(kind, ProposalStage.company(kind))) {
      says(stage, 2);
      assertTrue(stage.requests() <= 15, () -> "opened: " + stage.listed());
      allAreThere(stage, kind);
      says(stage, 2);
      assertTrue(stage.requests() <= 3, () -> "proposed already: " + stage.listed());
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatFailedIsTriedAgainInTheNextRun(ForgeKind kind) {
    String victim = kind == ForgeKind.GITLAB ? "GET /api/v4/users" : "/requested_reviewers";
    try (var stage = stage(kind, ProposalStage.company(kind))) {
      stage.forge().trouble(victim, Fault.answer(404, "Not Found"));
      Run run = says(stage, 2);
      assertTrue(run.work().reply().notes().toString().contains("reviewer ben"), run::toString);
      assertEquals(Set.of(), stage.onlyPull().reviewers);
      assertEquals(Added.NOT_YET, Marker.added(stage.onlyPull().body));
      says(stage, 2);
      assertTrue(stage.requests() <= 15, () -> "again: " + stage.listed());
      allAreThere(stage, kind);
    }
  }

  @ParameterizedTest
  @EnumSource
  void whomTheHostNeverTakesCostsARequestOnlyWhenTheDifferencesAreOthers(ForgeKind kind) {
    var nobody = new Company(List.of("automated"), List.of("ben"), List.of(), List.of("nobody"));
    try (var stage = stage(kind, nobody)) {
      assertTrue(noted(says(stage, 2)));
      assertTrue(noted(says(stage, 2)), "once more, as it may have been a failure that passes");
      String body = stage.onlyPull().body;
      assertEquals(Added.NOT_ALL, Marker.added(body));
      for (int i = 0; i < 3; i++) {
        assertTrue(!noted(says(stage, 2)));
        assertTrue(stage.requests() <= 3, () -> "proposed already: " + stage.listed());
      }
      assertEquals(body, stage.onlyPull().body);
      assertTrue(noted(says(stage, 3)));
      assertTrue(stage.requests() <= 15, () -> "updated: " + stage.listed());
      assertTrue(!noted(says(stage, 3)));
      assertEquals(Set.of("automated"), stage.onlyPull().labels);
      assertEquals(Set.of("ben"), stage.onlyPull().reviewers);
      assertEquals(List.of(), stage.onlyPull().comments);
    }
  }

  @Test
  void whoeverStopsAfterItWasOpenedGoesOn() {
    try (var stage = stage(ForgeKind.GITHUB, ProposalStage.company(ForgeKind.GITHUB))) {
      stage.sourceSays(DATA, text(2));
      // It is opened, but nobody hears of it, and the process dies.
      Runnable deafness =
          () -> stage.forge().trouble("/notes/pulls?", Fault.answer(404, "Not Found"));
      stage
          .forge()
          .trouble(
              "POST /api/v3/repos/anna/notes/pulls",
              victim -> {
                deafness.run();
                Fault.doneButReset().befall(victim);
              });
      assertTrue(!(stage.run().outcome() instanceof Outcome.Equal));
      assertEquals(Set.of(), stage.onlyPull().labels);
      stage.startAnew();
      says(stage, 2);
      allAreThere(stage, ForgeKind.GITHUB);
    }
  }

  @Test
  void whoCommitsMeanwhileIsToldNothingThatTheBodySays() {
    try (var stage = stage(ForgeKind.GITHUB, ProposalStage.company(ForgeKind.GITHUB))) {
      stage.forge().trouble("/labels", Fault.answer(404, "Not Found"));
      says(stage, 2);
      assertEquals(Added.NOT_YET, Marker.added(stage.onlyPull().body));
      stage.forge().commit(TestSyncline.BRANCH, "better", Map.of(DATA, text(7)));
      says(stage, 2);
      assertEquals(List.of(), stage.onlyPull().comments);
    }
  }

  @Test
  void whatPeopleTookAwayStaysAway() {
    try (var stage = stage(ForgeKind.GITHUB, ProposalStage.company(ForgeKind.GITHUB))) {
      says(stage, 2);
      stage.onlyPull().labels.clear();
      says(stage, 3);
      says(stage, 3);
      assertEquals(Set.of(), stage.onlyPull().labels);
    }
  }

  private ProposalStage stage(ForgeKind kind, Company company) {
    var stage = new ProposalStage(folder, kind, Map.of(DATA, text(1)), company);
    says(stage, 1);
    return stage;
  }

  private static void allAreThere(ProposalStage stage, ForgeKind kind) {
    TestPull pull = stage.onlyPull();
    Company company = ProposalStage.company(kind);
    assertEquals(Set.copyOf(company.labels()), pull.labels);
    assertEquals(Set.copyOf(company.reviewers()), pull.reviewers);
    assertEquals(Set.copyOf(company.teams()), pull.teams);
    assertEquals(Set.copyOf(company.assignees()), pull.assignees);
    assertEquals(Added.ALL, Marker.added(pull.body));
  }

  private static boolean noted(Run run) {
    return run.work().reply().notes().toString().contains("assignee nobody");
  }

  private static Run says(ProposalStage stage, int size) {
    stage.sourceSays(DATA, text(size));
    stage.forge().forgetRequests();
    var run = stage.run();
    assertInstanceOf(Outcome.Equal.class, run.outcome(), run::toString);
    assertEquals(Map.of(), run.work().problems());
    return run;
  }

  private static String text(int size) {
    return "{\n  \"one\": {\n    \"size\": " + size + "\n  }\n}\n";
  }
}
