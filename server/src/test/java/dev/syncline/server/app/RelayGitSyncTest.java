package dev.syncline.server.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Those who used relay-git-sync go on with their files, variables, commands and webhooks. */
final class RelayGitSyncTest {

  private static final String SECRET = "a shared secret";

  /** As relay-git-sync writes a canvas. */
  private static final String OLD_CANVAS =
      """
      {
        "edges": [],
        "nodes": [
          {
            "id": "n",
            "text": "\\u00fcber",
            "type": "text",
            "x": 100.0,
            "y": 0.5
          }
        ]
      }\
      """;

  @TempDir Path folder;
  private RelayPeer peer;
  private RelayUser ada;
  private RelayId shared;
  private RelayId note;
  private Path origin;
  private Path old;

  @BeforeEach
  void start() throws IOException {
    NativeGit.need("git");
    peer = RelayPeer.start();
    ada = peer.user("ada");
    shared = peer.folder();
    note = ada.note(shared, "/a.md", "one\n");
    ada.canvas(
        shared,
        "/Map.canvas",
        List.of(Map.of("id", "n", "type", "text", "x", 100, "y", 0.5, "text", "über")),
        List.of(),
        Map.of());
    ada.attachment(shared, "/p.png", new byte[] {1, 2, 3}, RelayUser.Upload.STORED);
    origin = folder.resolve("origin.git");
    NativeGit.git(folder, "init", "-q", "--bare", "-b", "main", origin.toString());
    old = folder.resolve("old");
    writeAsBefore();
  }

  /** What relay-git-sync leaves behind, with a last commit that it failed to push. */
  private void writeAsBefore() throws IOException {
    NativeGit.commit(origin, "main", "first", Map.of("README.md", "ours\n"));
    Path repository = old.resolve("repos").resolve(shared.relay()).resolve(shared.resource());
    Files.createDirectories(repository.getParent());
    NativeGit.git(folder, "clone", "-q", origin.toString(), repository.toString());
    Path notes = Files.createDirectories(repository.resolve("notes"));
    Files.writeString(notes.resolve("a.md"), "one\n");
    Files.writeString(notes.resolve("Map.canvas"), OLD_CANVAS);
    Files.write(notes.resolve("p.png"), new byte[] {1, 2, 3});
    NativeGit.git(repository, "add", "-A");
    NativeGit.git(repository, "commit", "-qm", "Auto-sync: 2026-08-02 10:11:12");
    Path state = Files.createDirectories(old.resolve("state").resolve(shared.relay()));
    Files.writeString(state.resolve("document_hashes.json"), "{}");
    Files.writeString(
        old.resolve("git_connectors.toml"),
        """
        [[git_connector]]
        shared_folder_id = "%s"
        relay_id = "%s"
        url = "%s"
        branch = "main"
        prefix = "notes"
        """
            .formatted(shared.resource(), shared.relay(), origin));
  }

  @AfterEach
  void stop() {
    peer.close();
  }

  @Test
  void itsDirectoryIsTakenOverWithoutACommitOrAFetchTooMany() throws IOException {
    try (var desk = desk(folder.resolve("new"))) {
      desk.mustDo("import", "relay-git-sync", old.toString());
      mustGoOn(desk, folder.resolve("new"));
    }
  }

  @Test
  void itsDirectoryIsTakenOverWhereItIs() throws IOException {
    try (var desk = desk(old)) {
      mustGoOn(desk, old);
    }
  }

  private void mustGoOn(Desk desk, Path data) throws IOException {
    Path repository = data.resolve("repos").resolve(shared.relay()).resolve(shared.resource());
    String before = NativeGit.git(repository, "rev-parse", "HEAD");
    desk.serve();
    peer.webhooks(RelayHook.to(URI.create(desk.address() + "/webhooks"), SECRET));
    await(desk, () -> NativeGit.git(origin, "rev-parse", "main").equals(before));
    desk.mustDo("sync", "--relay-id", shared.relay());
    assertEquals(before, NativeGit.git(repository, "rev-parse", "HEAD"));
    assertEquals("", NativeGit.git(repository, "status", "--porcelain"));
    assertEquals(0, peer.counts().requests("download-url"));
    ada.insert(note, 4, "two\n");
    await(desk, () -> NativeGit.git(origin, "show", "main:notes/a.md").equals("one\ntwo"));
    await(desk, () -> read(repository.resolve("notes/a.md")).equals("one\ntwo\n"));
    assertEquals("ours", NativeGit.git(origin, "show", "main:README.md"));
    await(desk, () -> NativeGit.git(repository, "status", "--porcelain").isEmpty());
    NativeGit.mustBeSound(repository);
  }

  @Test
  void aFolderThatWasSyncedOnceIsFollowed() {
    RelayId other = peer.folder();
    RelayId first = ada.note(other, "/x.md", "x\n");
    try (var desk = desk(folder.resolve("new")).serve()) {
      peer.webhooks(RelayHook.to(URI.create(desk.address() + "/webhooks/relay"), SECRET));
      desk.mustDo("sync", "--relay-id", other.relay(), "--folder-id", other.resource());
      Path file =
          folder
              .resolve("new/repos")
              .resolve(other.relay())
              .resolve(other.resource())
              .resolve("x.md");
      await(desk, () -> read(file).equals("x\n"));
      ada.insert(first, 0, "y");
      await(desk, () -> read(file).equals("yx\n"));
      assertEquals(
          1,
          desk.run("sync", "--relay-id", "../..")
              .err()
              .lines()
              .filter(it -> it.contains("UUID"))
              .count());
    }
  }

  private static String read(Path file) {
    try {
      return Files.exists(file) ? Files.readString(file) : "";
    } catch (IOException e) {
      return "";
    }
  }

  private Desk desk(Path data) {
    var environment =
        new HashMap<>(
            Map.of(
                "RELAY_GIT_DATA_DIR",
                data.toString(),
                "RELAY_SERVER_URL",
                peer.url().toString(),
                "RELAY_SERVER_API_KEY",
                peer.readKey().value(),
                "WEBHOOK_SECRET",
                SECRET,
                "SYNCLINE_RELAY_QUIET",
                "0"));
    environment.put("DATA_DIR", "");
    return new Desk(folder, environment);
  }

  private static void await(Desk desk, BooleanSupplier condition) {
    Instant end = Instant.now().plus(Duration.ofSeconds(30));
    while (!condition.getAsBoolean()) {
      assertTrue(Instant.now().isBefore(end), () -> desk.run("status").out());
      Thread.onSpinWait();
    }
  }
}
