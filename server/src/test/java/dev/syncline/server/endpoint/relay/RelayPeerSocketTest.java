package dev.syncline.server.endpoint.relay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.syncline.server.config.Secret;
import dev.syncline.yjs.YDoc;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.cbor.CBORMapper;

/** The peer's WebSocket does what a Relay Server's does. */
final class RelayPeerSocketTest implements WebSocket.Listener {

  private static RelayPeer peer;
  private static HttpClient client;

  private final BlockingQueue<byte[]> frames = new LinkedBlockingQueue<>();
  private final ByteArrayOutputStream parts = new ByteArrayOutputStream();
  private RelayId folder;

  @BeforeAll
  static void startPeer() {
    peer = RelayPeer.start();
    client = HttpClient.newHttpClient();
  }

  @AfterAll
  static void stopPeer() {
    client.shutdownNow();
    peer.close();
  }

  @BeforeEach
  void makeFolder() {
    folder = peer.folder();
  }

  @AfterEach
  void dropSockets() {
    peer.dropSockets();
  }

  @Override
  public @Nullable CompletionStage<?> onBinary(WebSocket socket, ByteBuffer part, boolean isLast) {
    byte[] bytes = new byte[part.remaining()];
    part.get(bytes);
    parts.writeBytes(bytes);
    if (isLast) {
      frames.add(parts.toByteArray());
      parts.reset();
    }
    socket.request(1);
    return null;
  }

  private WebSocket open(RelayId id, RelayId again, Secret key) {
    String at = peer.url().toString().replaceFirst("http", "ws");
    URI uri = URI.create(at + "/d/" + id + "/ws/" + again + "?token=" + key.value());
    return client.newWebSocketBuilder().buildAsync(uri, this).join();
  }

  private int refusal(RelayId id, RelayId again, Secret key) {
    var failure = assertThrows(CompletionException.class, () -> open(id, again, key));
    return assertInstanceOf(WebSocketHandshakeException.class, failure.getCause())
        .getResponse()
        .statusCode();
  }

  private static void send(WebSocket socket, int... frame) {
    byte[] bytes = new byte[frame.length];
    for (int i = 0; i < frame.length; i++) {
      bytes[i] = (byte) frame[i];
    }
    socket.sendBinary(ByteBuffer.wrap(bytes), true).join();
  }

  /** The next frame that begins so; others are passed over. */
  private VarReader next(long... tags) throws InterruptedException {
    while (true) {
      byte[] frame =
          Optional.ofNullable(frames.poll(20, TimeUnit.SECONDS))
              .orElseThrow(() -> new AssertionError("no frame"));
      var in = new VarReader(frame);
      boolean isIt = true;
      for (long tag : tags) {
        isIt = isIt && in.number() == tag;
      }
      if (isIt) {
        return in;
      }
    }
  }

  @Test
  void aSocketIsForOneDocumentAndWantsAKey() {
    var other = new RelayId(folder.relay(), folder.relay());
    assertEquals(400, refusal(folder, other, peer.key()));
    assertEquals(401, refusal(folder, folder, Secret.literal("another")));
  }

  @Test
  void theServerBeginsWithWhatItHasAndGivesTheRestIfAsked() throws Exception {
    peer.nobody().note(folder, "/a.md", "a");
    WebSocket socket = open(folder, folder, peer.readKey());
    assertTrue(next(0, 0).bytes().length > 1);
    assertArrayEquals(new byte[] {0}, next(1).bytes());
    send(socket, 0, 0, 1, 0);
    YDoc document = YDoc.reading(next(0, 1).bytes());
    assertTrue(document.map("filemeta_v0").values().containsKey("/a.md"));
    peer.nobody().delete(folder, "/a.md");
    document.apply(next(0, 2).bytes());
    assertTrue(document.map("filemeta_v0").values().isEmpty());
    send(socket, 102, 2, 7, 8);
    assertArrayEquals(new byte[] {7, 8}, next(102).bytes());
  }

  @Test
  void eventsOfOneUserAboutOneDocumentAreMerged() throws Exception {
    peer.socketTimes(Duration.ofSeconds(20), Duration.ofMillis(300));
    RelayId note = peer.nobody().note(folder, "/a.md", "");
    WebSocket socket = open(folder, folder, peer.readKey());
    socket.sendBinary(StreamMessage.subscription(), true).join();
    socket.sendBinary(StreamMessage.question(), true).join();
    next(102);
    YDoc document = new YDoc(7);
    peer.orders(
        Stream.of("a", "b", "c")
            .map(letter ->
                Map.<String, Object>of("do", "edit", "note", note.toString(), "insert", letter))
            .toList());
    // The first at once, the others together.
    for (int i = 0; i < 2; i++) {
      JsonNode event = CBORMapper.shared().readTree(next(4).bytes());
      assertEquals("document.updated", event.path("event_type").asString());
      assertEquals(note.toString(), event.path("doc_id").asString());
      assertEquals(folder.toString(), event.path("metadata").path("channel").asString());
      assertTrue(event.path("user").isMissingNode());
      assertTrue(event.path("timestamp").isIntegralNumber());
      var update = new ByteArrayOutputStream();
      event.path("update").valueStream().forEach(number -> update.write(number.asInt()));
      document.apply(update.toByteArray());
    }
    assertEquals("cba", document.text("contents").toString());
  }

  @Test
  void snapshotsOfDocumentsThatItHasAreGivenIfAsked() throws Exception {
    RelayId note = peer.nobody().note(folder, "/a.md", "hello");
    WebSocket socket = open(folder, folder, peer.readKey());
    var unknown = new RelayId(folder.relay(), folder.relay());
    var query = new ByteArrayOutputStream();
    query.writeBytes(new byte[] {7, 2});
    for (RelayId id : new RelayId[] {note, unknown}) {
      query.write(id.toString().length());
      query.writeBytes(id.toString().getBytes(UTF_8));
    }
    socket.sendBinary(ByteBuffer.wrap(query.toByteArray()), true).join();
    JsonNode data = CBORMapper.shared().readTree(next(8).bytes()).path("data");
    assertEquals(1, data.size());
    // Nothing deleted, and one client's five letters.
    byte[] snapshot = data.path(note.toString()).path("snapshot").binaryValue();
    assertArrayEquals(new byte[] {0, 1}, new byte[] {snapshot[0], snapshot[1]});
    assertEquals(5, snapshot[snapshot.length - 1]);
    assertTrue(data.path(note.toString()).path("last_seen").asLong() > 0);
  }
}
