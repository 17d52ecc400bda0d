package dev.syncline.server.endpoint.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.syncline.server.config.Secret;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Events of a folder by WebSocket, from the small Relay Server. */
final class EventStreamTest {

  private static final Duration NEVER = Duration.ZERO;
  private static final StreamPace PACE =
      new StreamPace(
          Duration.ofMillis(10),
          Duration.ofMillis(100),
          Duration.ofSeconds(20),
          Duration.ofSeconds(60));

  private static RelayPeer peer;
  private static HttpClient client;

  private final BlockingQueue<RelayEvent> events = new LinkedBlockingQueue<>();
  private final BlockingQueue<Long> gaps = new LinkedBlockingQueue<>();
  private RelayId folder;
  private RelayId note;

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
    peer.socketTimes(Duration.ofSeconds(20), Duration.ofMillis(20));
    folder = peer.folder();
    note = peer.user("ann").note(folder, "/a.md", "");
  }

  @AfterEach
  void makeWell() {
    peer.well();
  }

  private EventStream open(StreamPace pace) {
    return open(peer.url(), peer.readKey(), pace);
  }

  private EventStream open(URI server, Secret key, StreamPace pace) {
    return EventStream.start(
        new StreamSource(server, key, folder),
        new StreamClient(client, pace, new Random(42)),
        events::add,
        () -> gaps.add(System.nanoTime()));
  }

  private static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
    return Optional.ofNullable(queue.poll(20, TimeUnit.SECONDS))
        .orElseThrow(() -> new AssertionError("nothing came"));
  }

  /** The next event about the note, after others that were still on their way. */
  private RelayEvent nextOfNote() throws InterruptedException {
    RelayEvent event = next(events);
    while (!event.document().equals(note)) {
      event = next(events);
    }
    return event;
  }

  private static String problem(EventStream stream, String part) {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!stream.problem().orElse("").contains(part)) {
      if (System.nanoTime() > end) {
        throw new AssertionError("not \"" + part + "\" but " + stream.problem());
      }
      Thread.onSpinWait();
    }
    return stream.problem().orElse("");
  }

  @Test
  void itTellsOfEachChangeFromTheMomentWhenItSaysThatSomethingMayBeMissing() throws Exception {
    try (EventStream stream = open(PACE)) {
      next(gaps);
      assertEquals(Optional.empty(), stream.problem());
      peer.user("ann").insert(note, 0, "x");
      RelayEvent event = nextOfNote();
      assertTrue(event.id().isPresent());
      assertEquals(Optional.of("ann"), event.user());
      assertEquals(Optional.of(folder), event.folder());
      peer.user("ann").note(folder, "/b.md", "b");
      assertFalse(next(events).document().equals(folder));
      assertEquals(folder, next(events).document());
    }
  }

  @Test
  void itComesBackWhenTheConnectionBreaksOrTheServerIsStartedAgain() throws Exception {
    try (EventStream stream = open(PACE)) {
      next(gaps);
      peer.dropSockets();
      next(gaps);
      peer.restart();
      next(gaps);
      peer.user("ann").insert(note, 0, "x");
      nextOfNote();
      assertEquals(Optional.empty(), stream.problem());
    }
  }

  @Test
  void itNoticesSilence() throws Exception {
    peer.socketTimes(NEVER, Duration.ofMillis(20));
    var impatient =
        new StreamPace(PACE.first(), PACE.longest(), PACE.patience(), Duration.ofMillis(200));
    try (EventStream stream = open(impatient)) {
      next(gaps);
      problem(stream, "has said nothing");
      next(gaps);
    }
  }

  @Test
  void pingsKeepItOpen() throws Exception {
    peer.socketTimes(Duration.ofMillis(50), Duration.ofMillis(20));
    var impatient =
        new StreamPace(PACE.first(), PACE.longest(), PACE.patience(), Duration.ofSeconds(1));
    try (EventStream stream = open(impatient)) {
      next(gaps);
      assertEquals(null, gaps.poll(1500, TimeUnit.MILLISECONDS));
      assertEquals(Optional.empty(), stream.problem());
    }
  }

  @Test
  void aFrameThatCantBeReadMayHaveBeenAnEvent() throws Exception {
    try (EventStream stream = open(PACE)) {
      next(gaps);
      var random = new Random(42);
      for (int length = 1; length <= 200; length++) {
        byte[] garbage = new byte[length];
        random.nextBytes(garbage);
        garbage[0] = StreamMessage.EVENT;
        peer.frame(folder, garbage);
      }
      next(gaps);
      peer.frame(folder, new byte[EventSocket.LARGEST_FRAME + 1]);
      peer.user("ann").insert(note, 0, "x");
      nextOfNote();
      assertEquals(Optional.empty(), stream.problem());
      assertTrue(gaps.size() >= 199);
    }
  }

  @Test
  void aKeyThatIsRefusedIsAProblemUntilItIsTaken() throws Exception {
    peer.fault(RelayFault.refused().at("/d/" + folder + "/ws"));
    try (EventStream stream = open(PACE)) {
      problem(stream, "give it a key");
      peer.well();
      next(gaps);
      assertEquals(Optional.empty(), stream.problem());
    }
  }

  @Test
  void aKeyThatIsNoLongerTakenIsAProblem() throws Exception {
    var patient =
        new StreamPace(
            Duration.ofMinutes(1), Duration.ofMinutes(1), PACE.patience(), PACE.silence());
    try (EventStream stream = open(patient)) {
      next(gaps);
      peer.closeSockets(1008);
      problem(stream, "give it a key");
    }
    try (EventStream stream = open(patient)) {
      next(gaps);
      peer.frame(folder, new byte[] {StreamMessage.AUTH, 0, 0});
      problem(stream, "give it a key");
    }
  }

  @Test
  void aServerThatIsNotWellIsAProblem() throws Exception {
    peer.fault(RelayFault.status(503).at("/d/" + folder + "/ws"));
    try (EventStream stream = open(PACE)) {
      problem(stream, "answers 503");
      peer.well();
      next(gaps);
    }
    peer.fault(RelayFault.wedged().at("/d/" + folder + "/ws"));
    var impatient =
        new StreamPace(PACE.first(), PACE.longest(), Duration.ofMillis(200), PACE.silence());
    try (EventStream stream = open(impatient)) {
      problem(stream, "took longer");
      peer.well();
      next(gaps);
    }
  }

  @Test
  void noProblemShowsTheKey() {
    Secret key = Secret.literal("s3cret key");
    try (EventStream refused = open(peer.url(), key, PACE);
        EventStream nobody = open(URI.create("http://127.0.0.1:1"), key, PACE)) {
      assertFalse(problem(refused, "refuses").contains("s3cret"));
      assertFalse(problem(nobody, "can't be reached").contains("s3cret"));
    }
  }

  @Test
  void itWaitsLongerEachTimeButNotForEver() {
    var pace =
        new StreamPace(Duration.ofSeconds(1), Duration.ofSeconds(60), Duration.ZERO, Duration.ZERO);
    var random = new Random(42);
    for (int failures = 1; failures < 1_000; failures++) {
      double most = Math.min(60, Math.pow(2, failures - 1.0));
      double wait = pace.afterFailures(failures, random).toNanos() / 1e9;
      assertTrue(wait >= most / 2 && wait <= most, failures + ": " + wait);
    }
  }
}
