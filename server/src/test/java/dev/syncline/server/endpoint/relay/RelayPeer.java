package dev.syncline.server.endpoint.relay;

import dev.syncline.server.config.Secret;
import dev.syncline.testkit.NodePackages;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A small Relay Server in a Node process. Its documents are real yjs documents, it sends webhooks
 * and events as a Relay Server does, and its faults can be switched on. Thread-safe.
 */
public final class RelayPeer implements AutoCloseable {

  private static final Path SOURCE = Path.of("src/test/peer/relay");
  private static final Path TARGET = Path.of("target/peer/relay");
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Process node;
  private final JsonNode place;
  private final HttpClient client = HttpClient.newHttpClient();

  private RelayPeer(Process node) throws IOException {
    this.node = node;
    String line = node.inputReader(StandardCharsets.UTF_8).readLine();
    if (line == null) {
      throw new AssertionError("the peer has ended at its start");
    }
    this.place = JsonMapper.shared().readTree(line);
  }

  /** Installs the packages if need be, and starts it; skips the test where there is no Node. */
  public static RelayPeer start() {
    NodePackages.install(SOURCE, TARGET);
    try {
      return new RelayPeer(
          new ProcessBuilder("node", "server.mjs")
              .directory(TARGET.toFile())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where clients find it. */
  public URI url() {
    return URI.create(place.path("url").asString());
  }

  /** A key that may do everything. */
  public Secret key() {
    return Secret.literal(place.path("key").asString());
  }

  /** A key that may read everything. */
  public Secret readKey() {
    return Secret.literal(place.path("readKey").asString());
  }

  /** A key that may read everything, and names a folder as the one to tell of what it loads. */
  public Secret channelKey(RelayId folder) {
    JsonNode made = order("channelKey", Map.of("folder", folder.toString()));
    return Secret.literal(made.path("key").asString());
  }

  /** Somebody who changes documents. */
  public RelayUser user(String name) {
    return new RelayUser(this, Map.of("user", name));
  }

  /** Changes of which nobody knows whose they are. */
  public RelayUser nobody() {
    return new RelayUser(this, Map.of());
  }

  /** A shared folder of a new relay, without files. */
  public RelayId folder() {
    RelayId folder = new RelayId(UUID.randomUUID().toString(), UUID.randomUUID().toString());
    order("folder", Map.of("folder", folder.toString()));
    return folder;
  }

  /** Makes many notes of about so many bytes, in silence. */
  public List<RelayId> seed(RelayId folder, int notes, int bytes) {
    return order("seed", Map.of("folder", folder.toString(), "notes", notes, "bytes", bytes))
        .path("ids")
        .valueStream()
        .map(id -> new RelayId(folder.relay(), id.asString()))
        .toList();
  }

  /** The texts of a folder's notes, by path. */
  public SortedMap<String, String> texts(RelayId folder) {
    var texts = new TreeMap<String, String>();
    order("texts", Map.of("folder", folder.toString()))
        .path("texts")
        .properties()
        .forEach(note -> texts.put(note.getKey(), note.getValue().asString()));
    return texts;
  }

  /** Types so many letters into each note in each second, until {@link #stopTyping}. */
  public void type(List<RelayId> notes, double perSecond) {
    List<String> ids = notes.stream().map(RelayId::toString).toList();
    order("type", Map.of("notes", ids, "rate", perSecond));
  }

  /** Stops typing; answers how many letters there were. */
  public long stopTyping() {
    return order("stopTyping", Map.of()).path("typed").asLong();
  }

  /** Sends webhooks to these, and no longer to others. */
  public void webhooks(RelayHook... hooks) {
    order("webhooks", Map.of("hooks", Stream.of(hooks).map(RelayHook::fields).toList()));
  }

  /** How often a webhook is sent: once by a server that is well. */
  public void sendWebhooks(Times times) {
    order(
        "webhookFaults", Map.of("isLost", times == Times.NEVER, "isDoubled", times == Times.TWICE));
  }

  /** How often a webhook is sent. */
  public enum Times {
    NEVER,
    ONCE,
    TWICE
  }

  /** Something is wrong from now on. */
  public void fault(RelayFault fault) {
    order("fault", fault.fields());
  }

  /** Nothing is wrong any more. */
  public void well() {
    order("clearFaults", Map.of());
    sendWebhooks(Times.ONCE);
  }

  /** The server no longer knows a document. */
  public void forget(RelayId document) {
    order("forget", Map.of("document", document.toString()));
  }

  /** As if the server were started again: webhooks that wait are lost, and sockets close. */
  public void restart() {
    order("restart", Map.of());
  }

  /** Sends a frame to all who have a socket open for the document. */
  public void frame(RelayId document, byte[] bytes) {
    order(
        "frame",
        Map.of(
            "document", document.toString(), "base64", Base64.getEncoder().encodeToString(bytes)));
  }

  /** Ends the connections of all sockets, without a goodbye. */
  public void dropSockets() {
    order("closeSockets", Map.of());
  }

  /** Closes all sockets with a status. */
  public void closeSockets(int status) {
    order("closeSockets", Map.of("code", status));
  }

  /**
   * How long sockets wait.
   *
   * @param ping between two pings; zero for none
   * @param debounce between two events of one user about one document
   */
  public void socketTimes(Duration ping, Duration debounce) {
    order("socketTimes", Map.of("pingEvery", ping.toMillis(), "debounce", debounce.toMillis()));
  }

  /** What it was asked and has sent since its start, or since {@link #resetCounts}. */
  public RelayCounts counts() {
    return new RelayCounts(order("counts", Map.of()));
  }

  /** Counts from zero. */
  public void resetCounts() {
    order("resetCounts", Map.of());
  }

  JsonNode order(String command, Map<String, ?> fields) {
    var order = new TreeMap<String, Object>(fields);
    order.put("do", command);
    return orders(List.of(order)).get(0);
  }

  /** Does several commands at once, and answers what came of each. */
  public List<JsonNode> orders(List<Map<String, Object>> orders) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(place.path("control").asString()))
            .timeout(PATIENCE)
            .POST(BodyPublishers.ofByteArray(JsonMapper.shared().writeValueAsBytes(orders)))
            .build();
    try {
      HttpResponse<byte[]> answer = client.send(request, BodyHandlers.ofByteArray());
      if (answer.statusCode() != 200) {
        throw new AssertionError(new String(answer.body(), StandardCharsets.UTF_8));
      }
      return new ArrayList<>(JsonMapper.shared().readTree(answer.body()).valueStream().toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
    node.destroy();
    try {
      if (!node.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        throw new AssertionError("the peer doesn't end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
