package dev.syncline.server.document;

import dev.syncline.core.model.DocumentId;
import dev.syncline.core.model.SyncException;
import dev.syncline.core.port.ChunkStore;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets clients of automerge-repo share documents, and keeps every change before it says that it has
 * it. Thread-safe.
 */
public final class DocumentServer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(DocumentServer.class);

  private final ServerIdentity identity;
  private final DocumentLimits limits;
  private final Counters counters = new Counters();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Rooms rooms;
  private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
  private final ConcurrentHashMap<String, Connection> byPeer = new ConcurrentHashMap<>();

  public DocumentServer(
      ServerIdentity identity, DocumentLimits limits, ChunkStore store, InstantSource clock) {
    this.identity = identity;
    this.limits = limits;
    this.rooms = new Rooms(this, store, clock, threads);
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

  /** Counters since the start. */
  public Counters.Snapshot count() {
    return counters.snapshot();
  }

  /** Documents that are open or in memory. */
  public int openDocuments() {
    return rooms.count();
  }

  /** Memory that the histories of documents take, in bytes. */
  public long memory() {
    return rooms.memory();
  }

  /** Connections now. */
  public int connections() {
    return connections.size();
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
    LOG.atWarn().addKeyValue("document", document).setCause(failure).log("document unavailable");
  }

  Rooms rooms() {
    return rooms;
  }

  Counters counters() {
    return counters;
  }

  DocumentLimits limits() {
    return limits;
  }

  String name() {
    return identity.peerId();
  }

  String storageId() {
    return identity.storageId();
  }
}
