package dev.syncline.server.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.syncline.server.cli.ExitCode;
import dev.syncline.server.ledger.NativeGit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A data directory of relay-git-sync, in the states in which people have it. */
final class TakeoverTest {

  private static final String RELAY = "85a06712-af14-47bc-a859-e8106cc786e8";
  private static final String FOLDER = "f47ac10b-58cc-4372-a567-0e02b2c3d479";
  private static final String OTHER = "11111111-1111-4111-8111-111111111111";

  @TempDir Path directory;
  private Path old;
  private Desk desk;

  @BeforeEach
  void start() {
    NativeGit.need("git");
    old = directory.resolve("old");
    desk = desk(Map.of());
  }

  private Desk desk(Map<String, String> more) {
    var environment = new HashMap<>(Map.of("RELAY_SERVER_URL", "http://127.0.0.1:1"));
    environment.putAll(more);
    return new Desk(directory, environment);
  }

  @AfterEach
  void stop() {
    desk.close();
  }

  @Test
  void aRepositoryThatNoConnectorNamesKeepsItsRemoteAndBranch() throws IOException {
    Path repository = repository(FOLDER);
    NativeGit.git(repository, "switch", "-qc", "notes");
    NativeGit.git(repository, "remote", "add", "backup", "https://example.org/a.git");
    repository(OTHER);
    String out = desk.mustDo("import", "relay-git-sync", old.toString());
    assertTrue(out.contains(FOLDER + "  → https://example.org/a.git"), out);
    assertTrue(out.contains(OTHER + "  (no remote)"), out);
    assertTrue(out.contains("2 folders taken over"), out);
    assertEquals(
        """
        # Taken over from relay-git-sync.
        repository: "repos/%1$s/%2$s"
        links:
          relay:
            relay: %1$s-%2$s
          backup:
            git: "https://example.org/a.git"
            branch: "notes"
        """
            .formatted(RELAY, FOLDER),
        desk.mustDo("workspace", "show", FOLDER));
    assertEquals("", NativeGit.git(taken(FOLDER), "status", "--porcelain"));
    assertEquals("a.md", NativeGit.git(taken(FOLDER), "ls-files"));
  }

  @Test
  void aConnectorTellsThePrefixAndTheBranch() throws IOException {
    repository(FOLDER);
    Files.writeString(
        old.resolve("git_connectors.toml"),
        """
        [[git_connector]]
        relay_id = "%s"
        shared_folder_id = "%s"
        url = "https://example.org/b.git"
        prefix = "docs/notes"
        """
            .formatted(RELAY, FOLDER));
    desk.mustDo("import", "relay-git-sync", old.toString());
    String text = desk.mustDo("workspace", "show", FOLDER);
    assertTrue(text.startsWith("# From git_connectors.toml"), text);
    assertTrue(text.contains("prefix: \"docs/notes\""), text);
    assertTrue(Files.exists(directory.resolve("data/git_connectors.toml")));
  }

  @Test
  void itsKeysGoOnOpeningRepositories() throws IOException {
    NativeGit.need("ssh-keygen");
    for (String name : List.of("ssh_keys/id_rsa", "ssh/git_sync_key")) {
      repository(FOLDER);
      Path key = old.resolve(name);
      Files.createDirectories(key.getParent());
      NativeGit.run(
          directory,
          new byte[0],
          List.of("ssh-keygen", "-q", "-t", "rsa", "-b", "2048", "-N", "", "-f", key.toString()));
      Path place = directory.resolve("data of " + key.getFileName());
      try (var other = desk(Map.of("DATA_DIR", place.toString()))) {
        other.mustDo("import", "relay-git-sync", old.toString());
        String line = Files.readString(Path.of(key + ".pub")).split(" ", -1)[1];
        assertTrue(other.mustDo("ssh", "show-pubkey").contains(line), name);
        Path copy = place.resolve("ssh").resolve(key.getFileName());
        assertEquals(
            "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(copy)));
      }
      Files.delete(key);
      Files.delete(Path.of(key + ".pub"));
    }
  }

  @Test
  void aFolderThatIsNoneIsSaid() throws IOException {
    Files.createDirectories(old.resolve("repos").resolve(RELAY).resolve("no-uuid/.git"));
    for (Path wrong : List.of(old, directory.resolve("nowhere"))) {
      Desk.Ended ended = desk.run("import", "relay-git-sync", wrong.toString());
      assertNotEquals(ExitCode.OK, ended.code());
      assertTrue(ended.err().contains("is it the data directory?"), ended.err());
    }
    assertEquals("", desk.mustDo("workspace", "list"));
  }

  @Test
  void toTakeItOverOnceMoreChangesNothing() throws IOException {
    repository(FOLDER);
    desk.mustDo("import", "relay-git-sync", old.toString());
    String text = desk.mustDo("workspace", "show", FOLDER);
    NativeGit.git(taken(FOLDER), "commit", "-q", "--allow-empty", "-m", "since then");
    String head = NativeGit.git(taken(FOLDER), "rev-parse", "HEAD");
    desk.mustDo("import", "relay-git-sync", old.toString());
    assertEquals(head, NativeGit.git(taken(FOLDER), "rev-parse", "HEAD"));
    assertEquals(text, desk.mustDo("workspace", "show", FOLDER));
    NativeGit.mustBeSound(taken(FOLDER));
  }

  @Test
  void whatAnInterruptedTakeoverLeftIsCopiedAnew() throws IOException {
    repository(FOLDER);
    Path half = directory.resolve("data/repos").resolve(RELAY).resolve(FOLDER + ".new/.git");
    Files.createDirectories(half);
    Files.writeString(half.resolve("HEAD"), "half");
    desk.mustDo("import", "relay-git-sync", old.toString());
    assertEquals("a.md", NativeGit.git(taken(FOLDER), "ls-files"));
    NativeGit.mustBeSound(taken(FOLDER));
  }

  private Path repository(String id) throws IOException {
    Path repository = old.resolve("repos").resolve(RELAY).resolve(id);
    if (Files.exists(repository)) {
      return repository;
    }
    Files.createDirectories(repository);
    NativeGit.git(repository, "init", "-q", "-b", "main");
    Files.writeString(repository.resolve("a.md"), "one\n");
    NativeGit.git(repository, "add", "-A");
    NativeGit.git(repository, "commit", "-qm", "Auto-sync: 2026-08-02 10:11:12");
    return repository;
  }

  private Path taken(String id) {
    return directory.resolve("data/repos").resolve(RELAY).resolve(id);
  }
}
