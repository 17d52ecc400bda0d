package dev.syncline.server.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.syncline.core.model.SyncException;
import dev.syncline.server.config.ServerSettings;
import dev.syncline.server.view.ServerStatus;
import dev.syncline.server.web.connect.Upgrade;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class PagesTest {

  private final RunningServer server = new RunningServer();

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void whoeverAsksForNoHtmlGetsTheLineOfTheOldServer() throws Exception {
    for (String accept : new String[] {"*/*", "text/plain", "application/json"}) {
      var answer = server.get("/", "Accept", accept);
      assertEquals(200, answer.statusCode());
      assertEquals("👍 Syncline 0.1.0 is running\n", answer.body());
    }
  }

  @Test
  void browsersSeeHowTheServerIs() throws Exception {
    var answer = server.get("/", "Accept", "text/html,application/xhtml+xml,*/*;q=0.8");
    assertEquals(200, answer.statusCode());
    assertEquals("text/html; charset=utf-8", answer.headers().firstValue("Content-Type").get());
    for (String shown :
        new String[] {
          "0.1.0",
          "2026-11-21 00:00:00 UTC (3 h 4 min)",
          "files in /var/lib/syncline",
          "1\u202f234\u202f567",
          "5.0 MiB",
          "width=device-width",
          "prefers-color-scheme: dark",
          "Ready"
        }) {
      assertTrue(answer.body().contains(shown), shown + " in " + answer.body());
    }
    assertFalse(answer.body().contains("http"), "nothing comes from elsewhere");
  }

  @Test
  void theStatusPageShowsProblemsAsText() throws Exception {
    server.view.storageProblem = Optional.of("the disk is full: <b>make room</b>");
    server.view.lastProblem =
        Optional.of(
            new ServerStatus.Problem(Instant.parse("2026-11-21T03:00:00Z"), "a \"bad\" day"));
    String page = server.get("/", "Accept", "text/html").body();
    assertTrue(page.contains("Storage: the disk is full: &lt;b&gt;make room&lt;/b&gt;"), page);
    assertTrue(page.contains("a &quot;bad&quot; day (2026-11-21 03:00:00 UTC, 4 min ago)"), page);
    assertFalse(page.contains("Ready"), page);
  }

  @Test
  void aliveInEveryPhase() throws Exception {
    for (var phase : ServerStatus.Phase.values()) {
      server.view.phase = phase;
      assertEquals(200, server.get("/healthz").statusCode());
    }
  }

  @Test
  void readyOnlyWhileRunningAndAbleToStore() throws Exception {
    assertEquals(200, server.get("/readyz").statusCode());
    server.view.phase = ServerStatus.Phase.STOPPING;
    server.view.storageProblem = Optional.of("the disk is full");
    var answer = server.get("/readyz");
    assertEquals(503, answer.statusCode());
    assertEquals("The server is stopping.\nStorage: the disk is full\n", answer.body());
  }

  @Test
  void nothingIsCachedAndNothingIsSaidAboutTheEngine() throws Exception {
    var headers = server.get("/").headers();
    assertEquals("no-store", headers.firstValue("Cache-Control").get());
    assertEquals("nosniff", headers.firstValue("X-Content-Type-Options").get());
    assertTrue(headers.firstValue("Server").isEmpty());
  }

  @Test
  void otherPathsAndMethodsAreRefused() throws Exception {
    assertEquals(404, server.get("/nothing").statusCode());
    var post = server.send(server.request("/healthz").POST(BodyPublishers.ofString("x")));
    assertEquals(405, post.statusCode());
    assertEquals("GET, HEAD", post.headers().firstValue("Allow").get());
    assertEquals(200, server.send(server.request("/healthz").HEAD()).statusCode());
  }

  @Test
  void aPortThatIsTakenIsNamed() {
    ServerSettings free = RunningServer.settings();
    var taken =
        new ServerSettings(free.host(), server.server.port(), free.tls(), free.connections());
    var failure =
        assertThrows(
            SyncException.Unavailable.class,
            () -> new RunningServer(taken, RunningServer.PATIENCE, PagesTest::nobody).close());
    assertTrue(String.valueOf(failure.getMessage()).contains("is in use"), failure.getMessage());
  }

  private static Upgrade.Answer nobody(Upgrade.Visitor visitor) {
    return new Upgrade.Answer.Refused(403, "nobody");
  }
}
