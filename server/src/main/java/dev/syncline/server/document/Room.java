package dev.syncline.server.document;

import dev.syncline.core.model.DocumentId;
import dev.syncline.core.model.SyncException;
import dev.syncline.core.port.ChunkStore;
import dev.syncline.server.document.automerge.Change;
import dev.syncline.server.document.automerge.ClientMessage;
import dev.syncline.server.document.automerge.History;
import dev.syncline.server.document.automerge.Outgoing;
import dev.syncline.server.document.automerge.PeerSync;
import dev.syncline.server.document.automerge.ServerFrame;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * One document and the connections that have it open. Its history is loaded when it is needed and
 * forgotten when it is idle; who has it open stays. Confined to its mailbox, but for what says
 * otherwise.
 */
final class Room {

  /** A document that is never at rest updates its peers all the same. */
  private static final int MAX_TASKS_BETWEEN_UPDATES = 64;

  /** A longer answer goes out in pieces of this size. */
  private static final int MESSAGE_BYTES = 1 << 20;

  private static final String TOO_LARGE =
      "the document has reached documents.max-document-memory: raise it to go on";

  private final DocumentServer server;
  private final DocumentId document;
  private final String name;
  private final InstantSource clock;
  private final Mailbox mailbox;
  private final Consumer<DocumentId> afterTask;
  private final StoredHistory stored;
  private final Presence presence = new Presence();
  private final Map<Connection, PeerSync> peers = new LinkedHashMap<>();
  private final RemoteHeads remoteHeads;

  /** Connections that there may be something to say to. */
  private final Set<Connection> due = new LinkedHashSet<>();

  /** When the frames arrived whose changes have become durable since. */
  private final List<Long> acknowledged = new ArrayList<>();

  private int tasksSinceUpdate;
  private volatile long lastUsed;
  private volatile long memory;

  Room(
      DocumentServer server,
      ChunkStore store,
      InstantSource clock,
      DocumentId document,
      Mailbox mailbox,
      Consumer<DocumentId> afterTask) {
    this.server = server;
    this.document = document;
    this.name = document.toString();
    this.clock = clock;
    this.mailbox = mailbox;
    this.afterTask = afterTask;
    this.stored = new StoredHistory(store, document, server.limits(), server.counters());
    this.remoteHeads = new RemoteHeads(server, document, peers);
    this.lastUsed = clock.millis();
  }

  /** May be called by any thread. */
  Mailbox mailbox() {
    return mailbox;
  }

  /** May be called by any thread. */
  DocumentId document() {
    return document;
  }

  /** Unix time in milliseconds of the last message; may be called by any thread. */
  long lastUsed() {
    return lastUsed;
  }

  /** A clock that was set back makes no document look busy until it has caught up. Any thread. */
  void clockShows(long now) {
    if (lastUsed > now) {
      lastUsed = now;
    }
  }

  /** Bytes that the loaded history takes; 0 if none is. May be called by any thread. */
  long memory() {
    return memory;
  }

  boolean isUnused() {
    return peers.isEmpty() && !stored.isLoaded();
  }

  /** Runs one task of the mailbox. */
  void run(Consumer<Room> task) {
    try {
      soundly(() -> task.accept(this));
      if (mailbox.isLast() || ++tasksSinceUpdate >= MAX_TASKS_BETWEEN_UPDATES) {
        soundly(this::updateDue);
      }
    } finally {
      memory = stored.memory();
      afterTask.accept(document);
    }
  }

  /** What a failure or a bug left half done is not trusted: everybody begins again. */
  private void soundly(Runnable step) {
    try {
      step.run();
    } catch (SyncException failure) {
      storeFailed(failure);
    } catch (RuntimeException | Error bug) {
      sendAway(Outbox.Reason.FAULT, "the server made a mistake");
      throw bug;
    }
  }

  /** Tells peers what there is to tell; what came in meanwhile goes into the same messages. */
  private void updateDue() {
    tasksSinceUpdate = 0;
    if (due.isEmpty()) {
      return;
    }
    try {
      History history = stored.load();
      var written = new HashMap<Outgoing, byte[]>();
      for (Connection connection : due) {
        PeerSync peer = peers.get(connection);
        if (peer != null && peer.hasSpoken()) {
          update(connection, peer, history, written);
        }
      }
      long now = System.nanoTime();
      acknowledged.forEach(arrived -> server.counters().acknowledgements.record(now - arrived));
    } finally {
      due.clear();
      acknowledged.clear();
    }
  }

  /**
   * A client sent a sync message about this document.
   *
   * @param arrived when it came in, by {@link System#nanoTime}
   */
  void sync(Connection connection, ClientMessage.Sync sync, long arrived) {
    if (connection.isClosed()) {
      return;
    }
    lastUsed = clock.millis();
    // Before the history is loaded: if that fails, this client has to be told as well.
    PeerSync peer =
        peers.computeIfAbsent(
            connection,
            _ ->
                new PeerSync(
                    MESSAGE_BYTES,
                    connection.mayWrite(document)
                        ? PeerSync.Wants.ITS_CHANGES
                        : PeerSync.Wants.NOTHING));
    History history = stored.load();
    boolean added = admit(connection, sync, history, arrived);
    peer.receive(sync, history);
    remoteHeads.reached(connection, sync.message().heads());
    if (history.size() == 0 && !history.isPending() && peer.hasNothing()) {
      connection.sendUnavailable(document);
    } else if (!added) {
      due.add(connection);
    }
  }

  /** Answers whether something was added, so that the answer has to wait until it is durable. */
  private boolean admit(
      Connection connection, ClientMessage.Sync sync, History history, long arrived) {
    List<Change> changes = sync.message().changes();
    server.counters().chunksUnreadable.add(sync.message().unreadable());
    if (changes.isEmpty()) {
      return false;
    }
    if (!connection.mayWrite(document)) {
      server.counters().changesDenied.add(changes.size());
      connection.send(
          ServerFrame.error(
              server.name(),
              connection.peerName(),
              "this token does not allow changes to " + name));
      return false;
    }
    if (history.memory() > server.limits().maxDocumentMemory()) {
      connection.reject(Refusal.TOO_LARGE, TOO_LARGE);
      return true;
    }
    List<Change> added = history.admit(changes);
    if (added.isEmpty()) {
      return false;
    }
    stored.append(added, new InMailbox(Optional.of(connection), history, added.size(), arrived));
    return true;
  }

  /**
   * Adds changes that no client sent.
   *
   * @return how many of them are new and complete, as soon as they are durable
   */
  CompletableFuture<Integer> add(List<Change> changes) {
    History history = stored.load();
    if (history.memory() > server.limits().maxDocumentMemory()) {
      throw new SyncException.Invalid(TOO_LARGE);
    }
    List<Change> added = history.admit(changes);
    var durable = new CompletableFuture<Integer>();
    if (added.isEmpty()) {
      durable.complete(0);
      return durable;
    }
    stored.append(
        added,
        new InMailbox(Optional.empty(), history, added.size(), System.nanoTime()) {
          @Override
          public void durable(long[] positions) {
            super.durable(positions);
            durable.complete(added.size());
          }

          @Override
          public void failed(SyncException cause) {
            super.failed(cause);
            durable.completeExceptionally(cause);
          }
        });
    return durable;
  }

  /** Says to a client, before long, whatever there is to say. */
  void update(Connection connection) {
    due.add(connection);
  }

  /**
   * @param written messages that were written already: peers in the same state get the same
   */
  private void update(
      Connection connection, PeerSync peer, History history, Map<Outgoing, byte[]> written) {
    while (connection.keepsUp(document)) {
      Optional<Outgoing> next = peer.next(history);
      if (next.isEmpty()) {
        return;
      }
      byte[] data =
          written.computeIfAbsent(
              next.get(), message -> message.encode(stored.chunks(message.changes())));
      connection.send(ServerFrame.sync(server.name(), connection.peerName(), name, data));
    }
  }

  /** Passes a message on to everybody else who has the document open. */
  void ephemeral(Connection from, ClientMessage.Ephemeral message) {
    if (!presence.isNew(message)) {
      return;
    }
    for (Connection connection : peers.keySet()) {
      // Presence is worth nothing when it is late: who doesn't keep up goes without.
      if (connection != from && connection.isUpToDate()) {
        connection.send(ServerFrame.ephemeral(message, connection.peerName()));
      }
    }
  }

  /** May be called in the mailbox only. */
  RemoteHeads remoteHeads() {
    return remoteHeads;
  }

  void leave(Connection connection) {
    peers.remove(connection);
  }

  /** Lets go of the history, unless some of it is not durable yet. */
  void forget() {
    stored.forget();
  }

  /** Deletes the document and sends everybody away who has it open. */
  boolean delete() {
    boolean existed = stored.load().hasAny();
    stored.delete();
    peers.keySet().forEach(c -> c.sendAway(Outbox.Reason.GOING_AWAY, "a document was deleted"));
    return existed;
  }

  int peerCount() {
    return peers.size();
  }

  StoredHistory stored() {
    return stored;
  }

  private void storeFailed(SyncException failure) {
    server.counters().storeFailures.increment();
    sendAway(Outbox.Reason.TRY_AGAIN_LATER, "the store is unavailable");
    server.failed(document, failure);
  }

  /** Whatever they sent, they still have: they come back and send it again. */
  private void sendAway(Outbox.Reason reason, String why) {
    stored.abandon();
    peers.keySet().forEach(connection -> connection.sendAway(reason, why));
  }

  /** Brings the store's answer back into the mailbox. */
  private class InMailbox implements ChunkStore.Append {

    private final Optional<Connection> author;
    private final History history;
    private final int changes;
    private final long arrived;

    InMailbox(Optional<Connection> author, History history, int changes, long arrived) {
      this.author = author;
      this.history = history;
      this.changes = changes;
      this.arrived = arrived;
    }

    @Override
    public void durable(long[] positions) {
      server
          .rooms()
          .tell(
              document,
              room -> {
                server.counters().changesStored.add(changes);
                history.confirm(positions);
                if (room.stored.isCurrent(history)) {
                  room.due.addAll(room.peers.keySet());
                  // The others are waiting for the change; its author only wants to know.
                  author.filter(room.due::remove).ifPresent(room.due::add);
                  room.acknowledged.add(arrived);
                }
              });
    }

    @Override
    public void failed(SyncException cause) {
      server
          .rooms()
          .tell(
              document,
              room -> {
                if (room.stored.isCurrent(history)) {
                  room.storeFailed(cause);
                }
              });
    }
  }
}
