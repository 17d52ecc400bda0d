package dev.syncline.server.endpoint.proposal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.syncline.core.model.FilePath;
import dev.syncline.core.plan.Outcome;
import dev.syncline.server.endpoint.jsonapi.horde.TextModels;
import dev.syncline.server.forge.ForgeKind;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is proposed of files that come, go, follow from others, or differ in a great deal. */
final class ProposalFilesTest {

  private static final String DATA = "models.json";
  private static final String BRANCH = TestSyncline.BRANCH;
  private static final String HEADER =
      "name,parameters_bn,display_name,url,baseline,description,style,tags,instruct_format,settings\n";

  @TempDir Path folder;

  @Test
  void aFileThatFollowsFromAnotherComesChangesAndGoesWithIt() {
    var database = TextModels.database(new FilePath("models.csv"));
    var files = Map.of("README.md", "people's", "db.json", "{}\n");
    try (var stage = new ProposalStage(folder, ForgeKind.GITHUB, files, List.of(database))) {
      equal(stage);
      for (String rows : List.of("a/m,2,,,,,,,,\n", "a/m,3,,,,,,,,\n")) {
        stage.sourceSays("models.csv", HEADER + rows);
        equal(stage);
        assertEquals(
            "M\tdb.json\nA\tmodels.csv", stage.git("diff", "--name-status", "main", BRANCH));
        assertEquals(
            new String(database.derive((HEADER + rows).getBytes(UTF_8)), UTF_8).strip(),
            stage.git("show", BRANCH + ":db.json"));
        String tip = stage.git("rev-parse", BRANCH);
        equal(stage);
        assertEquals(tip, stage.git("rev-parse", BRANCH));
        assertEquals(List.of(), stage.onlyPull().comments);
      }
      stage.forge().pulls().squash(stage.onlyPull().number);
      equal(stage);
      stage.first().sourceSays("models.csv", Optional.empty());
      equal(stage);
      assertEquals("D\tdb.json\nD\tmodels.csv", stage.git("diff", "--name-status", "main", BRANCH));
    }
  }

  @Test
  void filesThatComeAndGo() {
    var files = Map.of(DATA, records(3), "other.json", "{}\n", "README.md", "people's");
    try (var stage = new ProposalStage(folder, ForgeKind.GITHUB, files)) {
      equal(stage);
      stage.sourceSays("new.json", records(1));
      stage.first().sourceSays("other.json", Optional.empty());
      equal(stage);
      assertEquals(
          "A\tnew.json\nD\tother.json", stage.git("diff", "--name-status", "main", BRANCH));
      assertTrue(stage.onlyPull().body.contains("a new file"), stage.onlyPull().body);
      stage.forge().pulls().merge(stage.onlyPull().number);
      equal(stage);
      assertEquals(Optional.empty(), stage.first().file("other.json"));
      assertEquals(1, stage.pulls().size());
    }
  }

  @Test
  void aGreatDealIsCutWhereTheForgeTakesNoMore() {
    try (var stage = new ProposalStage(folder, ForgeKind.GITHUB, Map.of(DATA, records(2_500)))) {
      equal(stage);
      stage.sourceSays(DATA, records(2_500).replace(": {\"size\": ", ": {\"size\": 1"));
      equal(stage);
      String body = stage.onlyPull().body;
      assertTrue(body.length() <= 65_536, () -> body.length() + " characters");
      assertTrue(body.length() > 60_000, () -> body.length() + " characters");
      assertEquals(body.split("<details>", -1).length, body.split("</details>", -1).length);
      assertTrue(body.contains("more than fit in here"), body);
      assertTrue(!Marker.in(body).isEmpty());
    }
  }

  @Test
  void whatIsNotShownCountsToo() {
    try (var stage = new ProposalStage(folder, ForgeKind.GITHUB, Map.of(DATA, records(0)))) {
      equal(stage);
      String many = records(2_500);
      declined(stage, many);
      String last = "\"r2499\": {\"size\": ";
      declined(stage, many.replace(last + "2499", last + "7"));
      assertEquals(2, stage.pulls().size());
    }
  }

  @Test
  void anotherRecordOfTheSameNameIsProposedAgain() {
    try (var stage = new ProposalStage(folder, ForgeKind.GITHUB, Map.of(DATA, records(2)))) {
      equal(stage);
      declined(stage, records(3));
      declined(stage, records(3).replace("\"size\": 2}", "\"size\": 9}"));
      assertEquals(2, stage.pulls().size());
    }
  }

  @Test
  void whatAgreedMeanwhileIsProposedAgain() {
    try (var stage = new ProposalStage(folder, ForgeKind.GITHUB, Map.of(DATA, records(2)))) {
      equal(stage);
      for (int time = 1; time <= 3; time++) {
        stage.sourceSays(DATA, records(3));
        equal(stage);
        assertEquals(time, stage.pulls().size());
        assertTrue(stage.pulls().getLast().isOpen);
        stage.sourceSays(DATA, records(2));
        equal(stage);
        assertTrue(!stage.pulls().getLast().isOpen);
        assertEquals(1, stage.pulls().getLast().comments.size());
      }
    }
  }

  /** Proposed, and closed by somebody. */
  private static void declined(ProposalStage stage, String text) {
    stage.sourceSays(DATA, text);
    equal(stage);
    assertTrue(stage.pulls().getLast().isOpen);
    stage.forge().pulls().close(stage.pulls().getLast().number);
    int count = stage.pulls().size();
    equal(stage);
    assertEquals(count, stage.pulls().size());
  }

  private static void equal(ProposalStage stage) {
    var run = stage.run();
    assertInstanceOf(Outcome.Equal.class, run.outcome(), run::toString);
    assertEquals(Map.of(), run.work().problems());
  }

  private static String records(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "  \"r" + i + "\": {\"size\": " + i + "}")
        .collect(Collectors.joining(",\n", "{\n", "\n}\n"));
  }
}
