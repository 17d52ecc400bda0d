package dev.syncline.server.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.syncline.server.endpoint.jsonapi.SourceServer;
import dev.syncline.server.forge.testforge.TestForge;
import dev.syncline.server.ledger.NativeGit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code reference sync} says, what it needs, and what it keeps its hands off. */
final class ReferenceAnswersTest {

  private static final String FILE = "birds.yaml";

  @TempDir Path folder;
  private SourceServer source;
  private TestForge forge;
  private Desk desk;
  private String text;

  @BeforeEach
  void start() throws IOException {
    source = new SourceServer();
    source.serve("birds", "{\"lark\": {\"size\": 5}}");
    source.serve("tools", "{\"saw\": {}}");
    forge = TestForge.gitHub(folder.resolve("forge"), InstantSource.system());
    forge.commit(
        "main",
        "first",
        Map.of(
            "birds.json",
            "{\"lark\": {\"size\": 1}}\n",
            "tools.json",
            "{\"saw\": {}}\n",
            "README.md",
            "ours\n"));
    Files.createDirectories(folder.resolve("desk"));
    desk = new Desk(folder.resolve("desk"));
    Files.writeString(token(), TestForge.TOKEN);
    text =
        """
        links:
          github:
            git: %s
            token-file: %s
            pull-request: {forge: github}
          catalogue:
            json-api: %s
            categories: {birds: {}, tools: {}}
        """
            .formatted(forge.url(), token(), source.base());
    Files.writeString(folder.resolve("desk").resolve(FILE), text);
  }

  @AfterEach
  void stop() {
    desk.close();
    forge.close();
    source.close();
  }

  @Test
  void eachLinkSaysWhatHappened() {
    assertEquals(
        """
        birds: github: 2 files came in from REPOSITORY main; opened PULL
        birds: catalogue: 1 file came in from SOURCE
        """,
        said(sync()));
    assertEquals(
        """
        birds: github: proposed in PULL
        birds: catalogue: nothing to do
        """,
        said(sync()));
    source.serve("birds", "{\"lark\": {\"size\": 7}}");
    source.serve("tools", SourceServer.Reply.status(503));
    String third = said(sync());
    assertTrue(
        third.startsWith(
            """
            birds: github: updated PULL
            birds: catalogue: 1 file came in from SOURCE; 1 file could not be looked at or written
                tools.json:\
            """),
        third);
    source.serve("birds", "{\"lark\": {\"size\": 1}}");
    source.serve("tools", "{\"saw\": {}}");
    assertEquals(
        """
        birds: github: closed PULL, since nothing differs
        birds: catalogue: 1 file came in from SOURCE
        """,
        said(sync()));
  }

  @Test
  void withoutASecretNothingIsBegun() throws IOException {
    Files.delete(token());
    Desk.Ended said = sync();
    assertEquals(4, said.code().number(), said::toString);
    assertEquals(
        "syncline: link github: token-file: can't read the secret in " + token() + "\n",
        said.err());
    assertEquals(List.of(), source.asked("birds"));
    assertFalse(Files.exists(folder.resolve("desk/data/workspaces/birds")));
    Files.writeString(token(), "\n");
    assertEquals(4, sync().code().number());
  }

  @Test
  void theSourcesSecretIsNeededEvenToLook() throws IOException {
    Files.writeString(
        folder.resolve("desk").resolve(FILE), text + "    token-file: /nowhere/catalogue\n");
    Desk.Ended said = sync("--dry-run");
    assertEquals(4, said.code().number(), said::toString);
    assertTrue(
        said.err().contains("link catalogue: token-file: can't read the secret in /nowhere/cat"),
        said::toString);
    assertEquals(List.of(), source.asked("birds"));
  }

  @Test
  void toLookAtAPublicRepositoryNoSecretIsNeeded() throws IOException {
    forge.publish();
    Files.delete(token());
    Desk.Ended said = sync("--dry-run");
    assertEquals(2, said.code().number(), said::toString);
    assertTrue(said.out().contains("lark"), said::toString);
    assertEquals(4, sync().code().number());
    assertEquals(0, sync("--output-dir", "out").code().number());
  }

  @Test
  void aFileThatIsNewAndAListAreShownByRecordToo() throws IOException {
    source.serve("fish", "{\"eel\": {\"size\": 1}}");
    source.serve("list", "[{\"nr\": 7, \"x\": 1}, {\"nr\": 8, \"x\": 1}]");
    forge.commit("main", "a list", Map.of("list.json", "[{\"nr\": 7, \"x\": 2}]\n"));
    Files.writeString(
        folder.resolve("desk").resolve(FILE),
        text.replace("tools: {}", "tools: {}, fish: {}, list: {id: nr}"));
    Desk.Ended said = sync("--dry-run");
    assertEquals(2, said.code().number(), said::toString);
    assertEquals(
        """
        birds: 0 added, 0 removed, 1 modified
          ~ lark
              /size  1 → 5
        fish: 1 added, 0 removed, 0 modified
          + eel
        list: 1 added, 0 removed, 1 modified
          + 8
          ~ 7
              /x  2 → 1
        Drift in 3 of 3 categories: 2 added, 0 removed, 2 modified.
        """,
        said.out());
  }

  @Test
  void theLinkSeesTheCategoriesAndNothingElse() {
    assertEquals(0, sync().code().number());
    Path ledger = folder.resolve("desk/data/workspaces/birds/ledger.git");
    assertEquals(
        "birds.json\ntools.json",
        NativeGit.git(ledger, "ls-tree", "-r", "--name-only", "refs/heads/main"));
  }

  @Test
  void aFolderForOneRunIsNoPartOfTheWorkspace() throws IOException {
    assertEquals(0, sync("--output-dir", "out").code().number());
    assertEquals(
        text, Files.readString(folder.resolve("desk/data/workspaces/birds/workspace.yaml")));
    assertTrue(Files.exists(folder.resolve("desk/out/before/birds.json")));
    assertEquals(0, forge.pulls().all().size());
    assertEquals(0, sync().code().number());
    assertEquals(1, forge.pulls().all().size());
  }

  @Test
  void whereAServerRunsItProposesAsItsFilesSay() {
    desk.serve();
    Desk.Ended said = sync("--output-dir", "out");
    assertEquals(4, said.code().number(), said::toString);
    assertTrue(said.err().contains("name another --data-dir"), said::toString);
    assertEquals(2, sync("--dry-run").code().number());
  }

  @Test
  void aFolderNeedsSomethingThatIsProposed() throws IOException {
    Files.writeString(
        folder.resolve("desk").resolve(FILE), text.replace("pull-request: {forge: github}", ""));
    Desk.Ended said = sync("--dry-run");
    assertEquals(4, said.code().number(), said::toString);
    assertTrue(said.err().contains("has no git link with pull-request"), said::toString);
  }

  private Path token() {
    return folder.resolve("desk/token");
  }

  private Desk.Ended sync(String... more) {
    var all = new ArrayList<>(List.of("reference", "sync", "--workspace-file", FILE));
    all.addAll(List.of(more));
    return desk.run(all.toArray(String[]::new));
  }

  private String said(Desk.Ended ended) {
    return ended
        .out()
        .replaceAll("http\\S+/pull/1", "PULL")
        .replace(forge.url(), "REPOSITORY")
        .replace(source.base().toString(), "SOURCE");
  }
}
