package dev.syncline.server.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.syncline.server.ledger.NativeGit;
import dev.syncline.server.ledger.NativeGit.Output;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the machine's own Git sees of a workspace. */
final class GitPagesTest {

  private static final String NO_LINKS = "links: {}\n";

  @TempDir Path folder;
  private Site site;

  @BeforeEach
  void open() {
    NativeGit.need("git");
    site = new Site(folder.resolve("workspaces")).with(NO_LINKS);
  }

  @AfterEach
  void close() {
    site.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "1", "2"})
  void aClientClonesAndThenFetchesWhatChanged(String version) throws Exception {
    site.write("plans/today.md", "Write.\n");
    Output cloned = git("-c", "protocol.version=" + version, "clone", url("notes"), "clone");
    assertEquals(0, cloned.code(), cloned::out);
    assertEquals("Write.\n", read("clone/plans/today.md"));
    String changed = site.write("plans/today.md", "Rest.\n");
    in("clone", "-c", "protocol.version=" + version, "pull", "--ff-only");
    assertEquals("Rest.\n", read("clone/plans/today.md"));
    assertEquals(changed, in("clone", "rev-parse", "HEAD").strip());
    assertEquals("main", in("clone", "rev-parse", "--abbrev-ref", "HEAD").strip());
    NativeGit.mustBeSound(folder.resolve("clone"));
  }

  @Test
  void theNameMayEndAsRepositoriesDo() throws Exception {
    site.write("a", "1");
    assertEquals(0, git("clone", url("notes.git"), "clone").code());
  }

  @Test
  void aLedgerWithoutAVersionIsAnEmptyRepository() {
    Output cloned = git("clone", url("notes"), "clone");
    assertEquals(0, cloned.code(), cloned::out);
    assertTrue(cloned.out().contains("empty repository"), cloned::out);
  }

  @Test
  void theBranchIsShownAndNothingElse() throws Exception {
    String version = site.write("a", "1");
    Output refs = git("ls-remote", url("notes"));
    assertEquals(version + "\tHEAD\n" + version + "\trefs/heads/main\n", refs.out());
  }

  @Test
  void aCloneMayBeShallowOrWithoutContents() throws Exception {
    site.write("a", "1");
    site.write("a", "2");
    site.write("b", "3");
    assertEquals(0, git("clone", "--depth=1", url("notes"), "shallow").code());
    assertEquals("1", in("shallow", "rev-list", "--count", "HEAD").strip());
    in("shallow", "fetch", "--unshallow");
    assertEquals("3", in("shallow", "rev-list", "--count", "HEAD").strip());
    NativeGit.mustBeSound(folder.resolve("shallow"));

    assertEquals(0, git("clone", "--filter=blob:none", url("notes"), "partial").code());
    assertEquals("1", in("partial", "show", "HEAD~2:a"));
  }

  @Test
  void whatAClientSaysMayBeCompressed() throws Exception {
    site.write("a", "1");
    assertEquals(0, git("clone", url("notes"), "clone").code());
    // What is only there makes Git say more than a kilobyte, and that it compresses.
    for (int i = 0; i < 40; i++) {
      in("clone", "commit", "--quiet", "--allow-empty", "-m", "mine");
    }
    String changed = site.write("a", "2");
    in("clone", "fetch", "--quiet");
    assertEquals(changed, in("clone", "rev-parse", "origin/main").strip());

    var body = new ByteArrayOutputStream();
    try (var out = new GZIPOutputStream(body)) {
      out.write(lines("command=ls-refs\n", "0001", "peel\n", "0000"));
    }
    HttpResponse<String> refs =
        post("/git/notes/git-upload-pack", body.toByteArray(), "Content-Encoding", "gzip");
    assertEquals(200, refs.statusCode());
    assertTrue(refs.body().contains("refs/heads/main"), refs.body());
  }

  @Test
  void aBodyWithoutAnEndIsRefused() throws Exception {
    site.write("a", "1");
    var body = new ByteArrayOutputStream();
    try (var out = new GZIPOutputStream(body)) {
      out.write(lines("command=fetch\n", "0001"));
      byte[] have = lines("have " + "1".repeat(40) + "\n");
      for (int i = 0; i < 400_000; i++) {
        out.write(have);
      }
    }
    HttpResponse<String> answer =
        post("/git/notes/git-upload-pack", body.toByteArray(), "Content-Encoding", "gzip");
    assertEquals(413, answer.statusCode(), answer.body());
  }

  @Test
  void aPushIsRefusedAndSaysWhy() throws Exception {
    site.write("a", "1");
    assertEquals(0, git("clone", url("notes"), "clone").code());
    in("clone", "commit", "--allow-empty", "-m", "mine");
    Output pushed = git("-C", "clone", "push");
    assertEquals(128, pushed.code());
    assertTrue(pushed.out().contains("nobody else can push to it"), pushed::out);
    HttpResponse<String> direct = post("/git/notes/git-receive-pack", new byte[0]);
    assertEquals(403, direct.statusCode());
  }

  @Test
  void theOldProtocolOfPlainFilesIsRefusedAndSaysWhy() throws Exception {
    site.write("a", "1");
    var builder = NativeGit.isolated(List.of("git", "clone", url("notes"), "clone"));
    builder.environment().put("GIT_SMART_HTTP", "0");
    Output cloned = NativeGit.attempt(builder.directory(folder.toFile()), new byte[0]);
    assertEquals(128, cloned.code());
    assertTrue(cloned.out().contains("GIT_SMART_HTTP"), cloned::out);
  }

  @Test
  void onlyATokenForAdministrationOpens() throws Exception {
    site.write("a", "1");
    for (String password : List.of("", "wrong", "reader")) {
      String url = site.server.uri("/git/notes").toString();
      Output refused = git("ls-remote", url.replace("//", "//ada:" + password + "@"));
      assertEquals(128, refused.code(), password);
      assertFalse(refused.out().contains("refs/heads"), refused::out);
    }
    HttpResponse<String> nobody = site.server.get("/git/notes/info/refs?service=git-upload-pack");
    assertEquals(401, nobody.statusCode());
    assertTrue(
        nobody.headers().firstValue("WWW-Authenticate").orElse("").startsWith("Basic realm="));
    assertEquals(401, site.server.get("/git/nowhere/info/refs").statusCode());
    assertEquals(
        401, site.server.get("/git/notes/info/refs", "Authorization", "Basic ???").statusCode());
    assertEquals(403, as("reader", "/git/notes/info/refs?service=git-upload-pack").statusCode());
  }

  @Test
  void whatIsNotThereIsNotFound() throws Exception {
    Output refused = git("ls-remote", url("nowhere"));
    assertEquals(128, refused.code());
    assertTrue(refused.out().contains("there is no workspace nowhere"), refused::out);
    for (String path :
        List.of("notes", "notes/HEAD", "Not%20A%20Name/info/refs?service=git-upload-pack")) {
      assertEquals(404, as(RunningServer.ADMIN, "/git/" + path).statusCode(), path);
    }
  }

  @Test
  void clonesAreWholeWhileFilesChangeAndPacksAreMerged() throws Exception {
    for (int i = 0; i < 30; i++) {
      site.write("files/" + i, "first " + i + "\n");
    }
    var isOver = new CountDownLatch(1);
    var writes = new ArrayList<String>();
    Thread writer =
        Thread.ofVirtual()
            .start(() -> {
              for (int i = 0; isOver.getCount() > 0; i++) {
                try {
                  writes.add(site.write("files/" + i % 40, "later " + i + "\n"));
                } catch (Exception e) {
                  throw new AssertionError(e);
                }
              }
            });
    try {
      for (int i = 0; i < 12; i++) {
        String clone = "clone" + i;
        Output cloned = git("clone", "--quiet", url("notes"), clone);
        assertEquals(0, cloned.code(), cloned::out);
        NativeGit.mustBeSound(folder.resolve(clone));
        in(clone, "pull", "--quiet", "--ff-only");
        NativeGit.mustBeSound(folder.resolve(clone));
      }
    } finally {
      isOver.countDown();
      writer.join();
    }
    assertTrue(writes.size() > 50, "only " + writes.size() + " changes meanwhile");
    NativeGit.mustBeSound(folder.resolve("workspaces/notes/ledger.git"));
  }

  private Output git(String... arguments) {
    return new NativeGit(folder).attempt(List.of(arguments), new byte[0]);
  }

  private String in(String clone, String... arguments) {
    return new NativeGit(folder.resolve(clone)).run(arguments);
  }

  private String url(String workspace) {
    return site.server
        .uri("/git/" + workspace)
        .toString()
        .replace("//", "//ada:" + RunningServer.ADMIN.replace(" ", "%20") + "@");
  }

  private String read(String path) throws Exception {
    return Files.readString(folder.resolve(path));
  }

  private HttpResponse<String> as(String token, String path) throws Exception {
    return site.server.get(path, "Authorization", basic(token));
  }

  private HttpResponse<String> post(String path, byte[] body, String... headers) throws Exception {
    var request =
        site.server.request(
            path,
            "Authorization",
            basic(RunningServer.ADMIN),
            "Git-Protocol",
            "version=2",
            "Content-Type",
            "application/x-git-upload-pack-request");
    return site.server.send(
        (headers.length == 0 ? request : request.headers(headers))
            .POST(BodyPublishers.ofByteArray(body)));
  }

  private static String basic(String token) {
    byte[] pair = ("ada:" + token).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(pair);
  }

  /** Lines as Git frames them; those of four digits stand for themselves. */
  private static byte[] lines(String... lines) {
    var framed = new StringBuilder();
    for (String line : lines) {
      framed.append(line.length() == 4 ? line : String.format("%04x", line.length() + 4) + line);
    }
    return framed.toString().getBytes(StandardCharsets.UTF_8);
  }
}
