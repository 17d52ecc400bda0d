package dev.syncline.server.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.syncline.core.merge.Conflict;
import dev.syncline.core.merge.Resolution;
import dev.syncline.core.model.ContentId;
import dev.syncline.server.view.json.Samples;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a script sees that looks after workspaces. */
final class WorkspaceApiTest {

  private static final Conflict CONFLICT = Samples.conflict();
  private static final String HERE = "conflicts/" + CONFLICT.id();

  private final RunningServer server = new RunningServer();

  @BeforeEach
  void fill() throws Exception {
    server.workspaces.conflicts.add(CONFLICT);
    server.workspaces.status = Samples.status();
    for (String side : List.of("ours", "theirs")) {
      byte[] bytes = side.getBytes(StandardCharsets.UTF_8);
      server.workspaces.keep(
          MemoryWorkspaces.NAME, Optional.empty(), bytes.length, new ByteArrayInputStream(bytes));
    }
    server.workspaces.heard();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void withoutATokenNothingIsSaid() throws Exception {
    for (String path :
        List.of("", "/notes", "/notes/conflicts", "/notes/changes", "/notes/events")) {
      assertEquals(401, server.get("/api/v1/workspaces" + path).statusCode(), path);
    }
  }

  @Test
  void whatIsNotThereIsNotFound() throws Exception {
    for (String path :
        List.of(
            "/nowhere",
            "/nowhere/file",
            "/nowhere/conflicts",
            "/notes/nothing",
            "/notes/links/laptop",
            "/notes/links/laptop/colour",
            "/notes/runs/x/y",
            "/notes/sync/now",
            "/notes/conflicts/" + "0".repeat(12) + "/ours",
            "/notes/" + HERE + "/base")) {
      assertEquals(404, send("GET", path, "").statusCode(), path);
    }
  }

  @Test
  void otherMethodsAreRefused() throws Exception {
    var allowed =
        Map.of(
            "",
            "GET",
            "/notes",
            "GET, DELETE",
            "/notes/file",
            "GET, PUT",
            "/notes/sync",
            "POST",
            "/notes/links/laptop/plan",
            "GET",
            "/notes/runs/x/approve",
            "POST",
            "/notes/" + HERE,
            "POST",
            "/notes/files",
            "GET",
            "/notes/changes",
            "POST",
            "/notes/hooks/github",
            "POST");
    for (var entry : allowed.entrySet()) {
      var answer = send("PATCH", entry.getKey(), "");
      assertEquals(405, answer.statusCode(), entry.getKey());
      assertEquals(entry.getValue(), answer.headers().firstValue("Allow").orElseThrow());
    }
  }

  @Test
  void whatMakesNoSenseIsRefused() throws Exception {
    assertEquals(400, send("GET", "/No Workspace".replace(" ", "%20"), "").statusCode());
    assertEquals(400, send("GET", "/notes/runs?limit=0", "").statusCode());
    assertEquals(400, send("GET", "/notes/history?path=../x", "").statusCode());
    assertEquals(400, send("GET", "/notes/" + HERE + "/middle", "").statusCode());
    assertEquals(400, send("POST", "/notes/sync?link=No%20Link", "").statusCode());
    assertEquals(413, send("PUT", "/notes/file", "x".repeat((1 << 20) + 1)).statusCode());
    for (String body :
        List.of("", "[]", "{}", "{\"path\": \"a\", \"version\": \"x\", \"author\": \"ada\"}")) {
      assertEquals(400, send("POST", "/notes/restore", body).statusCode(), body);
    }
    var chunked =
        server
            .admin("workspaces/notes/contents")
            .POST(BodyPublishers.fromPublisher(BodyPublishers.ofString("x")));
    assertEquals(411, server.send(chunked).statusCode());
  }

  @Test
  void aRunThatIsNotHeldCanNotBeApproved() throws Exception {
    assertEquals(204, send("POST", "/notes/runs/20261121-030405-abcde/approve", "").statusCode());
    var answer = send("POST", "/notes/runs/other/approve", "");
    assertEquals(409, answer.statusCode());
    assertEquals("moved", json(answer).path("kind").asString());
  }

  @Test
  void bothSidesOfAConflictCanBeRead() throws Exception {
    JsonNode listed = json(send("GET", "/notes/conflicts", "")).path("conflicts").path(0);
    assertEquals(CONFLICT.id().value(), listed.path("id").asString());
    for (String side : List.of("ours", "theirs")) {
      var answer = send("GET", "/notes/" + HERE + "/" + side, "");
      assertEquals(side, answer.body());
      String content = listed.path(side).path("content").asString();
      assertEquals('"' + content + '"', answer.headers().firstValue("ETag").orElseThrow());
    }
  }

  @Test
  void aConflictIsAnsweredByASideOrByOtherContents() throws Exception {
    var answers =
        Map.of(
            "\"choose\": \"theirs\"",
            "Choose[side=THEIRS]",
            "\"choose\": \"both\"",
            "Both[]",
            "\"delete\": true",
            "Supply[version=Optional.empty]",
            "\"text\": \"x\"",
            supply("x"),
            "\"base64\": \"eA==\"",
            supply("x"),
            "\"file\": {\"content\": \"" + Samples.id("ours") + "\"}",
            supply("ours"));
    for (var entry : answers.entrySet()) {
      assertEquals(204, resolve(entry.getKey(), id("ours"), id("theirs")).statusCode());
      String heard = server.workspaces.heard().getFirst();
      assertTrue(heard.contains(entry.getValue()), heard);
      assertTrue(heard.endsWith("Ada <ada@example.org>"), heard);
    }
    assertEquals("x", send("GET", "/notes/contents/" + Samples.id("x"), "").body());
  }

  @Test
  void whoSawAnotherVersionIsToldToLookAgain() throws Exception {
    for (var answer :
        List.of(
            resolve("\"choose\": \"ours\"", id("older"), id("theirs")),
            resolve("\"choose\": \"ours\"", id("ours"), "null"),
            send(
                "POST",
                "/notes/conflicts/" + "0".repeat(12),
                answer("\"choose\": \"ours\"", id("ours"), id("theirs"))))) {
      assertEquals(409, answer.statusCode(), answer.body());
    }
    assertEquals(List.of(), server.workspaces.heard());
  }

  @Test
  void anAnswerThatMakesNoSenseIsRefused() throws Exception {
    for (String choice : List.of("\"choose\": \"mine\"", "\"x\": 1", "\"text\": 1")) {
      assertEquals(400, resolve(choice, id("ours"), id("theirs")).statusCode(), choice);
    }
    String unseen = "{\"choose\": \"ours\", \"author\": \"Ada\"}";
    assertEquals(400, send("POST", "/notes/" + HERE, unseen).statusCode());
  }

  private static String supply(String contents) {
    return new Resolution.Supply(Optional.of(Samples.file(contents))).toString();
  }

  private HttpResponse<String> resolve(String choice, String ours, String theirs) throws Exception {
    return send("POST", "/notes/" + HERE, answer(choice, ours, theirs));
  }

  private static String answer(String choice, String ours, String theirs) {
    return "{\"author\": \"Ada <ada@example.org>\", \"seen\": {\"ours\": "
        + ours
        + ", \"theirs\": "
        + theirs
        + "}, "
        + choice
        + "}";
  }

  private static String id(String contents) {
    return '"' + ContentId.ofContents(contents.getBytes(StandardCharsets.UTF_8)).toString() + '"';
  }

  private HttpResponse<String> send(String method, String path, String body) throws Exception {
    return server.send(
        server.admin("workspaces" + path).method(method, BodyPublishers.ofString(body)));
  }

  private static JsonNode json(HttpResponse<String> answer) {
    return JsonMapper.shared().readTree(answer.body());
  }
}
