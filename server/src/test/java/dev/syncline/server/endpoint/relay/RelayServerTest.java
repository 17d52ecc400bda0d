package dev.syncline.server.endpoint.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.syncline.core.model.SyncException;
import dev.syncline.server.config.Secret;
import dev.syncline.yjs.YDoc;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What comes of what a Relay Server answers. */
final class RelayServerTest {

  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final RelayId ID =
      new RelayId("85a06712-af14-47bc-a859-e8106cc786e8", "8ac6873a-e0d1-44da-a71c-4b43e08afcce");

  private HttpServer server;
  private RelayServer relay;
  private volatile int status = 200;
  private volatile byte[] body = new byte[2];
  private volatile String asked = "";

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext(
        "/",
        exchange -> {
          asked =
              exchange.getRequestURI()
                  + " "
                  + exchange.getRequestHeaders().getFirst("Authorization");
          exchange.getResponseHeaders().set("Retry-After", "7");
          exchange.sendResponseHeaders(status, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    relay =
        new RelayServer(
            URI.create("http://127.0.0.1:" + server.getAddress().getPort()),
            Secret.literal("k3y"),
            Way.REQUEST,
            () -> NOW);
  }

  @AfterEach
  void stop() {
    relay.close();
    server.stop(0);
  }

  @Test
  void aDocumentIsAskedForByItsIdWithTheKeyInAHeader() {
    var note = new YDoc(7);
    note.edit(() -> note.text("contents").insert(0, "hello"));
    body = note.encode();
    assertEquals("hello", relay.document(ID).text("contents").toString());
    assertEquals("/d/" + ID + "/as-update Bearer k3y", asked);
  }

  @Test
  void whatNobodyHasUploadedIsNotThere() {
    assertEquals(Optional.empty(), DocumentText.note(relay.document(ID)));
  }

  @Test
  void aKeyThatIsNotTakenIsDenied() {
    status = 401;
    var denied = assertThrows(SyncException.Denied.class, () -> relay.document(ID));
    assertFalse(String.valueOf(denied.getMessage()).contains("k3y"));
  }

  @Test
  void whatTheServerSaysAboutTheKeyIsPassedOn() {
    status = 401;
    body = "Something went wrong: The token is expired".getBytes(StandardCharsets.UTF_8);
    var denied = assertThrows(SyncException.Denied.class, () -> relay.document(ID));
    assertTrue(
        String.valueOf(denied.getMessage()).contains(" answers 401 (The token is expired): give"),
        denied.getMessage());
  }

  @Test
  void whatNobodyShouldReadOfAnAnswerIsNotPassedOn() {
    status = 401;
    for (String said :
        List.of("", "<html>", "line\nline", "x".repeat(201), "the token k3y is wrong")) {
      body = said.getBytes(StandardCharsets.UTF_8);
      var denied = assertThrows(SyncException.Denied.class, () -> relay.document(ID));
      assertTrue(
          String.valueOf(denied.getMessage()).contains(" answers 401: give"), denied.getMessage());
    }
  }

  @Test
  void aServerInTroubleIsLeftAloneAsLongAsItAsks() {
    status = 503;
    var thrown = assertThrows(SyncException.Unavailable.class, () -> relay.document(ID));
    assertEquals(Optional.of(NOW.plus(Duration.ofSeconds(7))), thrown.notBefore());
  }

  @Test
  void anAnswerThatIsNoDocumentChangesNothing() {
    body = "<html>".getBytes(StandardCharsets.UTF_8);
    var thrown = assertThrows(SyncException.Unavailable.class, () -> relay.document(ID));
    assertTrue(String.valueOf(thrown.getMessage()).contains("can't be read"));
  }

  @Test
  void aServerThatIsGoneIsUnavailable() {
    server.stop(0);
    assertThrows(SyncException.Unavailable.class, () -> relay.document(ID));
  }
}
