package dev.syncline.server.app;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.syncline.server.endpoint.relay.RelayCounts;
import dev.syncline.server.endpoint.relay.RelayFault;
import dev.syncline.server.endpoint.relay.RelayHook;
import dev.syncline.server.endpoint.relay.RelayId;
import dev.syncline.server.endpoint.relay.RelayPeer;
import dev.syncline.server.endpoint.relay.RelayUser;
import dev.syncline.server.ledger.NativeGit;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A shared folder of a Relay Server whose documents are real Yjs documents, a running server that
 * gets its webhooks, a repository with a checkout, and a remote repository.
 */
final class RelayTest {

  private static final String SECRET = "a shared secret";

  @TempDir Path folder;
  private RelayPeer peer;
  private RelayUser ada;
  private RelayUser bob;
  private RelayId shared;
  private Desk desk;
  private Path origin;

  @BeforeEach
  void start() {
    NativeGit.need("git");
    peer = RelayPeer.start();
    ada = peer.user("ada-id");
    bob = peer.user("bob-id");
    shared = peer.folder();
    origin = folder.resolve("origin.git");
    NativeGit.git(folder, "init", "-q", "--bare", "-b", "main", origin.toString());
    desk =
        new Desk(
                folder,
                Map.of(
                    "RELAY_SERVER_URL",
                    peer.url().toString(),
                    "RELAY_SERVER_API_KEY",
                    peer.readKey().value(),
                    "WEBHOOK_SECRET",
                    SECRET))
            .serve();
    peer.webhooks(RelayHook.to(URI.create(desk.address() + "/webhooks"), SECRET));
  }

  @AfterEach
  void stop() {
    desk.close();
    peer.close();
  }

  @Test
  void whatPeopleTypeBecomesCommitsUnderTheirNames() throws IOException {
    RelayId note = ada.note(shared, "/Ideas/Plan.md", "one\n");
    follow("");
    await(() -> read("Ideas/Plan.md").equals("one\n"));
    bob.insert(note, 4, "two\n");
    await(() -> read("Ideas/Plan.md").equals("one\ntwo\n"));
    await(() -> remote("Ideas/Plan.md").equals("one\ntwo"));
    assertEquals("Bob <bob@example.org>", git("log", "-1", "--format=%an <%ae>").strip());
    assertEquals("Update Ideas/Plan.md", git("log", "-1", "--format=%s").strip());
    await(() -> git("status", "--porcelain").isEmpty());
    NativeGit.mustBeSound(repository());
  }

  @Test
  void severalTypistsShareACommit() throws IOException {
    RelayId note = ada.note(shared, "/a.md", "-");
    follow("quiet: 1s");
    await(() -> git("ls-files").contains("a.md"));
    ada.insert(note, 0, "A");
    bob.insert(note, 1, "B");
    await(() -> read("a.md").equals("AB-"));
    assertEquals("Ada <ada@example.org>", git("log", "-1", "--format=%an <%ae>").strip());
    assertTrue(git("log", "-1", "--format=%B").contains("Co-authored-by: Bob <bob@example.org>"));
  }

  @Test
  void oneNoteOfManyIsOneDocument() throws IOException {
    List<RelayId> notes = peer.seed(shared, 300, 50);
    follow("");
    await(() -> git("ls-files").lines().count() == 300);
    peer.resetCounts();
    ada.insert(notes.get(7), 0, "changed ");
    await(() -> git("log", "--format=%s").lines().count() == 2);
    // Two webhooks come of it: who a new user is, the server notes first.
    RelayCounts counts = peer.counts();
    assertEquals(counts.requests("as-update", notes.get(7)), counts.requests("as-update"));
    assertTrue(counts.requests("as-update") <= 2, "once for each webhook at most");
    peer.resetCounts();
    ada.note(shared, "/new.md", "fresh");
    await(() -> read("new.md").equals("fresh"));
    assertTrue(peer.counts().requests("as-update") <= 4, "the folder and the note, twice at most");
  }

  @Test
  void aMoveIsAMoveAndADeletionNeedsTwoLooks() throws IOException {
    ada.note(shared, "/a.md", "stays with its text, which is long enough to be known again\n");
    ada.note(shared, "/b.md", "goes\n");
    ada.note(shared, "/c.md", "stays\n");
    follow("");
    await(() -> git("ls-files").lines().count() == 3);
    ada.rename(shared, "/a.md", "/moved/a.md");
    await(() -> git("ls-files").contains("moved/a.md"));
    assertEquals(
        "R100\ta.md\tmoved/a.md", git("log", "-1", "-M", "--format=", "--name-status").strip());
    ada.delete(shared, "/b.md");
    await(() -> !git("ls-files").contains("b.md"));
    assertFalse(Files.exists(repository().resolve("b.md")));
    assertTrue(Files.exists(repository().resolve("c.md")));
  }

  @Test
  void canvasesAndAttachmentsAreFilesToo() throws IOException {
    ada.canvas(
        shared,
        "/Map.canvas",
        List.of(
            Map.of("id", "b", "type", "text", "x", 100, "y", 0.5, "text", "old"),
            Map.of("id", "a", "type", "text", "x", -1, "y", 2, "text", "ünchanged")),
        List.of(Map.of("id", "e", "fromNode", "a", "toNode", "b")),
        Map.of("b", "typed"));
    byte[] picture = {1, 2, 3, 0, -1};
    ada.attachment(shared, "/img/p.png", picture, RelayUser.Upload.STORED);
    ada.attachment(shared, "/img/later.png", new byte[] {9}, RelayUser.Upload.HASHED);
    follow("");
    await(() -> git("ls-files").lines().count() == 2);
    assertArrayEquals(picture, Files.readAllBytes(repository().resolve("img/p.png")));
    assertEquals(
        """
        {
          "edges": [
            {
              "fromNode": "a",
              "id": "e",
              "toNode": "b"
            }
          ],
          "nodes": [
            {
              "id": "a",
              "text": "ünchanged",
              "type": "text",
              "x": -1,
              "y": 2
            },
            {
              "id": "b",
              "text": "typed",
              "type": "text",
              "x": 100,
              "y": 0.5
            }
          ]
        }\
        """,
        read("Map.canvas"));
    assertTrue(
        desk.mustDo("status")
            .contains(
                "1 file could not be read or written: img/later.png: the store of attachments"));
  }

  @Test
  void junkIsLeftOutAndDeletesNothing() throws IOException {
    ada.note(shared, "/good.md", "good\n");
    follow("");
    await(() -> read("good.md").equals("good\n"));
    Map<String, String> entry = Map.of("type", "markdown", "id", UUID.randomUUID().toString());
    ada.meta(
        shared,
        Map.of(
            "/",
            entry,
            "//x.md",
            entry,
            "/../out.md",
            entry,
            "/.git/config",
            entry,
            "/.GIT/x",
            entry));
    await(() -> desk.mustDo("status").contains("can't be files"));
    assertEquals("good.md", git("ls-files").strip());
    assertEquals("good\n", read("good.md"));
  }

  @Test
  void aServerInTroubleDeletesNothingAndIsFollowedAgain() throws IOException {
    RelayId note = ada.note(shared, "/a.md", "one\n");
    ada.note(shared, "/b.md", "two\n");
    follow("");
    await(() -> git("ls-files").lines().count() == 2);
    peer.fault(RelayFault.status(500).at("/d/" + note).times(1));
    ada.insert(note, 0, "zero\n");
    await(() -> read("a.md").equals("zero\none\n"));
    peer.forget(shared);
    desk.run("sync");
    assertTrue(desk.mustDo("status").contains("Nothing is deleted"), desk.mustDo("status"));
    assertEquals(2, git("ls-files").lines().count());
  }

  @Test
  void filesOutsideThePrefixStay() throws IOException {
    NativeGit.commit(origin, "main", "first", Map.of("README.md", "ours\n", "docs/old.md", "x\n"));
    ada.note(shared, "/a.md", "a\n");
    put(
        """
        author: Team <team@example.org>
        repository: repos/r
        links:
          origin:
            git: %s
          notes:
            relay: %s
            prefix: docs
            quiet: 0s
        """
            .formatted(origin, shared));
    await(() -> remote("docs/a.md").equals("a"));
    assertEquals("ours", remote("README.md"));
    ada.delete(shared, "/a.md");
    await(() -> !NativeGit.git(origin, "ls-tree", "-r", "--name-only", "main").contains("a.md"));
    assertEquals("ours", remote("README.md"));
    assertEquals("x", remote("docs/old.md"));
  }

  private void follow(String more) throws IOException {
    put(
        """
        author: Team <team@example.org>
        authors:
          ada-id: Ada <ada@example.org>
          bob-id: Bob <bob@example.org>
        repository: repos/r
        links:
          notes:
            relay: %s
            %s
          origin:
            git: %s
        """
            .formatted(shared, more.isEmpty() ? "quiet: 0s" : more, origin));
  }

  private void put(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("notes.yaml"), text);
    desk.mustDo("workspace", "add", "notes", file.toString());
  }

  private Path repository() {
    return folder.resolve("data/repos/r");
  }

  private String git(String... arguments) {
    return NativeGit.git(repository(), arguments);
  }

  private String remote(String path) {
    boolean isThere =
        NativeGit.git(origin, "for-each-ref").contains("refs/heads/main")
            && NativeGit.git(origin, "ls-tree", "-r", "--name-only", "main")
                .lines()
                .collect(Collectors.toSet())
                .contains(path);
    return isThere ? NativeGit.git(origin, "show", "main:" + path) : "";
  }

  private String read(String path) {
    try {
      Path file = repository().resolve(path);
      return Files.exists(file) ? Files.readString(file) : "";
    } catch (IOException e) {
      return "";
    }
  }

  private void await(BooleanSupplier condition) {
    Instant end = Instant.now().plus(Duration.ofSeconds(30));
    while (!condition.getAsBoolean()) {
      assertTrue(Instant.now().isBefore(end), () -> desk.mustDo("status"));
      Thread.onSpinWait();
    }
  }
}
