package dev.syncline.server.endpoint.relay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.syncline.server.config.Secret;
import dev.syncline.server.endpoint.relay.RelayUser.Upload;
import dev.syncline.yjs.YDoc;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The peer does what a Relay Server does. */
final class RelayPeerTest {

  private static final String SHA_256_OF_ABC =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  private record Hook(String headers, byte[] body) {}

  private static RelayPeer peer;
  private static HttpClient client;

  private final BlockingQueue<Hook> hooks = new LinkedBlockingQueue<>();
  private final AtomicInteger atOnce = new AtomicInteger();
  private final AtomicInteger mostAtOnce = new AtomicInteger();
  private volatile CountDownLatch gate = new CountDownLatch(0);
  private HttpServer receiver;
  private RelayId folder;

  @BeforeAll
  static void startPeer() {
    peer = RelayPeer.start();
    client = HttpClient.newHttpClient();
  }

  @AfterAll
  static void stopPeer() {
    client.close();
    peer.close();
  }

  @BeforeEach
  void start() throws IOException {
    receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    receiver.createContext("/", this::receive);
    receiver.start();
    folder = peer.folder();
    peer.resetCounts();
  }

  @AfterEach
  void stop() {
    gate.countDown();
    peer.well();
    peer.webhooks();
    receiver.stop(0);
  }

  private void receive(HttpExchange exchange) throws IOException {
    mostAtOnce.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
    var headers = exchange.getRequestHeaders();
    String said =
        exchange.getRequestMethod()
            + " "
            + exchange.getRequestURI()
            + "|"
            + headers.getFirst("Content-Type")
            + "|"
            + headers.getFirst("Authorization")
            + "|"
            + headers.getFirst("User-Agent");
    hooks.add(new Hook(said, exchange.getRequestBody().readAllBytes()));
    try {
      gate.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    atOnce.decrementAndGet();
    exchange.sendResponseHeaders(200, -1);
    exchange.close();
  }

  private RelayHook toReceiver() {
    return RelayHook.to(
        URI.create("http://127.0.0.1:" + receiver.getAddress().getPort() + "/webhooks"), "s3cret");
  }

  private Hook nextHook() throws InterruptedException {
    return Optional.ofNullable(hooks.poll(20, TimeUnit.SECONDS))
        .orElseThrow(() -> new AssertionError("no webhook"));
  }

  private static HttpResponse<byte[]> get(URI uri, Secret key)
      throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(uri), key);
  }

  private static HttpResponse<byte[]> send(HttpRequest.Builder request, Secret key)
      throws IOException, InterruptedException {
    return client.send(
        request
            .timeout(Duration.ofSeconds(20))
            .header("Authorization", "Bearer " + key.value())
            .build(),
        BodyHandlers.ofByteArray());
  }

  private static URI at(String path) {
    return peer.url().resolve(path);
  }

  private static YDoc document(RelayId id) throws IOException, InterruptedException {
    HttpResponse<byte[]> answer = get(at("/d/" + id + "/as-update"), peer.readKey());
    assertEquals(200, answer.statusCode());
    assertEquals(
        "application/octet-stream", answer.headers().firstValue("Content-Type").orElseThrow());
    return YDoc.reading(answer.body());
  }

  private static JsonNode json(byte[] body) {
    return JsonMapper.shared().readTree(body);
  }

  @Test
  void anUnknownDocumentIsAnEmptyUpdate() throws Exception {
    var unknown = new RelayId(folder.relay(), folder.relay());
    HttpRequest.Builder auth =
        HttpRequest.newBuilder(at("/doc/" + unknown + "/auth")).POST(BodyPublishers.ofString("{}"));
    assertEquals(404, send(auth, peer.key()).statusCode());
    assertArrayEquals(new byte[2], get(at("/d/" + unknown + "/as-update"), peer.key()).body());
    assertEquals(1, peer.counts().requests("as-update", unknown));
    assertEquals(2, peer.counts().bytes("as-update"));
  }

  @Test
  void aWrongKeyIsRefusedInPlainText() throws Exception {
    HttpResponse<byte[]> answer = get(at("/d/" + folder + "/as-update"), Secret.literal("another"));
    assertEquals(401, answer.statusCode());
    assertEquals(
        "Something went wrong: The token is not a valid format", new String(answer.body(), UTF_8));
    HttpRequest.Builder update =
        HttpRequest.newBuilder(at("/d/" + folder + "/update"))
            .POST(BodyPublishers.ofByteArray(new byte[2]));
    assertEquals(403, send(update, peer.readKey()).statusCode());
  }

  @Test
  void aTokenFromAuthReadsItsDocumentOnly() throws Exception {
    HttpRequest.Builder auth =
        HttpRequest.newBuilder(at("/doc/" + folder + "/auth")).POST(BodyPublishers.ofString("{}"));
    JsonNode given = json(send(auth, peer.key()).body());
    Secret token = Secret.literal(given.path("token").asString());
    URI base = URI.create(given.path("baseUrl").asString() + "/as-update");
    assertEquals(200, get(base, token).statusCode());
    var other = new RelayId(folder.relay(), folder.relay());
    assertEquals(401, get(at("/d/" + other + "/as-update"), token).statusCode());
    assertEquals(
        400, get(at("/f/" + other + "/download-url?hash=" + SHA_256_OF_ABC), token).statusCode());
  }

  @Test
  void anUpdateIsIntegratedAndAWrongOneIsNot() throws Exception {
    RelayId note = peer.user("ann").note(folder, "/a.md", "hello");
    YDoc here = document(note);
    byte[] edit = here.edit(() -> here.text("contents").insert(5, " you")).orElseThrow();
    HttpRequest.Builder update =
        HttpRequest.newBuilder(at("/d/" + note + "/update")).POST(BodyPublishers.ofByteArray(edit));
    assertEquals(200, send(update, peer.key()).statusCode());
    assertEquals("hello you", document(note).text("contents").toString());
    HttpRequest.Builder wrong =
        HttpRequest.newBuilder(at("/d/" + note + "/update"))
            .POST(BodyPublishers.ofByteArray(new byte[] {9, 9}));
    assertEquals(500, send(wrong, peer.key()).statusCode());
  }

  @Test
  void foldersAreLaidOutAsClientsDo() throws Exception {
    RelayUser ann = peer.user("ann");
    ann.note(folder, "/a.md", "hello");
    ann.oldNote(folder, "/old.md", "old");
    ann.delete(folder, "/old.md");
    RelayId canvas =
        ann.canvas(
            folder,
            "/c.canvas",
            List.of(Map.of("id", "n1", "type", "text", "x", 1)),
            List.of(Map.of("id", "e1", "fromNode", "n1")),
            Map.of("n1", "typed"));
    ann.attachment(folder, "/p.png", "abc".getBytes(UTF_8), Upload.STORED);
    ann.rename(folder, "/a.md", "/b.md");
    ann.meta(folder, Map.of("//", "junk"));
    YDoc document = document(folder);
    assertEquals(
        List.of("docs", "filemeta_v0", "users"), document.roots().stream().sorted().toList());
    assertEquals(
        "[//, /b.md, /c.canvas, /p.png]",
        document.map("filemeta_v0").values().keySet().stream().sorted().toList().toString());
    FolderListing listing = FolderListing.read(folder.relay(), document).orElseThrow();
    assertTrue(listing.entries().containsValue(new Entry.Canvas(canvas)));
    assertEquals(
        "{\"edges\":[{\"fromNode\":\"n1\",\"id\":\"e1\"}],"
            + "\"nodes\":[{\"id\":\"n1\",\"text\":\"typed\",\"type\":\"text\",\"x\":1}]}",
        json(DocumentText.canvas(document(canvas)).orElseThrow()).toString());
    ann.wipe(folder);
    assertTrue(document(folder).map("filemeta_v0").values().isEmpty());
    assertTrue(document(folder).roots().contains("filemeta_v0"));
  }

  @Test
  void theStoreGivesAttachmentsToWhoeverHasTheUrlAndSendsNoKey() throws Exception {
    byte[] bytes = "abc".getBytes(UTF_8);
    RelayId id = peer.nobody().attachment(folder, "/p.png", bytes, Upload.STORED);
    URI ask = at("/f/" + id + "/download-url?hash=" + SHA_256_OF_ABC);
    URI url = URI.create(json(get(ask, peer.key()).body()).path("downloadUrl").asString());
    assertTrue(url.getPort() != peer.url().getPort());
    assertEquals(400, get(url, peer.key()).statusCode());
    HttpRequest plain = HttpRequest.newBuilder(url).build();
    assertArrayEquals(bytes, client.send(plain, BodyHandlers.ofByteArray()).body());
    HttpRequest none =
        HttpRequest.newBuilder(URI.create(url.toString().replace("ba78", "0000"))).build();
    assertEquals(404, client.send(none, BodyHandlers.ofByteArray()).statusCode());
  }

  @Test
  void aTransactionIsOneWebhook() throws Exception {
    peer.webhooks(toReceiver().prefix(folder.relay()));
    RelayId note = peer.nobody().note(folder, "/a.md", "hello");
    Hook first = nextHook();
    assertEquals(
        "POST /webhooks|application/json|Bearer s3cret|y-sweet-webhook/1.0.0", first.headers());
    JsonNode body = json(first.body());
    JsonNode payload = body.path("payload");
    assertEquals(List.of("eventType", "eventId", "payload"), List.copyOf(body.propertyNames()));
    assertEquals(
        List.of("doc_id", "metadata", "timestamp", "user"), List.copyOf(payload.propertyNames()));
    assertEquals("document.updated", body.path("eventType").asString());
    assertTrue(body.path("eventId").asString().matches("evt_[0-9A-Za-z]{21}"));
    assertEquals(note.toString(), payload.path("doc_id").asString());
    assertEquals("{\"channel\":\"" + folder + "\"}", payload.path("metadata").toString());
    assertTrue(payload.path("user").isNull());
    String time = payload.path("timestamp").asString();
    assertTrue(time.endsWith("+00:00"), time);
    OffsetDateTime.parse(time);
    assertEquals(folder, RelayEvent.read(nextHook().body()).document());
  }

  @Test
  void webhooksGoOneAfterTheOtherOnceEach() throws Exception {
    RelayId note = peer.nobody().note(folder, "/a.md", "");
    peer.webhooks(toReceiver());
    gate = new CountDownLatch(1);
    for (int i = 0; i < 5; i++) {
      peer.nobody().insert(note, 0, "x");
    }
    nextHook();
    assertEquals(4, peer.counts().queued());
    gate.countDown();
    for (int i = 0; i < 4; i++) {
      nextHook();
    }
    assertEquals(1, mostAtOnce.get());
    peer.sendWebhooks(RelayPeer.Times.TWICE);
    peer.nobody().insert(note, 0, "x");
    assertEquals(RelayEvent.read(nextHook().body()), RelayEvent.read(nextHook().body()));
    assertEquals(7, peer.counts().sent());
  }

  @Test
  void aWebhookThatIsNotAnsweredInTimeIsNotSentAgain() throws Exception {
    RelayId note = peer.nobody().note(folder, "/a.md", "");
    peer.webhooks(toReceiver().timeout(Duration.ofMillis(100)));
    gate = new CountDownLatch(1);
    peer.nobody().insert(note, 0, "x");
    peer.nobody().insert(note, 0, "y");
    String first = RelayEvent.read(nextHook().body()).id().orElseThrow();
    String second = RelayEvent.read(nextHook().body()).id().orElseThrow();
    assertTrue(!first.equals(second));
    assertTrue(peer.counts().failed() >= 1);
  }

  @Test
  void whatWaitsIsLostWithARestart() throws Exception {
    RelayId note = peer.user("ann").note(folder, "/a.md", "");
    peer.webhooks(toReceiver());
    gate = new CountDownLatch(1);
    peer.user("ann").insert(note, 0, "x");
    nextHook();
    peer.user("ann").insert(note, 0, "y");
    peer.restart();
    gate.countDown();
    peer.user("bob").insert(note, 0, "z");
    // Bob's edit, and the server's own note of who he is; he is the first after the restart.
    assertEquals(Optional.of("bob"), RelayEvent.read(nextHook().body()).user());
    assertEquals(Optional.of("bob"), RelayEvent.read(nextHook().body()).user());
    assertEquals(3, peer.counts().sent());
  }

  @Test
  void faultsComeAndGo() throws Exception {
    RelayId note = peer.nobody().note(folder, "/a.md", "hello");
    URI ask = at("/d/" + note + "/as-update");
    peer.fault(RelayFault.status(503, Duration.ofSeconds(7)).at("/d/").times(1));
    assertEquals(Optional.of("7"), get(ask, peer.key()).headers().firstValue("Retry-After"));
    peer.fault(RelayFault.body((byte) 1).times(1));
    assertArrayEquals(new byte[] {1}, get(ask, peer.key()).body());
    peer.fault(RelayFault.refused().times(1));
    assertEquals(401, get(ask, peer.key()).statusCode());
    peer.fault(RelayFault.cut().times(1));
    assertThrows(IOException.class, () -> get(ask, peer.key()));
    peer.fault(RelayFault.wedged());
    assertThrows(
        IOException.class,
        () ->
            client.send(
                HttpRequest.newBuilder(ask).timeout(Duration.ofMillis(200)).build(),
                BodyHandlers.ofByteArray()));
    peer.well();
    assertEquals("hello", document(note).text("contents").toString());
    peer.forget(note);
    assertTrue(document(note).roots().isEmpty());
  }

  @Test
  void manyNotesAreMadeInSilenceAndTypedInto() throws Exception {
    peer.webhooks(toReceiver());
    List<RelayId> notes = peer.seed(folder, 50, 1000);
    assertEquals(50, document(folder).map("filemeta_v0").values().size());
    assertEquals(0, peer.counts().sent() + peer.counts().queued());
    peer.type(notes.subList(0, 5), 20);
    for (int i = 0; i < 10; i++) {
      nextHook();
    }
    assertTrue(peer.stopTyping() >= 10);
    assertTrue(document(notes.getFirst()).text("contents").toString().length() > 1000);
  }
}
