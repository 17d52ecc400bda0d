package dev.syncline.server.web;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.syncline.server.config.ServerSettings;
import dev.syncline.server.web.connect.Upgrade;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class SocketsTest {

  private final BlockingQueue<Upgrade.Visitor> visitors = new LinkedBlockingQueue<>();
  private final HttpClient client = HttpClient.newHttpClient();
  private final RunningServer server =
      new RunningServer(
          RunningServer.settings(new ServerSettings.Connections(3, 2, List.of("127.0.0.0/8"))),
          RunningServer.PATIENCE,
          this::decide);

  @AfterEach
  void stop() {
    client.shutdownNow();
    server.close();
  }

  @Test
  void anyPathLeadsToTheDocuments() throws Exception {
    for (String path :
        new String[] {"/", "/sync", "//", "/a//b", "/a%2fb", "/metrics", "/api/v1/documents"}) {
      var socket = open(path);
      byte[] message = new byte[200_000];
      message[7] = 7;
      socket.socket.sendBinary(ByteBuffer.wrap(message), true).join();
      assertArrayEquals(message, socket.received.poll(10, TimeUnit.SECONDS));
      socket.socket.abort();
      untilOpen(0);
    }
  }

  @Test
  void theVisitorBringsTokenAndAddress() throws Exception {
    open("/?token=from%20query").socket.abort();
    assertEquals(
        new Upgrade.Visitor(Optional.of("from query"), InetAddress.ofLiteral("127.0.0.1")),
        visitors.take());
    open("/?token=x", "Authorization", "Bearer from-header").socket.abort();
    assertEquals(Optional.of("from-header"), visitors.take().token());
    open("/", "X-Forwarded-For", "203.0.113.9").socket.abort();
    assertEquals(
        new Upgrade.Visitor(Optional.empty(), InetAddress.ofLiteral("203.0.113.9")),
        visitors.take());
  }

  @Test
  void whoeverIsRefusedHearsTheStatus() {
    assertEquals(401, refused("/?token=wrong"));
    assertEquals(0, connections());
  }

  @Test
  void oneAddressMayNotTakeAllPlaces() throws Exception {
    open("/");
    open("/");
    assertEquals(429, refused("/"));
    open("/", "X-Forwarded-For", "203.0.113.9");
    assertEquals(503, refused("/", "X-Forwarded-For", "203.0.113.10"));
    String metrics = server.get("/metrics").body();
    assertTrue(metrics.contains("refused_total{reason=\"too_many_from_address\"} 1\n"), metrics);
    assertTrue(metrics.contains("refused_total{reason=\"too_many_connections\"} 1\n"), metrics);
    assertTrue(metrics.contains("syncline_connections 3\n"), metrics);
  }

  @Test
  void placesAreGivenBackHoweverASocketEnds() throws Exception {
    var closed = open("/");
    var aborted = open("/");
    closed.socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
    aborted.socket.abort();
    untilOpen(0);
  }

  @Test
  void nothingIsCompressed() throws Exception {
    try (var raw = new Socket(InetAddress.getLoopbackAddress(), server.server.port())) {
      RawAnswer.handshake(
          raw, "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits");
      String answer = RawAnswer.head(raw);
      assertTrue(answer.startsWith("HTTP/1.1 101 "), answer);
      assertTrue(!answer.toLowerCase(Locale.ROOT).contains("extensions"), answer);
    }
  }

  @Test
  void aMessageThatIsTooLongClosesTheSocket() throws Exception {
    var socket = open("/");
    var _ = socket.socket.sendBinary(ByteBuffer.allocate((1 << 20) + 1), true);
    assertEquals(1009, socket.closed.poll(10, TimeUnit.SECONDS));
    untilOpen(0);
  }

  @Test
  void clientsAreToldThatTheServerStops() throws Exception {
    var socket = open("/");
    server.server.close();
    assertEquals(1001, socket.closed.poll(10, TimeUnit.SECONDS));
  }

  private Upgrade.Answer decide(Upgrade.Visitor visitor) {
    visitors.add(visitor);
    return visitor.token().equals(Optional.of("wrong"))
        ? new Upgrade.Answer.Refused(401, "no such token")
        : new Upgrade.Answer.Accepted(new Echo());
  }

  private SocketClient open(String path, String... header) {
    var builder = client.newWebSocketBuilder();
    if (header.length > 0) {
      builder.header(header[0], header[1]);
    }
    return SocketClient.open(builder, uri(path));
  }

  private int refused(String path, String... header) {
    var failure = assertThrows(CompletionException.class, () -> open(path, header));
    return assertInstanceOf(WebSocketHandshakeException.class, failure.getCause())
        .getResponse()
        .statusCode();
  }

  private URI uri(String path) {
    return URI.create("ws://127.0.0.1:" + server.server.port() + path);
  }

  private int connections() {
    try {
      return server
          .get("/metrics")
          .body()
          .lines()
          .filter(line -> line.startsWith("syncline_connections "))
          .mapToInt(line -> Integer.parseInt(line.substring(line.indexOf(' ') + 1)))
          .sum();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  /** The server hears of the end of a connection a moment after the client made it. */
  private void untilOpen(int expected) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (connections() != expected && System.nanoTime() < end) {
      Thread.onSpinWait();
    }
    assertEquals(expected, connections());
  }
}
