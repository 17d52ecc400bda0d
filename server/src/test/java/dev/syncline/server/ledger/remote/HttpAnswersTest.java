package dev.syncline.server.ledger.remote;

import static dev.syncline.server.ledger.remote.RemoteStage.said;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.syncline.core.model.SyncException;
import dev.syncline.server.ledger.NativeGit;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the answers of an http host are taken for. */
final class HttpAnswersTest {

  private static final String LIST = "GET /remote.git/info/refs";
  private static final String UPLOAD = "POST /remote.git/git-upload-pack";
  private static final String RECEIVE = "POST /remote.git/git-receive-pack";

  @TempDir Path folder;
  private RemoteStage stage;
  private GitHttpHost host;
  private RemoteSpec spec;
  private String tip;

  @BeforeEach
  void start() throws IOException {
    stage = RemoteStage.in(folder);
    host = new GitHttpHost(folder);
    Path remote = NativeGit.bare(folder.resolve("remote.git"));
    tip = NativeGit.commit(remote, "main", "one", Map.of("a.txt", "1\n".repeat(5_000)));
    spec = RemoteStage.spec(host.url("remote.git"), new Credentials.None());
  }

  @AfterEach
  void stop() {
    host.close();
    stage.close();
  }

  @Test
  void aRequestForCredentialsIsDenied() {
    host.lock("anna", "secret");
    var denied = assertThrows(SyncException.Denied.class, () -> stage.fetch(spec));
    assertTrue(said(denied).contains("give the link a token"), said(denied));
  }

  @Test
  void forbiddenIsDenied() {
    host.answer(LIST, 403, Map.of());
    assertThrows(SyncException.Denied.class, () -> stage.fetch(spec));
  }

  @Test
  void aRepositoryThatIsNotThereIsInvalid() {
    var missing = RemoteStage.spec(host.url("missing.git"), new Credentials.None());
    var thrown = assertThrows(SyncException.Invalid.class, () -> stage.fetch(missing));
    assertTrue(said(thrown).contains("missing.git answers 404"), said(thrown));
  }

  @Test
  void aRepositoryThatATokenMayNotSeeIsDenied() {
    var token = new Credentials.Token("x", "the test", () -> "secret");
    var missing = RemoteStage.spec(host.url("missing.git"), token);
    assertThrows(SyncException.Denied.class, () -> stage.fetch(missing));
  }

  @Test
  void tooManyRequestsMeansToWaitAsLongAsItSays() {
    host.answer(LIST, 429, Map.of("Retry-After", "120"));
    assertEquals(Optional.of(in(Duration.ofMinutes(2))), unavailable().notBefore());
    host.answer(LIST, 429, Map.of("Retry-After", "Sat, 21 Nov 2026 09:30:00 GMT"));
    assertEquals(Optional.of(Instant.parse("2026-11-21T09:30:00Z")), unavailable().notBefore());
    host.answer(LIST, 429, Map.of());
    assertEquals(Optional.empty(), unavailable().notBefore());
  }

  @Test
  void aRateLimitIsNoDenial() {
    Instant reset = in(Duration.ofMinutes(40));
    var headers =
        Map.of(
            "X-RateLimit-Remaining",
            "0",
            "X-RateLimit-Reset",
            String.valueOf(reset.getEpochSecond()));
    host.answer(LIST, 403, headers);
    assertEquals(Optional.of(reset), unavailable().notBefore());
    host.answer(LIST, 403, Map.of("Retry-After", "60"));
    assertEquals(Optional.of(in(Duration.ofMinutes(1))), unavailable().notBefore());
  }

  @Test
  void noHostMakesUsWaitForever() {
    host.answer(LIST, 503, Map.of("Retry-After", "999999999999"));
    assertEquals(Optional.of(in(Duration.ofDays(1))), unavailable().notBefore());
  }

  @Test
  void aFaultOfTheHostIsUnavailableAtAnyStep() {
    host.answer(LIST, 500, Map.of());
    unavailable();
    host.answer(UPLOAD, 502, Map.of());
    unavailable();
    host.letPass(UPLOAD);
    host.answer(UPLOAD, 503, Map.of("Retry-After", "5"));
    assertEquals(Optional.of(in(Duration.ofSeconds(5))), unavailable().notBefore());
    host.answer(RECEIVE, 500, Map.of());
    String commit = stage.commit("two", Map.of("b.txt", "2"), Optional.empty());
    var other = new RemoteSpec(spec.link(), spec.url(), "other", spec.credentials(), spec.limits());
    assertThrows(
        SyncException.Unavailable.class, () -> stage.push(other, commit, Optional.empty()));
    assertEquals(Optional.of(tip), stage.fetch(spec));
  }

  @Test
  void aPushThatIsTooLargeForTheHostIsInvalid() {
    host.answer(RECEIVE, 413, Map.of());
    String commit = stage.commit("two", Map.of("b.txt", "2"), Optional.empty());
    var other = new RemoteSpec(spec.link(), spec.url(), "other", spec.credentials(), spec.limits());
    assertThrows(SyncException.Invalid.class, () -> stage.push(other, commit, Optional.empty()));
  }

  @Test
  void credentialsNeverGoToAnotherHost() throws IOException {
    var asked = new AtomicInteger();
    var other = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    other.createContext("/", exchange -> asked.incrementAndGet());
    other.start();
    try {
      String there =
          "http://127.0.0.1:"
              + other.getAddress().getPort()
              + "/remote.git/info/refs?service=git-upload-pack";
      host.answer(LIST, 302, Map.of("Location", there));
      var token = new Credentials.Token("x", "the test", () -> "secret");
      var locked = RemoteStage.spec(host.url("remote.git"), token);
      var thrown = assertThrows(SyncException.Invalid.class, () -> stage.fetch(locked));
      assertTrue(said(thrown).contains("sends us on to http://127.0.0.1:"), said(thrown));
      assertEquals(0, asked.get());
    } finally {
      other.stop(0);
    }
  }

  @Test
  void aRepositoryThatMovedOnTheSameHostIsFollowed() {
    host.answer(
        "GET /old.git/info/refs",
        301,
        Map.of("Location", "/remote.git/info/refs?service=git-upload-pack"));
    var moved = RemoteStage.spec(host.url("old.git"), new Credentials.None());
    assertEquals(Optional.of(tip), stage.fetch(moved));
  }

  @Test
  void aPageIsNoRepository() {
    host.answer(LIST, 200, Map.of("Content-Type", "text/html"));
    var thrown = assertThrows(SyncException.Invalid.class, () -> stage.fetch(spec));
    assertTrue(said(thrown).contains("text/html"), said(thrown));
  }

  @Test
  void theOldProtocolOfPlainFilesIsNotSpoken() {
    host.answer(LIST, 200, Map.of("Content-Type", "text/plain"));
    assertThrows(SyncException.Invalid.class, () -> stage.fetch(spec));
  }

  private Instant in(Duration later) {
    return stage.clock().instant().plus(later);
  }

  private SyncException.Unavailable unavailable() {
    return assertThrows(SyncException.Unavailable.class, () -> stage.fetch(spec));
  }
}
