package dev.syncline.server.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.syncline.core.model.DocumentId;
import dev.syncline.core.model.SyncException;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class AdminApiTest {

  private static final DocumentId ONE = new DocumentId(1, 1);
  private static final DocumentId TWO = new DocumentId(2, 2);
  private static final String BROKEN = "documents/" + MemoryDocuments.BROKEN + "/content";

  private final RunningServer server = new RunningServer();

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void withoutATokenNothingIsSaid() throws Exception {
    for (String path : new String[] {"documents", "tokens", "backup", "nothing"}) {
      var answer = server.get("/api/v1/" + path);
      assertProblem(answer, 401, "denied");
      assertEquals("Bearer", answer.headers().firstValue("WWW-Authenticate").get());
    }
    assertProblem(server.get("/api/v1/documents", "Authorization", "Bearer x"), 401, "denied");
    assertProblem(
        server.get("/api/v1/documents?token=" + RunningServer.ADMIN.replace(' ', '+')),
        401,
        "denied");
  }

  @Test
  void aTokenOfAnotherScopeIsNotEnough() throws Exception {
    assertProblem(server.get("/api/v1/tokens", "authorization", "bearer reader"), 403, "denied");
  }

  @Test
  void documentsAreListedPageByPage() throws Exception {
    add(ONE);
    add(TWO);
    JsonNode first = json(server.send(server.admin("documents?limit=1")));
    assertEquals(ONE.toString(), first.path("documents").path(0).asString());
    JsonNode second =
        json(
            server.send(server.admin("documents?limit=10&after=" + first.path("next").asString())));
    assertEquals(1, second.path("documents").size());
    assertEquals(TWO.toString(), second.path("documents").path(0).asString());
    assertTrue(second.path("next").isMissingNode());
  }

  @Test
  void aDocumentComesBackAsItWasSent() throws Exception {
    assertEquals(1, add(ONE).path("added").asInt());
    var answer = server.send(server.admin("documents/" + ONE + "/content"));
    assertEquals("content of " + ONE, answer.body());
    assertEquals("application/octet-stream", answer.headers().firstValue("Content-Type").get());
    assertEquals("no-store", answer.headers().firstValue("Cache-Control").get());
    assertEquals(3, json(server.send(server.admin("documents/" + ONE))).path("changes").asInt());
  }

  @Test
  void whatIsDeletedIsGone() throws Exception {
    add(ONE);
    assertEquals(204, server.send(server.admin("documents/" + ONE).DELETE()).statusCode());
    assertProblem(server.send(server.admin("documents/" + ONE).DELETE()), 404, "invalid");
    assertProblem(server.send(server.admin("documents/" + ONE)), 404, "invalid");
    assertProblem(server.send(server.admin("documents/" + ONE + "/content")), 404, "invalid");
  }

  @Test
  void everyFailureHasItsStatus() throws Exception {
    var statuses =
        Map.of(
            new SyncException.Invalid("x"), 400,
            new SyncException.Denied("x"), 403,
            new SyncException.Unavailable("x", new IOException()), 503,
            new SyncException.Corrupt("x"), 500,
            new IllegalStateException("x"), 500);
    for (var entry : statuses.entrySet()) {
      server.documents.failure = entry.getKey();
      var answer = server.send(server.admin(BROKEN));
      assertEquals(entry.getValue(), answer.statusCode(), entry.getKey().toString());
      assertEquals("application/problem+json", answer.headers().firstValue("Content-Type").get());
    }
  }

  @Test
  void aStreamThatFailsHalfWayIsCut() {
    server.documents.brokenAfter = 1 << 20;
    assertThrows(IOException.class, () -> server.send(server.admin(BROKEN)));
  }

  @Test
  void addressesAndBodiesThatMakeNoSenseAreRefused() throws Exception {
    assertProblem(server.send(server.admin("documents/nonsense")), 400, "invalid");
    assertProblem(server.send(server.admin("documents?limit=0")), 400, "invalid");
    assertProblem(server.send(server.admin("documents?limit=x")), 400, "invalid");
    assertProblem(server.send(server.admin("documents/" + ONE + "/other")), 404, "invalid");
    assertProblem(server.send(server.admin("nothing")), 404, "invalid");
    var deleted = server.send(server.admin("documents").DELETE());
    assertProblem(deleted, 405, "invalid");
    assertEquals("GET", deleted.headers().firstValue("Allow").get());
    for (String body :
        new String[] {
          "",
          "{",
          "[]",
          "{}",
          "{\"name\":1}",
          "{\"name\":\"a\",\"scope\":\"all\"}",
          "{\"name\":\"a\",\"scope\":\"admin\",\"colour\":\"red\"}",
          "{\"name\":\"a\",\"scope\":\"admin\",\"expires\":\"tomorrow\"}",
          "{\"name\":\"a\",\"scope\":\"documents:read\",\"documents\":\"all\"}"
        }) {
      assertProblem(post("tokens", body), 400, "invalid");
    }
  }

  @Test
  void aBodyThatIsTooLongIsRefused() throws Exception {
    String json = "{\"name\":\"" + "a".repeat(70_000) + "\"}";
    assertProblem(post("tokens", json), 413, "invalid");
    var chunked =
        server.admin("tokens").POST(BodyPublishers.fromPublisher(BodyPublishers.ofString(json)));
    assertProblem(server.send(chunked), 413, "invalid");
  }

  @Test
  void aTokenIsMadeListedAndRevoked() throws Exception {
    var made =
        post(
            "tokens",
            "{\"name\":\"phone\",\"scope\":\"documents:read\",\"documents\":[\""
                + ONE
                + "\"],\"expires\":\"2027-01-31T12:00:00Z\"}");
    assertEquals(201, made.statusCode());
    String id = json(made).path("id").asString();
    assertTrue(json(made).path("token").asString().startsWith("syncline_" + id));
    JsonNode listed = json(server.send(server.admin("tokens"))).path("tokens").path(0);
    assertEquals("phone", listed.path("name").asString());
    assertEquals(ONE.toString(), listed.path("documents").path(0).asString());
    assertEquals(RunningServer.NOW.toString(), listed.path("created").asString());
    assertEquals(204, server.send(server.admin("tokens/" + id).DELETE()).statusCode());
    assertProblem(server.send(server.admin("tokens/" + id).DELETE()), 404, "invalid");
  }

  @Test
  void aBackupCanBeRestored() throws Exception {
    var backup = server.send(server.admin("backup"));
    assertEquals("application/zip", backup.headers().firstValue("Content-Type").get());
    JsonNode held = json(post("restore", backup.body()));
    assertEquals(2 * server.archive.size, held.path("bytes").asInt());
    assertProblem(post("restore", "something else"), 400, "invalid");
  }

  private JsonNode add(DocumentId document) throws Exception {
    return json(post("documents/" + document + "/content", "content of " + document));
  }

  private HttpResponse<String> post(String path, String body) throws Exception {
    return server.send(server.admin(path).POST(BodyPublishers.ofString(body)));
  }

  private static JsonNode json(HttpResponse<String> answer) {
    return JsonMapper.shared().readTree(answer.body());
  }

  private static void assertProblem(HttpResponse<String> answer, int status, String kind) {
    assertEquals(status, answer.statusCode(), answer.body());
    assertEquals("application/problem+json", answer.headers().firstValue("Content-Type").get());
    assertEquals("no-store", answer.headers().firstValue("Cache-Control").get());
    assertEquals(status, json(answer).path("status").asInt());
    assertEquals(kind, json(answer).path("kind").asString());
    assertTrue(!json(answer).path("detail").asString().isBlank());
  }
}
