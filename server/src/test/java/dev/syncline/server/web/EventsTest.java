package dev.syncline.server.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What listeners hear. */
@Timeout(60)
final class EventsTest {

  @TempDir private Path folder;
  private final HttpClient client = HttpClient.newHttpClient();
  private Site site;

  @BeforeEach
  void start() {
    site = new Site(folder).with("links: {}\n");
  }

  @AfterEach
  void stop() {
    client.shutdownNow();
    site.close();
  }

  /** An event as it was sent. */
  private record Event(String name, Optional<String> id, JsonNode data) {}

  /** A connection that hears events. */
  private static final class Ear implements AutoCloseable {
    private final BufferedReader lines;

    Ear(InputStream body) {
      this.lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
    }

    /** The next event; fails when the stream ends. */
    Event next() throws IOException {
      Optional<String> id = Optional.empty();
      String name = "";
      for (String line = line(); ; line = line()) {
        if (line.startsWith("id: ")) {
          id = Optional.of(line.substring(4));
        } else if (line.startsWith("event: ")) {
          name = line.substring(7);
        } else if (line.startsWith("data: ")) {
          return new Event(name, id, JsonMapper.shared().readTree(line.substring(6)));
        }
      }
    }

    private String line() throws IOException {
      String line = lines.readLine();
      if (line == null) {
        throw new IOException("the stream ended");
      }
      return line;
    }

    boolean hasEnded() {
      try {
        while (true) {
          line();
        }
      } catch (IOException e) {
        return true;
      }
    }

    @Override
    public void close() throws IOException {
      lines.close();
    }
  }

  @Test
  void aListenerHearsWhichFilesChanged() throws Exception {
    String first = site.write("a.txt", "1");
    try (Ear ear = listen()) {
      assertEquals(first, ear.next().id().orElseThrow());
      String second = site.write("b.txt", "1");
      Event event = ear.next();
      assertEquals("version", event.name());
      assertEquals(second, event.id().orElseThrow());
      assertEquals(second, event.data().path("version").asString());
      assertEquals(first, event.data().path("since").asString());
      assertEquals("[\"b.txt\"]", event.data().path("paths").toString());
      assertTrue(event.data().path("complete").asBoolean());
    }
  }

  @Test
  void aListenerOfAnEmptyWorkspaceHearsOfItsFirstVersion() throws Exception {
    try (Ear ear = listen()) {
      String first = site.write("a.txt", "1");
      Event event = ear.next();
      assertEquals(first, event.id().orElseThrow());
      assertEquals(0, event.data().path("paths").size());
    }
  }

  @Test
  void whoComesBackHearsWhatTheyMissed() throws Exception {
    String known = site.write("a.txt", "1");
    site.write("b.txt", "1");
    String newest = site.write("c.txt", "1");
    try (Ear ear = listen("Last-Event-ID", known)) {
      Event missed = ear.next();
      assertEquals(newest, missed.id().orElseThrow());
      assertEquals("[\"b.txt\",\"c.txt\"]", missed.data().path("paths").toString());
    }
  }

  @Test
  void whoKnowsAVersionThatNeverWasReadsAllAnew() throws Exception {
    String newest = site.write("a.txt", "1");
    try (Ear ear = listen("Last-Event-ID", "0".repeat(40))) {
      Event event = ear.next();
      assertEquals(newest, event.id().orElseThrow());
      assertEquals(false, event.data().path("complete").asBoolean(true));
    }
  }

  @Test
  void tooManyPathsAreNotNamed() throws Exception {
    String known = site.write("a.txt", "1");
    var many = new StringBuilder("{\"changes\":[");
    for (int i = 0; i < 1500; i++) {
      many.append("{\"path\":\"f").append(i).append("\",\"text\":\"\"},");
    }
    site.post("/changes", many.replace(many.length() - 1, many.length(), "]}").toString());
    try (Ear ear = listen("Last-Event-ID", known)) {
      JsonNode data = ear.next().data();
      assertEquals(1000, data.path("paths").size());
      assertEquals(false, data.path("complete").asBoolean(true));
    }
  }

  @Test
  void aListenerHearsHowLinksAreEvenIfTheConfigurationChanges() throws Exception {
    try (Ear ear = listen()) {
      site.with("links:\n  laptop: {folder: /nowhere}\n");
      site.post("/pause?link=laptop", "");
      Event event = ear.next();
      while (!event.data().path("condition").asString().equals("paused")) {
        assertEquals("state", event.name());
        assertEquals("laptop", event.data().path("link").asString());
        assertNotEquals("syncing", event.data().path("condition").asString());
        event = ear.next();
      }
    }
  }

  @Test
  void aWorkspaceThatIsTakenAwayEndsItsEvents() throws Exception {
    try (Ear ear = listen()) {
      site.workspaces.remove(Site.NOTES);
      assertTrue(ear.hasEnded());
    }
  }

  @Test
  void aServerThatStopsEndsItsEvents() throws Exception {
    Ear ear = listen();
    site.server.close();
    assertTrue(ear.hasEnded());
  }

  @Test
  void whatMakesNoSenseIsRefused() throws Exception {
    assertEquals(400, site.get("/events", "Last-Event-ID", "yesterday").statusCode());
    assertEquals(405, site.post("/events", "").statusCode());
    var nowhere = site.server.admin("workspaces/nowhere/events");
    assertEquals(404, site.server.send(nowhere).statusCode());
    assertEquals(401, site.server.get("/api/v1/workspaces/notes/events").statusCode());
  }

  private Ear listen(String... headers) throws Exception {
    HttpRequest.Builder request = site.server.admin("workspaces/notes/events");
    HttpResponse<InputStream> answer =
        client.send(
            (headers.length == 0 ? request : request.headers(headers)).build(),
            BodyHandlers.ofInputStream());
    assertEquals("text/event-stream", answer.headers().firstValue("Content-Type").orElseThrow());
    return new Ear(answer.body());
  }
}
