package dev.syncline.server.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.syncline.server.endpoint.relay.RelayFault;
import dev.syncline.server.endpoint.relay.RelayHook;
import dev.syncline.server.endpoint.relay.RelayId;
import dev.syncline.server.endpoint.relay.RelayPeer;
import dev.syncline.server.endpoint.relay.RelayUser;
import dev.syncline.server.ledger.NativeGit;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people see of a Relay Server in trouble, and that it ends without them. */
final class RelayHealingTest {

  private static final String SECRET = "a shared secret";
  private static final int FLOOD = 10_000;
  private static final int PLACES = 50;

  @TempDir Path folder;
  private RelayPeer peer;
  private RelayUser ada;
  private RelayId shared;
  private Path keyFile;
  private Desk desk;

  @BeforeEach
  void start() throws IOException {
    NativeGit.need("git");
    peer = RelayPeer.start();
    ada = peer.user("ada");
    shared = peer.folder();
    keyFile = Files.writeString(folder.resolve("key"), peer.readKey().value());
    desk =
        new Desk(
                folder, Map.of("RELAY_SERVER_URL", peer.url().toString(), "WEBHOOK_SECRET", SECRET))
            .serve();
    hook();
  }

  @AfterEach
  void stop() {
    desk.close();
    peer.close();
  }

  private void hook() {
    peer.webhooks(RelayHook.to(URI.create(desk.address() + "/webhooks"), SECRET));
  }

  @Test
  void aWipedListIsHeldForAPerson() throws IOException {
    peer.seed(shared, 30, 20);
    follow("notes", shared, "quiet: 0s");
    await(() -> files("notes").size() == 30);
    ada.wipe(shared);
    await(() -> desk.mustDo("status").contains("all 30 files would be deleted"));
    assertEquals(30, files("notes").size());
    ada.note(shared, "/new.md", "new\n");
    desk.run("sync");
    assertEquals(30, files("notes").size(), "nothing goes on before somebody has looked");
  }

  @Test
  void aServerInTroubleIsShownAndFollowedAgainByItself() throws IOException {
    RelayId note = ada.note(shared, "/a.md", "one\n");
    follow("notes", shared, "quiet: 0s");
    await(() -> read("notes", "a.md").equals("one\n"));
    peer.fault(RelayFault.status(503, Duration.ofSeconds(1)));
    ada.insert(note, 0, "zero\n");
    ada.note(shared, "/b.md", "two\n");
    await(() -> desk.mustDo("status").contains("answers 503"));
    peer.well();
    await(() -> read("notes", "a.md").equals("zero\none\n"));
    await(() -> read("notes", "b.md").equals("two\n"));
    await(() -> !desk.mustDo("status").contains("answers 503"));
  }

  @Test
  void aRefusedKeyIsShownUntilItsFileHoldsAnother() throws IOException {
    ada.note(shared, "/a.md", "one\n");
    Files.writeString(keyFile, "revoked");
    follow("notes", shared, "quiet: 0s");
    await(() -> desk.mustDo("status").contains("give it a key"));
    Files.writeString(keyFile, peer.readKey().value());
    desk.mustDo("sync");
    assertEquals("one\n", read("notes", "a.md"));
  }

  @Test
  void whatWasSentWhileNobodyListenedIsFoundAtTheStart() throws IOException {
    RelayId note = ada.note(shared, "/a.md", "one\n");
    follow("notes", shared, "quiet: 0s");
    await(() -> read("notes", "a.md").equals("one\n"));
    desk.close();
    ada.insert(note, 4, "two\n");
    ada.note(shared, "/b.md", "new\n");
    desk.serve();
    await(() -> read("notes", "a.md").equals("one\ntwo\n"));
    await(() -> read("notes", "b.md").equals("new\n"));
  }

  @Test
  void aFloodOnOneFolderCostsLittleAndDelaysNoOther()
      throws IOException, InterruptedException, ExecutionException {
    RelayId quiet = peer.folder();
    RelayId other = ada.note(quiet, "/b.md", "one\n");
    List<RelayId> notes = peer.seed(shared, 20, 20);
    follow("loud", shared, "quiet: 2s");
    follow("other", quiet, "quiet: 0s");
    await(() -> files("loud").size() == 20 && read("other", "b.md").equals("one\n"));
    peer.resetCounts();
    var isCommitted = new AtomicBoolean();
    try (var client = HttpClient.newHttpClient();
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Integer> flood = threads.submit(() -> flood(client, notes, isCommitted));
      try {
        ada.insert(other, 0, "zero\n");
        await(() -> read("other", "b.md").equals("zero\none\n"));
      } finally {
        isCommitted.set(true);
      }
      assertTrue(flood.get() >= FLOOD);
    }
    desk.mustDo("sync", "--workspace", "loud");
    long folders = peer.counts().requests("as-update", shared);
    assertTrue(folders <= 8, () -> "the folder was fetched " + folders + " times");
  }

  /** Sends many messages, and more until the note of the other folder is committed. */
  private int flood(HttpClient client, List<RelayId> notes, AtomicBoolean isCommitted)
      throws InterruptedException {
    var places = new Semaphore(PLACES);
    var refused = new AtomicInteger();
    int sent = 0;
    for (; sent < FLOOD || !isCommitted.get(); sent++) {
      RelayId document = sent % 2 == 0 ? shared : notes.get(sent % notes.size());
      String body =
          "{\"eventId\":\"evt_%d\",\"payload\":{\"doc_id\":\"%s\"}}".formatted(sent, document);
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(desk.address() + "/webhooks/relay"))
              .header("Authorization", "Bearer " + SECRET)
              .POST(BodyPublishers.ofString(body))
              .build();
      places.acquire();
      var _ =
          client
              .sendAsync(request, BodyHandlers.ofString())
              .whenComplete((answer, failure) -> {
                if (failure != null || answer.statusCode() != 200) {
                  refused.incrementAndGet();
                }
                places.release();
              });
    }
    places.acquire(PLACES);
    assertEquals(0, refused.get());
    return sent;
  }

  @Test
  void withoutWebhooksTheEventStreamIsEnough() throws IOException {
    peer.webhooks();
    peer.socketTimes(Duration.ofSeconds(20), Duration.ofMillis(20));
    RelayId note = ada.note(shared, "/a.md", "one\n");
    follow("notes", shared, "quiet: 0s\n    events: websocket");
    await(() -> read("notes", "a.md").equals("one\n"));
    await(() -> peer.counts().sockets() == 1);
    await(() -> !desk.mustDo("status").contains("event stream"));
    ada.insert(note, 4, "two\n");
    await(() -> read("notes", "a.md").equals("one\ntwo\n"));
    peer.restart();
    RelayId fresh = ada.note(shared, "/b.md", "while nobody listened\n");
    await(() -> read("notes", "b.md").equals("while nobody listened\n"));
    await(() -> peer.counts().sockets() == 1);
    ada.insert(fresh, 0, "even ");
    await(() -> read("notes", "b.md").equals("even while nobody listened\n"));
  }

  @Test
  void aNoteThatWeReadBeforeItsAuthorOpenedItIsHeardOf() throws IOException {
    peer.webhooks();
    peer.socketTimes(Duration.ofSeconds(20), Duration.ofMillis(20));
    Files.writeString(keyFile, peer.channelKey(shared).value());
    RelayId note = ada.note(shared, "/a.md", "one\n");
    RelayId silent = ada.note(shared, "/b.md", "of long ago\n");
    peer.restart();
    follow("notes", shared, "quiet: 0s\n    events: websocket");
    await(() -> read("notes", "b.md").equals("of long ago\n"));
    await(() -> !desk.mustDo("status").contains("event stream"));
    ada.insert(silent, 0, "no longer ");
    await(() -> read("notes", "b.md").equals("no longer of long ago\n"));
    ada.insert(note, 4, "two\n");
    await(() -> read("notes", "a.md").equals("one\ntwo\n"));
  }

  private void follow(String name, RelayId what, String more) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve(name + ".yaml"),
            """
            repository: repos/%s
            links:
              relay:
                relay: %s
                key-file: %s
                %s
            """
                .formatted(name, what, keyFile, more));
    desk.mustDo("workspace", "add", name, file.toString());
  }

  private List<String> files(String name) {
    Path repository = folder.resolve("data/repos").resolve(name);
    return Files.exists(repository.resolve(".git/index"))
        ? NativeGit.git(repository, "ls-files").lines().toList()
        : List.of();
  }

  private String read(String name, String path) {
    try {
      Path file = folder.resolve("data/repos").resolve(name).resolve(path);
      return Files.exists(file) ? Files.readString(file) : "";
    } catch (IOException e) {
      return "";
    }
  }

  private void await(BooleanSupplier condition) {
    Instant end = Instant.now().plus(Duration.ofSeconds(30));
    while (!condition.getAsBoolean()) {
      assertTrue(Instant.now().isBefore(end), () -> desk.mustDo("status"));
      Thread.onSpinWait();
    }
  }
}
