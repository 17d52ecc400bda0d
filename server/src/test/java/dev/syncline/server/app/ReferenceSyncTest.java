package dev.syncline.server.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.syncline.server.endpoint.jsonapi.SourceServer;
import dev.syncline.server.forge.testforge.TestPull;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reference data from an API to a pull request, by one command, over real HTTP and real Git. */
final class ReferenceSyncTest {

  /** With tabs, line ends of Windows, and escapes. */
  private static final String IN_GIT =
      """
      {
      \t"one": {
      \t\t"size": 1,
      \t\t"by": "\\u00e4"
      \t},
      \t"two": {
      \t\t"size": 2
      \t}
      }
      """
          .replace("\n", "\r\n");

  private static final String PROPOSED =
      """
      {
      \t"one": {
      \t\t"size": 5,
      \t\t"by": "\\u00e4"
      \t},
      \t"two": {
      \t\t"size": 2
      \t},
      \t"three": {
      \t\t"size": 3
      \t}
      }
      """
          .replace("\n", "\r\n");

  private static final String AT_SOURCE =
      "{\"one\": {\"size\": 5, \"by\": \"ä\"}, \"two\": {\"size\": 2}, \"three\": {\"size\": 3}}";

  private static final String BLIP = "{\"b\": {\"x\": 1}}\n";

  @TempDir Path folder;
  private ReferenceStage stage;

  @BeforeEach
  void start() throws IOException {
    stage = new ReferenceStage(folder, Map.of("clip.json", IN_GIT, "blip.json", BLIP));
    stage.source.serve("clip", AT_SOURCE);
    stage.source.serve("blip", BLIP);
  }

  @AfterEach
  void stop() {
    stage.close();
  }

  @Test
  void driftBecomesOnePullRequestInTheLayoutThatIsThere() {
    stage.mustSync();
    stage.mustSync();
    TestPull pull = stage.onlyPull();
    assertTrue(pull.isOpen);
    assertEquals(PROPOSED.strip(), stage.git("show", "sync/data:clip.json"));
    assertTrue(pull.body.contains("added <code>three</code>"), pull.body);
  }

  @Test
  void aCategoryWithFewDifferencesIsWaitedFor() throws IOException {
    stage.configure(file -> file.replace("clip: {}", "clip: {fewest: 3}"));
    String said = stage.mustSync();
    assertEquals(0, stage.pulls());
    assertTrue(said.contains("clip.json: 2 records differ, and 3 are waited for"), said);
    stage.source.serve("blip", BLIP.replace("1", "7"));
    stage.mustSync();
    assertEquals(1, stage.pulls());
    assertEquals(
        PROPOSED.strip(),
        stage.git("show", "sync/data:clip.json"),
        "what is opened has the whole drift");
  }

  @Test
  void whatPeopleEditComesHomeIfItShall() throws IOException {
    Path offer = folder.resolve("desk/offer.json");
    stage.configure(file -> file + "    offer:\n      file: " + offer + "\n");
    stage.mustSync();
    assertFalse(Files.exists(offer), "what only the source says is no edit");
    stage.forge.commit("main", "a better name", Map.of("blip.json", BLIP.replace("1", "7")));
    stage.mustSync();
    assertEquals(
        """
        {
        "blip": {
        "added": {},
        "changed": {
        "b": {"fields": [
        {"path": "/x", "source": 1, "git": 7}
        ], "record": {"x": 7}}
        },
        "removed": []}
        }
        """,
        Files.readString(offer));
    stage.source.serve("blip", BLIP.replace("1", "7"));
    stage.mustSync();
    assertFalse(Files.exists(offer), "the source says the same now");
  }

  @Test
  void textModelsAreRowsAndWhatFollowsFromThem() throws IOException {
    String header =
        "name,parameters_bn,display_name,url,baseline,description,style,tags,instruct_format,"
            + "settings\r\n";
    String models = header + "ada/one-2b,2,,,,,,,,\r\nada/mine-7b,7,,,,people's,,,,\r\n";
    stage.forge.commit("main", "text", Map.of("models.csv", models, "db.json", "{}\n"));
    stage.source.serve(
        "text",
        """
        {"ada/one-2b": {"name": "ada/one-2b", "model_name": "one-2b", "baseline": "",
          "parameters": 2000000000, "description": "new", "version": "1", "style": "generalist",
          "nsfw": false, "display_name": "one 2b", "tags": ["2B"]}}
        """);
    stage.configure(file ->
        file.replace("include: [", "include: [/models.csv, ")
            .replace("labels:", "derived: {models.csv: horde}\n      labels:")
            .replace("clip: {}", "clip: {}\n      text: {file: models.csv, form: horde-text}"));
    stage.mustSync();
    assertEquals(
        models.replace("ada/one-2b,2,,,,,", "ada/one-2b,2,,,,new,").strip(),
        stage.git("show", "sync/data:models.csv"));
    String database = stage.git("show", "sync/data:db.json");
    assertTrue(database.contains("\"koboldcpp/mine-7b\": {"), database);
    assertTrue(database.contains("\"description\": \"new\""), database);
    stage.mustSync();
    assertEquals(1, stage.pulls());
  }

  @Test
  void aDryRunShowsDriftAndLeavesNothing() {
    Desk.Ended said = stage.sync("--dry-run", "--json");
    assertEquals(2, said.code().number(), said::toString);
    assertTrue(said.out().contains("\"three\""), said::toString);
    assertEquals(0, stage.pulls());
    assertEquals("refs/heads/main", stage.git("for-each-ref", "--format=%(refname)"));
    assertFalse(Files.exists(folder.resolve("desk/data/workspaces/reference")));
  }

  @Test
  void aCategoryThatFailsStopsNoOther() {
    stage.source.serve("blip", SourceServer.Reply.status(503));
    Desk.Ended said = stage.sync();
    assertEquals(3, said.code().number(), said::toString);
    assertEquals(1, stage.pulls());
  }

  @Test
  void filesInPlaceOfAPullRequest() throws IOException {
    Desk.Ended said = stage.sync("--no-pr", "--output-dir", "out");
    assertEquals(0, said.code().number(), said::toString);
    String diff = Files.readString(folder.resolve("desk/out/changes.diff"));
    assertTrue(diff.contains("+\t\t\"size\": 5,"), diff);
    assertEquals(0, stage.pulls());
  }

  @Test
  void aDryRunThatCouldNotLookDoesNotSayThatNothingDiffers() throws IOException {
    Files.delete(folder.resolve("desk/token"));
    Desk.Ended said = stage.sync("--dry-run");
    assertEquals(4, said.code().number(), said::toString);
    assertTrue(said.err().contains("link host: token-file: "), said::toString);
    assertEquals("", said.out());
  }

  @Test
  void codesSayWhatFailed() {
    assertEquals(4, stage.desk.run("reference", "sync").code().number());
    assertEquals(
        4, stage.desk.run("reference", "sync", "--workspace-file", "gone.yaml").code().number());
    stage.source.serve("clip", SourceServer.Reply.status(503));
    stage.source.serve("blip", SourceServer.Reply.status(503));
    Desk.Ended said = stage.sync();
    assertEquals(5, said.code().number(), said::toString);
  }
}
