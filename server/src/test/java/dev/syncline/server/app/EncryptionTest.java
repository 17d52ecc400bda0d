package dev.syncline.server.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.syncline.core.flow.Health;
import dev.syncline.core.merge.Conflict;
import dev.syncline.core.merge.Resolution;
import dev.syncline.core.model.Author;
import dev.syncline.core.model.ContentId;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.FileVersion;
import dev.syncline.core.model.LinkName;
import dev.syncline.core.model.SyncException;
import dev.syncline.core.model.WorkspaceName;
import dev.syncline.server.ledger.NativeGit;
import dev.syncline.server.state.Database;
import dev.syncline.server.state.DatabaseAddress;
import dev.syncline.server.view.Files.Sent;
import dev.syncline.server.workspace.LiveWorkspaces;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** Two machines that share secrets through a repository that sees none of them. */
final class EncryptionTest {

  private static final WorkspaceName NOTES = new WorkspaceName("notes");
  private static final LinkName DESK = new LinkName("desk");
  private static final Author ADA = new Author("Ada", "ada@example.org");
  private static final String LIST =
      "first secret\nsecond secret\nthird secret\nfourth secret\nfifth secret\n";

  @TempDir Path folder;
  private Path remote;
  private Machine ada;
  private Machine bob;

  @BeforeEach
  void start() throws IOException {
    NativeGit.need("git", "age", "age-keygen");
    remote = NativeGit.bare(folder.resolve("remote.git"));
    String recipient = keygen("key");
    ada = new Machine(folder, "ada", recipient);
    bob = new Machine(folder, "bob", recipient);
  }

  @AfterEach
  void stop() {
    ada.stop();
    bob.stop();
    NativeGit.mustBeSound(remote);
    NativeGit.mustBeSound(ada.ledger());
    NativeGit.mustBeSound(bob.ledger());
  }

  @Test
  void secretsAreClearInFoldersOnly() throws IOException {
    ada.write("secrets/list", LIST);
    ada.write("open", "for all");
    settle();
    assertEquals(LIST, bob.read("secrets/list"));
    assertEquals("for all", NativeGit.git(remote, "show", "main:open"));
    assertEquals(LIST.strip(), decrypted("secrets/list"));

    ada.write("secrets/list", LIST.replace("first", "changed by Ada:"));
    bob.write("secrets/list", LIST.replace("fifth", "changed by Bob:"));
    settle();
    String merged = LIST.replace("first", "changed by Ada:").replace("fifth", "changed by Bob:");
    assertEquals(merged, ada.read("secrets/list"));
    assertEquals(merged, bob.read("secrets/list"));
    assertEquals(merged.strip(), decrypted("secrets/list"));
    assertEquals(List.of(), ada.workspaces.conflicts(NOTES));
    ada.stop();
    bob.stop();
    assertNowhere("secret\n");
  }

  @Test
  void theSameTextOnBothIsNoConflict() throws IOException {
    ada.write("secrets/list", "before secret\n");
    settle();
    ada.write("secrets/list", LIST);
    bob.write("secrets/list", LIST);
    ada.write("secrets/new", LIST + LIST);
    bob.write("secrets/new", LIST + LIST);
    settle();
    assertEquals(List.of(), ada.workspaces.conflicts(NOTES));
    assertEquals(List.of(), bob.workspaces.conflicts(NOTES));
    String tip = NativeGit.git(remote, "rev-parse", "main");
    settle();
    assertEquals(tip, NativeGit.git(remote, "rev-parse", "main"), "nobody seals it again");
    assertEquals(LIST, bob.read("secrets/list"));
    assertEquals(LIST + LIST, ada.read("secrets/new"));
  }

  @Test
  void aLostTableChangesNothing() throws IOException {
    ada.write("secrets/list", LIST);
    settle();
    String tip = NativeGit.git(remote, "rev-parse", "main");
    ada.stop();
    Files.delete(ada.data().resolve("workspaces/notes/sealed/desk/table"));
    Files.deleteIfExists(ada.desk().resolve(".syncline-folder/index"));
    ada.start();
    settle();
    assertEquals(tip, NativeGit.git(remote, "rev-parse", "main"));
    ada.write("secrets/list", LIST + "and one more secret\n");
    settle();
    assertEquals(LIST + "and one more secret\n", bob.read("secrets/list"));
  }

  @Test
  void aFileSealedByTheAgeProgramIsReadable() throws IOException {
    ada.write("open", "for all");
    settle();
    Files.writeString(folder.resolve("clear"), LIST);
    run("age", "-r", ada.recipient, "-o", "sealed", "clear");
    Path clone = folder.resolve("clone");
    NativeGit.git(folder, "clone", "-q", remote.toString(), clone.toString());
    Files.createDirectory(clone.resolve("secrets"));
    Files.copy(folder.resolve("sealed"), clone.resolve("secrets/list"));
    NativeGit.git(clone, "add", "-A");
    NativeGit.git(clone, "commit", "-qm", "sealed elsewhere");
    NativeGit.git(clone, "push", "-q", "origin", "HEAD:main");
    settle();
    assertEquals(LIST, ada.read("secrets/list"));
    assertEquals(LIST, bob.read("secrets/list"));
  }

  @Test
  void withoutTheKeyTheFolderWaitsAndSaysWhatToDo() throws IOException {
    ada.write("secrets/list", LIST);
    settle();
    String tip = NativeGit.git(remote, "rev-parse", "main");
    Path key = folder.resolve("key");
    Files.move(key, folder.resolve("hidden"));
    ada.write("secrets/list", "other secret\n");
    ada.sync();
    assertDenied("put your age identity there");
    keygen("key");
    ada.sync();
    assertDenied("none of the `recipients`");
    assertEquals(tip, NativeGit.git(remote, "rev-parse", "main"));
    Files.delete(key);
    Files.move(folder.resolve("hidden"), key);
    settle();
    assertEquals("other secret\n", bob.read("secrets/list"));
  }

  @Test
  void theApiTakesNoClearTextForSecrets() throws IOException {
    var secret = new FilePath("secrets/list");
    byte[] clear = LIST.getBytes(StandardCharsets.UTF_8);
    ada.write("secrets/list", "one secret\n");
    settle();
    assertRefused(() ->
        ada.workspaces.keep(
            NOTES, Optional.of(secret), clear.length, new ByteArrayInputStream(clear)));
    var changes =
        new TreeMap<FilePath, Optional<ContentId>>(
            Map.of(secret, Optional.of(ContentId.ofContents(clear))));
    assertRefused(() ->
        ada.workspaces
            .files()
            .submit(NOTES, new Sent(changes, Optional.empty(), Optional.of(ADA), "")));
    ada.write("secrets/list", "Ada's secret\n");
    bob.write("secrets/list", "Bob's secret\n");
    settle();
    Machine asked = ada.workspaces.conflicts(NOTES).isEmpty() ? bob : ada;
    Conflict conflict = asked.workspaces.conflicts(NOTES).getFirst();
    var answer =
        new Resolution.Supply(Optional.of(FileVersion.regular(ContentId.ofContents(clear))));
    assertRefused(() -> asked.workspaces.resolve(NOTES, conflict, answer, ADA));
    changes.put(secret, Optional.empty());
    ada.workspaces.files().submit(NOTES, new Sent(changes, Optional.empty(), Optional.of(ADA), ""));
  }

  private static void assertRefused(Executable call) {
    String message = assertThrows(SyncException.Invalid.class, call).getMessage();
    assertTrue(String.valueOf(message).contains("is encrypted"), message);
  }

  private void assertDenied(String words) {
    Health health = Objects.requireNonNull(ada.workspaces.status(NOTES).links().get(DESK)).health();
    assertEquals(Health.Condition.DENIED, health.condition());
    assertTrue(health.reason().contains(words), health.reason());
  }

  /** Until neither has anything more to bring. */
  private void settle() {
    for (int i = 0; i < 3; i++) {
      ada.sync();
      bob.sync();
    }
  }

  /** Looks through all files but those of the two folders, and through all that is in Git. */
  private void assertNowhere(String text) throws IOException {
    for (Path repository : List.of(remote, ada.ledger(), bob.ledger())) {
      String all = NativeGit.git(repository, "cat-file", "--batch", "--batch-all-objects");
      assertTrue(all.contains("for all"), "all that is in Git is looked through");
      assertFalse(all.contains(text), repository.toString());
    }
    try (var files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (!file.startsWith(ada.desk()) && !file.startsWith(bob.desk())) {
          String bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
          assertFalse(bytes.contains(text), file.toString());
        }
      }
    }
  }

  private String decrypted(String path) throws IOException {
    Path sealed = folder.resolve("from-git");
    Process git =
        NativeGit.isolated(List.of("git", "-C", remote.toString(), "show", "main:" + path))
            .redirectOutput(sealed.toFile())
            .start();
    try {
      assertEquals(0, git.waitFor());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
    String clear = run("age", "-d", "-i", "key", "from-git");
    Files.delete(sealed);
    return clear;
  }

  /** Makes a key and answers its recipient. */
  private String keygen(String name) {
    run("age-keygen", "-o", name);
    return run("age-keygen", "-y", name);
  }

  private String run(String... command) {
    return NativeGit.run(folder, new byte[0], List.of(command));
  }

  /** One of the two. */
  private static final class Machine {
    private final Path home;
    private final String recipient;
    private Database database;
    private LiveWorkspaces workspaces;

    Machine(Path folder, String name, String recipient) throws IOException {
      this.home = Files.createDirectory(folder.resolve(name));
      this.recipient = recipient;
      Files.createDirectories(data());
      Files.createDirectories(desk().resolve("secrets"));
      database = database();
      workspaces = workspaces();
      workspaces.put(
          NOTES,
          """
          links:
            desk: {folder: "%1$s"}
            origin: {git: "%2$s/remote.git"}
          policies:
            "**": merge
          encrypt:
            paths: ["secrets/**"]
            recipients: ["%3$s"]
            identity-file: "%2$s/key"
          """
              .formatted(desk(), folder, recipient));
    }

    void start() {
      database = database();
      workspaces = workspaces();
    }

    void stop() {
      workspaces.close();
      database.close();
    }

    private Database database() {
      return Database.atFirstUse(new DatabaseAddress.SqliteFile(data()));
    }

    private LiveWorkspaces workspaces() {
      return LiveWorkspaces.open(
          data().resolve("workspaces"),
          Assemblies.of(data(), database, ADA),
          LiveWorkspaces.Work.WHEN_ASKED,
          InstantSource.system(),
          RandomGenerator.getDefault());
    }

    Path data() {
      return home.resolve("data");
    }

    Path desk() {
      return home.resolve("desk");
    }

    Path ledger() {
      return data().resolve("workspaces/notes/ledger.git");
    }

    void write(String path, String text) throws IOException {
      Files.writeString(desk().resolve(path), text);
    }

    String read(String path) throws IOException {
      return Files.readString(desk().resolve(path));
    }

    void sync() {
      workspaces.sync(NOTES, Optional.empty());
    }
  }
}
