package dev.syncline.server.ledger.remote;

import static dev.syncline.server.ledger.remote.RemoteStage.said;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.syncline.core.model.SyncException;
import dev.syncline.server.ledger.NativeGit;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Trees that no Git would write, made by hand, are fetched from a real Git and stay outside. */
final class HostileRepositoryTest {

  @TempDir Path folder;
  private RemoteStage stage;
  private GitHttpHost host;
  private Path remote;
  private RemoteSpec spec;

  @BeforeEach
  void start() throws IOException {
    stage = RemoteStage.in(folder);
    host = new GitHttpHost(folder);
    remote = NativeGit.bare(folder.resolve("remote.git"));
    spec = RemoteStage.spec(host.url("remote.git"), new Credentials.None());
  }

  @AfterEach
  void stop() {
    host.close();
    stage.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ".git",
        ".GIT",
        ".Git",
        "git~1",
        "GIT~1",
        ".git ",
        ".git.",
        ".git...",
        ".git::$INDEX_ALLOCATION",
        ".g\u200cit",
        ".git\u200d",
        "\ufeff.git",
        "..",
        ".",
        "a/b",
        "../x",
        "..\\..\\x",
        ".git\\config",
        "a\\.git\\hooks"
      })
  void aNameThatLeadsAstrayStaysOutside(String name) throws IOException {
    publish(tree(entry("100644", name, blob("x"))));
    mustStayOutside();
  }

  @Test
  void aFolderThatIsARepositoryStaysOutside() throws IOException {
    byte[] inner = tree(entry("100644", "config", blob("x")));
    publish(tree(entry("40000", ".git", write("tree", inner))));
    mustStayOutside();
  }

  @Test
  void theSameNameTwiceStaysOutside() throws IOException {
    publish(tree(entry("100644", "a", blob("x")), entry("100644", "a", blob("y"))));
    mustStayOutside();
  }

  @Test
  void aFileAndAFolderOfOneNameStayOutside() throws IOException {
    String inner = write("tree", tree(entry("100644", "config", blob("x"))));
    publish(tree(entry("120000", "a", blob(".git")), entry("40000", "a", inner)));
    mustStayOutside();
  }

  @Test
  void anUnsortedTreeStaysOutside() throws IOException {
    publish(tree(entry("100644", "b", blob("x")), entry("100644", "a", blob("y"))));
    mustStayOutside();
  }

  @Test
  void anEmptyNameStaysOutside() {
    // Git itself doesn't send this one; others might.
    byte[] tree = tree(entry("100644", "", "1".repeat(40)));
    assertThrows(CorruptObjectException.class, () -> new IncomingObjects().checkTree(null, tree));
  }

  @Test
  void aSubmoduleThatWritesElsewhereStaysOutside() throws IOException {
    String name = "[submodule \"../../hooks\"]\n\tpath = a\n\turl = https://example.org/x\n";
    publish(tree(entry("100644", ".gitmodules", blob(name))));
    mustStayOutside();
  }

  @Test
  void aSubmoduleWhoseAddressIsAnOptionStaysOutside() throws IOException {
    String url = "[submodule \"a\"]\n\tpath = a\n\turl = -u./payload\n";
    publish(tree(entry("100644", ".gitmodules", blob(url))));
    mustStayOutside();
  }

  @Test
  void whatIsBehindAGoodCommitStaysOutsideToo() throws IOException {
    publish(tree(entry("100644", ".git", blob("x"))));
    NativeGit.git(
        remote,
        "update-ref",
        "refs/heads/main",
        NativeGit.git(
            remote,
            "commit-tree",
            "-m",
            "harmless",
            "-p",
            "refs/heads/main",
            write("tree", tree(entry("100644", "a", blob("x"))))));
    mustStayOutside();
  }

  @Test
  void aBranchThatIsNoCommitStaysOutside() throws IOException {
    String blob = blob("x");
    Files.createDirectories(remote.resolve("refs/heads"));
    Files.writeString(remote.resolve("refs/heads/main"), blob + "\n");
    long before = stage.filesInLedger();
    assertThrows(SyncException.Corrupt.class, () -> stage.fetch(spec));
    assertEquals(before, stage.filesInLedger());
  }

  /** Awkward for one system or another, but the files of honest people. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "aux.c",
        "CON",
        "what?.md",
        "a:b",
        "Icon\r",
        ".gitignore",
        "git~2",
        "end.",
        "x\\y"
      })
  void aNameThatIsOnlyAwkwardComesIn(String name) throws IOException {
    String tip = publish(tree(entry("100644", name, blob("x"))));
    assertEquals(Optional.of(tip), stage.fetch(spec));
  }

  @Test
  void namesThatDifferInCaseComeIn() throws IOException {
    String tip = publish(tree(entry("100644", "A", blob("x")), entry("100644", "a", blob("y"))));
    assertEquals(Optional.of(tip), stage.fetch(spec));
    NativeGit.mustBeSound(stage.ledgerFolder());
  }

  @Test
  void anHonestSubmoduleComesIn() throws IOException {
    String modules = "[submodule \"lib/a\"]\n\tpath = lib/a\n\turl = ../a.git\n";
    String tip =
        publish(
            tree(
                entry("100644", ".gitmodules", blob(modules)),
                entry("160000", "lib", "1".repeat(40))));
    assertEquals(Optional.of(tip), stage.fetch(spec));
  }

  @Test
  void afterARefusalTheNextGoodStateComesIn() throws IOException {
    publish(tree(entry("100644", ".git", blob("x"))));
    mustStayOutside();
    NativeGit.git(remote, "update-ref", "-d", "refs/heads/main");
    String tip = NativeGit.commit(remote, "main", "good", Map.of("a", "1"));
    assertEquals(Optional.of(tip), stage.fetch(spec));
    NativeGit.mustBeSound(stage.ledgerFolder());
  }

  private void mustStayOutside() throws IOException {
    long before = stage.filesInLedger();
    var corrupt = assertThrows(SyncException.Corrupt.class, () -> stage.fetch(spec));
    assertTrue(said(corrupt).contains("nothing of it was kept"), said(corrupt));
    assertEquals(before, stage.filesInLedger());
    assertEquals("", NativeGit.git(stage.ledgerFolder(), "for-each-ref"));
  }

  private String publish(byte[] tree) {
    String commit = NativeGit.git(remote, "commit-tree", "-m", "hostile", write("tree", tree));
    NativeGit.git(remote, "update-ref", "refs/heads/main", commit);
    return commit;
  }

  private String blob(String contents) {
    return write("blob", contents.getBytes(StandardCharsets.UTF_8));
  }

  private String write(String type, byte[] contents) {
    return NativeGit.git(
        remote, contents, "hash-object", "--literally", "-w", "-t", type, "--stdin");
  }

  private record Entry(String mode, String name, String id) {}

  private static Entry entry(String mode, String name, String id) {
    return new Entry(mode, name, id);
  }

  private static byte[] tree(Entry... entries) {
    var raw = new ByteArrayOutputStream();
    for (Entry entry : List.of(entries)) {
      raw.writeBytes((entry.mode() + " " + entry.name() + "\0").getBytes(StandardCharsets.UTF_8));
      raw.writeBytes(HexFormat.of().parseHex(entry.id()));
    }
    return raw.toByteArray();
  }
}
