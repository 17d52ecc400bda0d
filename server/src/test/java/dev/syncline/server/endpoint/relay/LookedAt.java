package dev.syncline.server.endpoint.relay;

import dev.syncline.core.model.Author;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.port.Hints;
import dev.syncline.core.port.Observed;
import dev.syncline.server.config.Secret;
import dev.syncline.testkit.MapSnapshot;
import dev.syncline.testkit.MemoryContents;
import dev.syncline.testkit.MemoryNotices;
import dev.syncline.testkit.SettableClock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A shared folder of a {@link RelayPeer}, and what a ledger has of it. For one thread. */
final class LookedAt implements AutoCloseable {

  static final Duration SECOND_LOOK = Duration.ofSeconds(2);

  final SettableClock clock = new SettableClock();
  final MemoryContents contents = new MemoryContents();
  final MemoryNotices notices = new MemoryNotices();
  final RelayId id;
  private final RelayServer server;
  private RelayEndpoint endpoint;
  private Marks marks;
  private MapSnapshot base = MapSnapshot.EMPTY;

  LookedAt(RelayPeer peer, RelayId id, Secret key, Duration patience) {
    this.id = id;
    this.server = new RelayServer(new RelayHttp(peer.url(), key, clock), Way.REQUEST, patience);
    this.marks = marks();
    this.endpoint = endpoint();
  }

  LookedAt(RelayPeer peer, RelayId id) {
    this(peer, id, peer.readKey(), Duration.ofSeconds(30));
  }

  private Marks marks() {
    return new Marks(
        notices, Duration.ZERO, Duration.ZERO, () -> clock.instant().toEpochMilli() * 1_000_000);
  }

  private RelayEndpoint endpoint() {
    var folder =
        new SharedFolder(
            id, Map.of(), new Author("Team", ""), SharedFolder.USUAL_MESSAGE, SECOND_LOOK);
    return new RelayEndpoint(folder, server, marks, clock);
  }

  /** As after a restart of the process: the ledger is there, the memory isn't. */
  void restart() {
    marks = marks();
    endpoint = endpoint();
  }

  /** Hears that documents changed; tells whether that counts. */
  boolean hear(RelayId... documents) {
    boolean counts = false;
    for (RelayId document : documents) {
      counts |=
          endpoint.hear(
              new RelayEvent(Optional.empty(), document, Optional.of("ada"), Optional.of(id)));
    }
    return counts;
  }

  /** Hears that documents changed, looks, and records what is seen. */
  Observed heard(RelayId... documents) {
    hear(documents);
    return recorded(see(endpoint.heard()));
  }

  /** Looks at everything, and records what is seen. */
  Observed look() {
    return recorded(see(new Hints.Everywhere()));
  }

  /** Looks at everything until what is gone has been gone for long enough. */
  void lookTwice() {
    look();
    clock.move(SECOND_LOOK);
    look();
  }

  /** Looks at what was heard of, and fails to record it. */
  Observed lookInVain() {
    Observed seen = see(endpoint.heard());
    endpoint.ended(false);
    return seen;
  }

  private Observed see(Hints hints) {
    return endpoint.observe(base, hints, contents).consistent();
  }

  private Observed recorded(Observed seen) {
    base = base.with(seen.changes());
    endpoint.ended(true);
    return seen;
  }

  /** The texts that the ledger has, by path. */
  Map<String, String> files() {
    var files = new TreeMap<String, String>();
    base.files()
        .forEach((path, version) -> files.put(path.value(), contents.text(version.content())));
    return files;
  }

  /** Whether it is time to look: the test moves the clock. */
  boolean isDue() {
    Thread.currentThread().interrupt();
    try {
      marks.awaitDue();
      return true;
    } catch (InterruptedException e) {
      return false;
    } finally {
      Thread.interrupted();
    }
  }

  Optional<String> problem() {
    return endpoint.problem();
  }

  static Optional<String> unseen(Observed seen, String path) {
    return seen.unseen(new FilePath(path));
  }

  @Override
  public void close() {
    server.close();
  }
}
