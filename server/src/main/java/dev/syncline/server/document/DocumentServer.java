package dev.syncline.server.document;

import dev.syncline.core.model.DocumentId;
import dev.syncline.core.model.SyncException;
import dev.syncline.core.port.ChunkStore;
import dev.syncline.server.config.DocumentSettings;
import dev.syncline.server.view.DocumentMetrics;
import dev.syncline.server.view.Documents;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets clients of automerge-repo share documents, and keeps every change before it says that it has
 * it. Thread-safe.
 */
public final class DocumentServer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(DocumentServer.class);

  private final ServerIdentity identity;
  private final DocumentSettings.Limits limits;
  private final Counters counters = new Counters();
  private final ExecutorService threads;
  private final ChunkStore store;
  private final Rooms rooms;
  private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
  private final ConcurrentHashMap<String, Connection> byPeer = new ConcurrentHashMap<>();

  public DocumentServer(
      ServerIdentity identity,
      DocumentSettings.Limits limits,
      ChunkStore store,
      InstantSource clock) {
    this(identity, limits, store, clock, Executors.newVirtualThreadPerTaskExecutor(), 1);
  }

  /** For a test that decides whose turn it is. */
  DocumentServer(
      ServerIdentity identity,
      DocumentSettings.Limits limits,
      ChunkStore store,
      InstantSource clock,
      ExecutorService threads) {
    this(identity, limits, store, clock, threads, 0);
  }

  private DocumentServer(
      ServerIdentity identity,
      DocumentSettings.Limits limits,
      ChunkStore store,
      InstantSource clock,
      ExecutorService threads,
      int callersAtWork) {
    this.identity = identity;
    this.limits = limits;
    this.threads = threads;
    this.store = store;
    this.rooms = new Rooms(this, store, clock, threads, callersAtWork);
  }

  /** Welcomes a client. */
  public Connection connect(Outbox outbox, Access access) {
    var connection = new Connection(this, outbox, access);
    connections.add(connection);
    return connection;
  }

  /** Lets go of documents that nobody works on. To be called every second or so. */
  public void sweep() {
    rooms.sweep();
  }

  /** Bytes of the histories in memory: one sum, where {@link #metrics} copies everything. */
  public long memory() {
    return rooms.memory();
  }

  /** What was counted since the start. */
  public DocumentMetrics metrics() {
    return new DocumentMetrics(
        new DocumentMetrics.Open(rooms.count(), memory(), byPeer.size()),
        new DocumentMetrics.Traffic(
            counters.framesReceived.sum(),
            counters.framesSent.sum(),
            counters.bytesReceived.sum(),
            counters.bytesSent.sum()),
        counters.refused(),
        counters.changesStored.sum(),
        new DocumentMetrics.Trouble(
            counters.changesDenied.sum(),
            counters.chunksUnreadable.sum(),
            counters.storeFailures.sum()),
        counters.acknowledgements.snapshot());
  }

  /** The stored documents, for people who look after them. */
  public Documents documents() {
    return new StoredDocuments(rooms, store, limits);
  }

  /** Ends the connections that were welcomed with such an access. */
  public void sendAway(Predicate<Access> whose, String why) {
    for (Connection connection : connections) {
      if (whose.test(connection.access())) {
        connection.sendAway(Outbox.Reason.REFUSED, why);
      }
    }
  }

  /** Sends everybody away; what was accepted is in the store's hands. */
  @Override
  public void close() {
    connections.forEach(c -> c.sendAway(Outbox.Reason.GOING_AWAY, "the server stops"));
    threads.close();
  }

  /** A client that joins again under its old name takes the place of its old connection. */
  void joined(Connection connection, String peer) {
    Connection before = byPeer.put(peer, connection);
    if (before != null && before != connection) {
      before.sendAway(Outbox.Reason.GOING_AWAY, "the same peer has joined again");
      before.closed();
    }
  }

  void left(Connection connection) {
    connections.remove(connection);
    byPeer.remove(connection.peerName(), connection);
  }

  void failed(DocumentId document, SyncException failure) {
    var line = LOG.atWarn().addKeyValue("document", document);
    // Clients of every document come back while a store is away: what is known needs no trace.
    if (failure instanceof SyncException.Unavailable) {
      line.addKeyValue("reason", failure.getMessage()).log("document unavailable");
    } else {
      line.setCause(failure).log("document unavailable");
    }
  }

  Rooms rooms() {
    return rooms;
  }

  Counters counters() {
    return counters;
  }

  DocumentSettings.Limits limits() {
    return limits;
  }

  String name() {
    return identity.peerId();
  }

  String storageId() {
    return identity.storageId();
  }
}
