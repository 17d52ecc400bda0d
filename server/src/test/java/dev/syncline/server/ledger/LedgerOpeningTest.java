package dev.syncline.server.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.syncline.core.model.Changes;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.SyncException;
import dev.syncline.core.port.Head;
import dev.syncline.testkit.LedgerSteps;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a ledger makes of the folder that it is opened in. */
final class LedgerOpeningTest {

  @TempDir Path directory;
  private Path folder = Path.of("");

  @BeforeEach
  void needsGit() {
    NativeGit.need("git");
    folder = directory.resolve("deep/ledger");
  }

  @Test
  void secondOpenerHearsWhoHasIt() throws IOException {
    try (var _ = open()) {
      var thrown = assertThrows(SyncException.Unavailable.class, this::open);
      assertTrue(message(thrown).contains("is in use by another Syncline"), message(thrown));
      Path link = Files.createSymbolicLink(directory.resolve("link"), folder);
      assertThrows(SyncException.Unavailable.class, () -> open(link));
    }
    open().close();
  }

  @Test
  void whatAKilledProcessLeftIsClearedAway() throws IOException {
    Head head = recorded();
    for (String left :
        List.of(
            "packed-refs.lock",
            "HEAD.lock",
            "config.lock",
            "config.tmp",
            "refs/heads/main.lock",
            "refs/syncline/base/x.lock",
            "objects/pack/tmp_pack_1",
            "objects/pack/pack-" + "1".repeat(40) + ".pack",
            "objects/pack/pack-" + "2".repeat(40) + ".idx",
            "objects/tmp_obj_1",
            "objects/incoming_1.pack")) {
      Path file = folder.resolve(left);
      Files.createDirectories(file.resolveSibling("."));
      Files.writeString(file, "half");
    }
    try (var ledger = open()) {
      assertEquals(head.commit(), ledger.head().commit());
      LedgerSteps.of(ledger).record(LedgerSteps.of(ledger).put("b", "2"));
    }
    try (Stream<Path> files = Files.walk(folder)) {
      assertEquals(
          List.of(),
          files
              .map(file -> file.getFileName().toString())
              .filter(name ->
                  name.endsWith(".tmp")
                      || name.startsWith("tmp_")
                      || name.startsWith("incoming")
                      || name.contains("1111")
                      || (name.endsWith(".lock") && !name.equals("syncline.lock")))
              .toList());
    }
    git().mustBeSound();
  }

  @Test
  void creationThatWasCutOffIsFinished() throws IOException {
    Files.createDirectories(folder.resolve("objects/pack"));
    Files.writeString(folder.resolve("syncline.lock"), "");
    Files.writeString(folder.resolve("config"), "[core]\n");
    recorded();
    assertEquals("true\n", git().run("config", "core.bare"));
    assertEquals("0\n", git().run("config", "gc.auto"));
    git().mustBeSound();
  }

  @Test
  void folderOfSomethingElseIsLeftAlone() throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("letter.txt"), "mine");
    var thrown = assertThrows(SyncException.Invalid.class, this::open);
    assertTrue(message(thrown).contains("letter.txt"), message(thrown));
    assertFalse(Files.exists(folder.resolve("HEAD")));
  }

  @Test
  void branchIsAsConfiguredAndStaysSo() {
    var settings = LedgerSettings.with(InstantSource.system()).withBranch("trunk/one");
    try (var ledger = GitLedger.open(folder, settings)) {
      LedgerSteps.of(ledger).record(LedgerSteps.of(ledger).put("a", "1"));
    }
    assertEquals("refs/heads/trunk/one\n", git().run("symbolic-ref", "HEAD"));
    assertEquals("1", git().run("show", "HEAD:a"));
    var thrown = assertThrows(SyncException.Invalid.class, this::open);
    assertTrue(message(thrown).contains("refs/heads/trunk/one"), message(thrown));
    assertThrows(
        SyncException.Invalid.class,
        () -> LedgerSettings.with(InstantSource.system()).withBranch("a..b"));
  }

  @Test
  void damageIsToldAndNothingIsTouched() throws IOException {
    recorded();
    String refs = Files.readString(folder.resolve("packed-refs"));
    damaged("packed-refs", refs.replaceFirst("[0-9a-f]{40}", "garbage"), "packed-refs");
    damaged("packed-refs", refs.substring(0, refs.length() - 5), "packed-refs");
    damaged(
        "packed-refs",
        refs.replaceAll("[0-9a-f]{40} refs/heads", "1".repeat(40) + " refs/heads"),
        "refs/heads/main");
    damaged(
        "packed-refs",
        refs.replaceAll("[0-9a-f]{40} refs/syncline", "1".repeat(40) + " refs/syncline"),
        "refs/syncline/base/folder");
    damaged(
        "packed-refs",
        refs.replaceAll(
            "[0-9a-f]{40} refs/syncline",
            git().run("rev-parse", "main").strip() + " refs/syncline"),
        "refs/syncline/base/folder");
    damaged("HEAD", "nonsense", "HEAD");
    damaged("config", "[core", "config");
    Files.writeString(folder.resolve("packed-refs"), refs);
    open().close();
  }

  @Test
  void missingPackIsDamage() throws IOException {
    recorded();
    try (Stream<Path> packs = Files.list(folder.resolve("objects/pack"))) {
      for (Path pack : packs.toList()) {
        Files.move(pack, directory.resolve(pack.getFileName()));
      }
    }
    var thrown = assertThrows(SyncException.Corrupt.class, this::open);
    assertTrue(message(thrown).contains("restore it from a backup"), message(thrown));
  }

  @Test
  void refsThatAnotherProgramWroteCountAtTheNextStart() throws IOException {
    Head first = recorded();
    try (var ledger = open()) {
      LedgerSteps.of(ledger).record(LedgerSteps.of(ledger).put("a", "2"));
      git().run("update-ref", "refs/heads/main", first.commit().orElseThrow().hex());
      git().run("update-ref", "refs/tags/theirs", first.commit().orElseThrow().hex());
      var steps = LedgerSteps.of(ledger);
      var thrown =
          assertThrows(SyncException.Corrupt.class, () -> steps.record(steps.put("b", "3")));
      assertTrue(message(thrown).contains("another program moved"), message(thrown));
    }
    try (var ledger = open()) {
      assertEquals(first.commit(), ledger.head().commit());
      LedgerSteps.of(ledger).record(LedgerSteps.of(ledger).put("a", "4"));
      assertFalse(Files.exists(folder.resolve("refs/heads/main")));
    }
    assertEquals("4", git().run("show", "main:a"));
    assertEquals("1", git().run("show", "theirs:a"));
    git().mustBeSound();
  }

  @Test
  void tagsAndBranchesOfOthersAreKept() {
    Head head = recorded();
    git()
        .run(
            "-c",
            "user.name=E",
            "-c",
            "user.email=e@e",
            "tag",
            "-a",
            "-m",
            "Tag",
            "tag",
            head.commit().orElseThrow().hex());
    git().run("branch", "zweig-ü", "main");
    git().run("pack-refs", "--all");
    try (var ledger = open()) {
      LedgerSteps.of(ledger).record(LedgerSteps.of(ledger).put("b", "2"));
      git().run("branch", "later", "main");
      git().run("pack-refs", "--all");
      LedgerSteps.of(ledger).record(LedgerSteps.of(ledger).put("c", "3"));
    }
    assertEquals(head.commit().orElseThrow().hex(), git().run("rev-parse", "tag^{commit}").strip());
    assertEquals(head.commit().orElseThrow().hex(), git().run("rev-parse", "zweig-ü").strip());
    assertEquals("2", git().run("show", "later:b"));
    assertEquals("3", git().run("show", "main:c"));
    git().mustBeSound();
  }

  @Test
  void aHostileTreeIsDamageAndNamesTheTree() {
    recorded();
    String blob = git().feed(new byte[] {'x'}, "hash-object", "-w", "--stdin").strip();
    String inner = tree("100644 blob " + blob + "\tconfig\n");
    String hostile = tree("040000 tree " + inner + "\t.git\n");
    String commit =
        git().run("-c", "user.name=E", "-c", "user.email=e@e", "commit-tree", "-m", "x", hostile);
    git().run("update-ref", "refs/heads/main", commit.strip());
    try (var ledger = open()) {
      Head head = ledger.head();
      var thrown =
          assertThrows(
              SyncException.Corrupt.class, () -> head.files().forEach((path, version) -> {}));
      assertTrue(message(thrown).contains(hostile), message(thrown));
      assertThrows(
          SyncException.Corrupt.class,
          () -> head.files().since(ledger.base(LedgerSteps.LINK).files()));
    }
  }

  @Test
  void configurationOfUserAndSystemCountsForNothing() throws Exception {
    Path home = Files.createDirectories(directory.resolve("home"));
    Files.writeString(
        home.resolve(".gitconfig"),
        "[core]\n\tcompression = nonsense\n[init]\n\tdefaultBranch = other\n[user]\n\tname = Home\n");
    var builder =
        new ProcessBuilder(
            ProcessHandle.current().info().command().orElse("java"),
            "-XX:TieredStopAtLevel=1",
            "-Duser.home=" + home,
            "-cp",
            System.getProperty("java.class.path"),
            LedgerOpeningTest.class.getName(),
            folder.toString());
    builder.environment().put("HOME", home.toString());
    builder.environment().put("XDG_CONFIG_HOME", home.toString());
    builder.environment().put("GIT_OBJECT_DIRECTORY", home.toString());
    builder.environment().put("GIT_ALTERNATE_OBJECT_DIRECTORIES", home.toString());
    Process process = builder.redirectErrorStream(true).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), out);
    assertEquals("", out);
    assertEquals("Syncline\n", git().run("log", "-1", "--format=%cn"));
    try (Stream<Path> files = Files.list(home)) {
      assertEquals(Set.of(home.resolve(".gitconfig")), Set.copyOf(files.toList()));
    }
  }

  /** Records one file, in a process of its own. */
  static void main(String[] arguments) {
    try (var ledger = open(Path.of(arguments[0]))) {
      LedgerSteps.of(ledger).record(LedgerSteps.of(ledger).put("a", "1"));
    }
  }

  private void damaged(String name, String text, String named) throws IOException {
    Path file = folder.resolve(name);
    String sound = Files.readString(file);
    Files.writeString(file, text);
    var thrown = assertThrows(SyncException.Corrupt.class, () -> open().close());
    assertTrue(message(thrown).contains(named), message(thrown));
    assertEquals(text, Files.readString(file));
    Files.writeString(file, sound);
  }

  private String tree(String lines) {
    return git().feed(lines.getBytes(StandardCharsets.UTF_8), "mktree").strip();
  }

  private Head recorded() {
    try (var ledger = open()) {
      var steps = LedgerSteps.of(ledger);
      var edit = steps.edit(ledger.head(), steps.put("a", "1"));
      Head head =
          steps.must(LedgerSteps.agreed(edit, LedgerSteps.LINK, Changes.NONE, Changes.NONE));
      assertEquals(Optional.of("1"), steps.text(head.files(), new FilePath("a").value()));
      return head;
    }
  }

  private GitLedger open() {
    return open(folder);
  }

  private static GitLedger open(Path folder) {
    return GitLedger.open(folder, LedgerSettings.with(InstantSource.system()));
  }

  private NativeGit git() {
    return new NativeGit(folder);
  }

  private static String message(Throwable thrown) {
    return String.valueOf(thrown.getMessage());
  }
}
