package dev.syncline.server.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.syncline.core.flow.Health;
import dev.syncline.core.model.Author;
import dev.syncline.core.model.LinkName;
import dev.syncline.core.model.WorkspaceName;
import dev.syncline.server.ledger.NativeGit;
import dev.syncline.server.state.Database;
import dev.syncline.server.state.DatabaseAddress;
import dev.syncline.server.workspace.LiveWorkspaces;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Workspaces as files describe them, in real folders and ledgers. */
final class WorkspaceAssemblyTest {

  private static final WorkspaceName NOTES = new WorkspaceName("notes");

  private static final LinkName DESK = new LinkName("desk");

  @TempDir Path folder;
  private Database database;
  private LiveWorkspaces workspaces;

  @BeforeEach
  void open() throws Exception {
    NativeGit.need("git");
    for (String name : List.of("data", "desk", "checkout")) {
      Files.createDirectory(folder.resolve(name));
    }
    InstantSource clock = InstantSource.system();
    database = Database.atFirstUse(new DatabaseAddress.SqliteFile(folder.resolve("data")));
    var assembly =
        Assemblies.of(folder.resolve("data"), database, new Author("Ada", "ada@example.org"));
    workspaces =
        LiveWorkspaces.open(
            folder.resolve("data/workspaces"),
            assembly,
            LiveWorkspaces.Work.WHEN_ASKED,
            clock,
            RandomGenerator.getDefault());
  }

  @AfterEach
  void close() {
    workspaces.close();
    database.close();
  }

  @Test
  void aFolderThatChangesOnlyGoOutToIsACheckout() throws Exception {
    workspaces.put(
        NOTES,
        """
        links:
          desk: {folder: "%1$s/desk"}
          checkout: {folder: "%1$s/checkout", direction: out}
        """
            .formatted(folder));
    Files.writeString(folder.resolve("desk/a.txt"), "written");
    sync();
    assertEquals("written", Files.readString(folder.resolve("checkout/a.txt")));

    Files.writeString(folder.resolve("checkout/a.txt"), "changed in the checkout");
    Files.writeString(folder.resolve("desk/b.txt"), "new");
    sync();
    assertEquals("new", Files.readString(folder.resolve("checkout/b.txt")));
    assertEquals("written", Files.readString(folder.resolve("checkout/a.txt")));
    assertEquals("written", Files.readString(folder.resolve("desk/a.txt")));
    String history = ledger().run("log", "-p", "-m");
    assertTrue(history.contains("changed in the checkout"), history);
    ledger().mustBeSound();
  }

  @Test
  void commitsAreSignedIfTheFileSaysSo() throws Exception {
    String file =
        """
        links:
          desk: {folder: "%1$s/desk"}
        signing: {ssh-key: "%1$s/key", committer: Bot <bot@example.org>}
        """
            .formatted(folder);
    workspaces.put(NOTES, file);
    Files.writeString(folder.resolve("desk/a.txt"), "written");
    sync();
    Health health = Objects.requireNonNull(workspaces.status(NOTES).links().get(DESK)).health();
    assertEquals(Health.Condition.DENIED, health.condition());

    NativeGit.need("ssh-keygen");
    NativeGit.run(
        folder, new byte[0], List.of("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", "key"));
    sync();
    String commit = ledger().run("cat-file", "commit", "main");
    assertTrue(commit.contains("-----BEGIN SSH SIGNATURE-----"), commit);
    assertTrue(commit.contains("committer Bot <bot@example.org>"), commit);
    assertEquals("written", ledger().run("show", "main:a.txt"));
  }

  private NativeGit ledger() {
    return new NativeGit(folder.resolve("data/workspaces/notes/ledger.git"));
  }

  private void sync() {
    workspaces.sync(NOTES, Optional.empty());
  }
}
