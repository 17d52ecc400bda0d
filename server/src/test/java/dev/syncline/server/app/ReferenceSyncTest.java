package dev.syncline.server.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.syncline.server.endpoint.jsonapi.SourceServer;
import dev.syncline.server.forge.testforge.TestForge;
import dev.syncline.server.forge.testforge.TestPull;
import dev.syncline.server.ledger.NativeGit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
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
  private SourceServer source;
  private TestForge forge;
  private Desk desk;

  @BeforeEach
  void start() throws IOException {
    source = new SourceServer();
    source.serve("clip", AT_SOURCE);
    source.serve("blip", BLIP);
    forge = TestForge.gitHub(folder.resolve("forge"), InstantSource.system());
    forge.repository().git("config", "uploadpack.allowFilter", "true");
    forge.commit("main", "first", Map.of("clip.json", IN_GIT, "blip.json", BLIP));
    Files.createDirectories(folder.resolve("desk"));
    desk = new Desk(folder.resolve("desk"));
    Files.writeString(folder.resolve("desk/token"), TestForge.TOKEN);
    Files.writeString(
        folder.resolve("desk/reference.yaml"),
        """
        author: Bot <bot@example.org>
        links:
          github:
            git: %s
            token-file: %s
            include: [/clip.json, /blip.json]
            pull-request: # never push to the branch itself
              forge: github
              branch: sync/data
              source: The catalogue
              labels: [automated]
          source:
            json-api: %s
            categories:
              clip: {}
              blip: {}
        """
            .formatted(forge.url(), folder.resolve("desk/token"), source.base()));
  }

  @AfterEach
  void stop() {
    desk.close();
    forge.close();
    source.close();
  }

  @Test
  void driftBecomesOnePullRequestInTheLayoutThatIsThere() {
    assertEquals(0, sync().code().number());
    assertEquals(0, sync().code().number());
    assertEquals(1, forge.pulls().all().size());
    TestPull pull = forge.pulls().all().getFirst();
    assertTrue(pull.isOpen);
    assertEquals(PROPOSED.strip(), git("show", "sync/data:clip.json"));
    assertTrue(pull.body.contains("added <code>three</code>"), pull.body);
  }

  @Test
  void whatPeopleEditComesHomeIfItShall() throws IOException {
    Path file = folder.resolve("desk/reference.yaml");
    Path offer = folder.resolve("desk/offer.json");
    Files.writeString(file, Files.readString(file) + "    offer:\n      file: " + offer + "\n");
    assertEquals(0, sync().code().number());
    assertFalse(Files.exists(offer), "what only the source says is no edit");
    forge.commit("main", "a better name", Map.of("blip.json", BLIP.replace("1", "7")));
    assertEquals(0, sync().code().number());
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
    source.serve("blip", BLIP.replace("1", "7"));
    assertEquals(0, sync().code().number());
    assertFalse(Files.exists(offer), "the source says the same now");
  }

  @Test
  void textModelsAreRowsAndWhatFollowsFromThem() throws IOException {
    String header =
        "name,parameters_bn,display_name,url,baseline,description,style,tags,instruct_format,"
            + "settings\r\n";
    String models = header + "ada/one-2b,2,,,,,,,,\r\nada/mine-7b,7,,,,people's,,,,\r\n";
    forge.commit("main", "text", Map.of("models.csv", models, "db.json", "{}\n"));
    source.serve(
        "text",
        """
        {"ada/one-2b": {"name": "ada/one-2b", "model_name": "one-2b", "baseline": "",
          "parameters": 2000000000, "description": "new", "version": "1", "style": "generalist",
          "nsfw": false, "display_name": "one 2b", "tags": ["2B"]}}
        """);
    Path file = folder.resolve("desk/reference.yaml");
    Files.writeString(
        file,
        Files.readString(file)
            .replace("include: [", "include: [/models.csv, ")
            .replace("labels:", "derived: {models.csv: horde}\n      labels:")
            .replace("clip: {}", "clip: {}\n      text: {file: models.csv, form: horde-text}"));
    assertEquals(0, sync().code().number());
    assertEquals(
        models.replace("ada/one-2b,2,,,,,", "ada/one-2b,2,,,,new,").strip(),
        git("show", "sync/data:models.csv"));
    String database = git("show", "sync/data:db.json");
    assertTrue(database.contains("\"koboldcpp/mine-7b\": {"), database);
    assertTrue(database.contains("\"description\": \"new\""), database);
    assertEquals(0, sync().code().number());
    assertEquals(1, forge.pulls().all().size());
  }

  @Test
  void aDryRunShowsDriftAndLeavesNothing() {
    Desk.Ended said =
        desk.run("reference", "sync", "--workspace-file", "reference.yaml", "--dry-run", "--json");
    assertEquals(2, said.code().number(), said::toString);
    assertTrue(said.out().contains("\"three\""), said::toString);
    assertEquals(0, forge.pulls().all().size());
    assertEquals("refs/heads/main", git("for-each-ref", "--format=%(refname)"));
    assertFalse(Files.exists(folder.resolve("desk/data/workspaces/reference")));
  }

  @Test
  void aCategoryThatFailsStopsNoOther() {
    source.serve("blip", SourceServer.Reply.status(503));
    Desk.Ended said = sync();
    assertEquals(3, said.code().number(), said::toString);
    assertEquals(1, forge.pulls().all().size());
  }

  @Test
  void filesInPlaceOfAPullRequest() throws IOException {
    Desk.Ended said =
        desk.run(
            "reference",
            "sync",
            "--workspace-file",
            "reference.yaml",
            "--no-pr",
            "--output-dir",
            "out");
    assertEquals(0, said.code().number(), said::toString);
    String diff = Files.readString(folder.resolve("desk/out/changes.diff"));
    assertTrue(diff.contains("+\t\t\"size\": 5,"), diff);
    assertEquals(0, forge.pulls().all().size());
  }

  @Test
  void aDryRunThatCouldNotLookDoesNotSayThatNothingDiffers() throws IOException {
    Files.delete(folder.resolve("desk/token"));
    Desk.Ended said =
        desk.run("reference", "sync", "--workspace-file", "reference.yaml", "--dry-run");
    assertEquals(4, said.code().number(), said::toString);
    assertTrue(said.err().contains("link github: token-file: "), said::toString);
    assertEquals("", said.out());
  }

  @Test
  void codesSayWhatFailed() {
    assertEquals(4, desk.run("reference", "sync").code().number());
    assertEquals(4, desk.run("reference", "sync", "--workspace-file", "gone.yaml").code().number());
    source.serve("clip", SourceServer.Reply.status(503));
    source.serve("blip", SourceServer.Reply.status(503));
    Desk.Ended said = sync();
    assertEquals(5, said.code().number(), said::toString);
  }

  private Desk.Ended sync() {
    return desk.run("reference", "sync", "--workspace-file", "reference.yaml");
  }

  private String git(String... arguments) {
    return NativeGit.git(forge.repository().path(), arguments);
  }
}
