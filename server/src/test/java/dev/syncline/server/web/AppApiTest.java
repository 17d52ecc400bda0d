package dev.syncline.server.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.syncline.core.model.ContentId;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.WorkspaceName;
import dev.syncline.server.view.json.UrlText;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What apps read and change of a workspace. */
final class AppApiTest {

  @TempDir private Path folder;
  private Site site;

  @BeforeEach
  void start() {
    site = new Site(folder).with("author: The Team <team@example.org>\n");
  }

  @AfterEach
  void stop() {
    site.close();
  }

  @Test
  void manyChangesAreOneVersion() throws Exception {
    var made =
        site.post(
            "/changes",
            """
            {"description": "First notes", "author": "Ada <ada@example.org>", "changes": [
              {"path": "a.txt", "text": "für alle"}, {"path": "b/c.bin", "base64": "AAEC"}]}\
            """);
    assertEquals(200, made.statusCode(), made.body());
    JsonNode versions = Site.json(site.get("/history")).path("versions");
    assertEquals(1, versions.size());
    JsonNode first = versions.path(0);
    assertEquals(Site.json(made).path("version"), first.path("version"));
    assertEquals("First notes", first.path("message").asString());
    assertEquals("ada@example.org", first.path("author").path("email").asString());
    assertEquals("für alle", site.get("/files/a.txt").body());
    assertEquals("\0\1\2", site.get("/files/b/c.bin").body());
  }

  @Test
  void changesOfNobodyAreTheWorkspaces() throws Exception {
    site.write("a.txt", "1");
    JsonNode author = Site.json(site.get("/history")).path("versions").path(0).path("author");
    assertEquals("The Team", author.path("name").asString());
  }

  @Test
  void whatDidNotMoveIsTakenThoughTheBaseIsOld() throws Exception {
    String base = site.write("a.txt", "1");
    site.write("b.txt", "1");
    var made = change(base, "{\"path\": \"a.txt\", \"text\": \"2\"}");
    assertEquals(200, made.statusCode(), made.body());
    assertEquals("2", site.get("/files/a.txt").body());
    assertEquals("1", site.get("/files/b.txt").body());
  }

  @Test
  void whatMovedSinceTheBaseIsRefusedWithAllThreeVersions() throws Exception {
    String base = site.write("a.txt", "base");
    String newest = site.write("a.txt", "ours");
    var refused =
        change(
            base,
            "{\"path\": \"a.txt\", \"text\": \"theirs\"}, {\"path\": \"new.txt\", \"text\": \"x\"}");
    assertEquals(409, refused.statusCode());
    assertEquals("moved", Site.json(refused).path("kind").asString());
    assertEquals(newest, Site.json(refused).path("version").asString());
    JsonNode conflicts = Site.json(refused).path("conflicts");
    assertEquals(1, conflicts.size());
    for (String side : List.of("base", "ours", "theirs")) {
      assertEquals(id(side), conflicts.path(0).path(side).path("content").asString());
    }
    assertEquals("base", site.get("/contents/" + id("base")).body());
    assertEquals(404, site.get("/files/new.txt").statusCode(), "all or nothing");
  }

  @Test
  void twoWhoWantTheSameAreBothRight() throws Exception {
    String base = site.write("a.txt", "1");
    String newest = site.write("a.txt", "2");
    var made = change(base, "{\"path\": \"a.txt\", \"text\": \"2\"}");
    assertEquals(newest, Site.json(made).path("version").asString());
  }

  @Test
  void aDeletedFileIsGoneAndItsHistoryIsNot() throws Exception {
    String base = site.write("a/b.txt", "1");
    var made = change(base, "{\"path\": \"a/b.txt\", \"delete\": true}");
    assertEquals(200, made.statusCode(), made.body());
    assertEquals(404, site.get("/files/a/b.txt").statusCode());
    assertEquals(2, Site.json(site.get("/history?path=a/b.txt")).path("versions").size());
  }

  @Test
  void aFileIsSentOnceAsLongAsItStaysTheSame() throws Exception {
    site.write("a.txt", "1");
    var first = site.get("/files/a.txt");
    String tag = first.headers().firstValue("ETag").orElseThrow();
    assertEquals('"' + id("1") + '"', tag);
    var again = site.get("/files/a.txt", "If-None-Match", "\"other\", " + tag);
    assertEquals(304, again.statusCode());
    assertEquals("", again.body());
    site.write("a.txt", "2");
    assertEquals("2", site.get("/files/a.txt", "If-None-Match", tag).body());
  }

  @Test
  void filesAreListedPageByPage() throws Exception {
    for (String path : List.of("b/x", "a", "b/y/z", "b.txt", "c")) {
      site.write(path, path);
    }
    assertEquals(List.of("a", "b.txt", "b/x", "b/y/z", "c"), pages("", 2));
    assertEquals(List.of("b/x", "b/y/z"), pages("&prefix=b/", 1));
    assertEquals(List.of("b/x", "b/y/z", "c"), pages("&after=b.txt", 10));
    assertEquals(List.of(), pages("&prefix=nothing", 10));
    JsonNode one = Site.json(site.get("/files?limit=1&history=true")).path("files").path(0);
    assertEquals(1, one.path("size").asInt());
    assertEquals(id("a"), one.path("content").asString());
    assertEquals("The Team", one.path("author").path("name").asString());
    assertTrue(one.has("modified"));
  }

  @Test
  void aStatusTellsOfItsFilesWhenAsked() throws Exception {
    site.write("a", "1");
    JsonNode status = Site.json(site.get("?files=true"));
    assertEquals("notes", status.path("workspace").asString());
    assertEquals("a", status.path("files").path(0).path("path").asString());
    assertTrue(Site.json(site.get("")).path("files").isMissingNode());
  }

  @Test
  void everyNameCanBeReached() throws Exception {
    for (String path : List.of("a b/100%.txt", "ü/日本;x", "a+b&c=d?#", "%2e%2e/x", "odd\uDCFF")) {
      String version = site.write(path, path.equals("odd\uDCFF") ? "odd" : path);
      assertTrue(!version.isEmpty(), path);
      var read = site.get("/files/" + UrlText.encodePath(path));
      assertEquals(200, read.statusCode(), path + read.body());
      String query = "/history?path=" + UrlText.encode(path);
      assertEquals(1, Site.json(site.get(query)).path("versions").size(), path);
      assertTrue(pages("", 10).contains(path));
    }
  }

  @Test
  void whatMakesNoSenseIsRefused() throws Exception {
    site.write("folder/file", "1");
    String file = "{\"path\": \"x\", \"text\": \"1\"}";
    for (String changes :
        List.of(
            "",
            "{}",
            "{\"path\": \"x\"}",
            "{\"path\": \"x\", \"text\": \"1\", \"delete\": true}",
            "{\"path\": \"x\", \"text\": \"1\", \"mode\": \"link\"}",
            "{\"path\": \"../x\", \"text\": \"1\"}",
            "{\"path\": \"a/.git/config\", \"text\": \"1\"}",
            "{\"path\": \"x\", \"base64\": \"***\"}",
            "{\"path\": \"x\", \"text\": \"half \\ud83d\"}",
            "{\"path\": \"folder\", \"text\": \"1\"}",
            "{\"path\": \"folder/file/below\", \"text\": \"1\"}",
            "{\"path\": \"x/y\", \"text\": \"1\"}, " + file,
            file + ", " + file)) {
      var answer = site.post("/changes", "{\"changes\": [" + changes + "]}");
      assertEquals(400, answer.statusCode(), changes + " " + answer.body());
      assertEquals("invalid", Site.json(answer).path("kind").asString());
    }
    assertEquals(400, change("0".repeat(40), file).statusCode());
    assertEquals(400, change("newest", file).statusCode());
    assertEquals(List.of("folder/file"), pages("", 10));
  }

  @Test
  void endpointsFollowWhatAppsChange() throws Exception {
    site.with("links:\n  laptop: {folder: /nowhere}\n");
    site.write("a.txt", "1");
    assertEquals(200, site.post("/sync", "").statusCode());
    var laptop = site.endpoints.values().iterator().next();
    assertTrue(laptop.files().at(new FilePath("a.txt")).isPresent());
  }

  @Test
  void callersOfOldAreServedIfThereIsOneWorkspace() throws Exception {
    String body = "{\"path\": \"a.txt\", \"content\": \"1\", \"description\": \"Why\"}";
    assertEquals(401, old(body, "nobody").statusCode());
    assertEquals(200, old(body, RunningServer.ADMIN).statusCode());
    assertEquals("1", site.get("/files/a.txt").body());
    site.workspaces.put(new WorkspaceName("second"), "links: {}");
    assertEquals(400, old(body, RunningServer.ADMIN).statusCode());
  }

  private HttpResponse<String> old(String body, String token) throws Exception {
    return site.server.send(
        site.server
            .request("/api/sync", "Authorization", "Bearer " + token)
            .POST(BodyPublishers.ofString(body)));
  }

  private HttpResponse<String> change(String base, String changes) throws Exception {
    return site.post("/changes", "{\"base\": \"" + base + "\", \"changes\": [" + changes + "]}");
  }

  private List<String> pages(String query, int limit) throws Exception {
    var all = new ArrayList<String>();
    String after = "";
    while (true) {
      JsonNode page = Site.json(site.get("/files?limit=" + limit + query + after));
      page.path("files").forEach(file -> all.add(file.path("path").asString()));
      if (!page.has("next")) {
        return all;
      }
      after = "&after=" + UrlText.encode(page.path("next").asString());
    }
  }

  private static String id(String contents) {
    return ContentId.ofContents(contents.getBytes(StandardCharsets.UTF_8)).toString();
  }
}
