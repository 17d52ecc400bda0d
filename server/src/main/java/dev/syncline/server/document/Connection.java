package dev.syncline.server.document;

import dev.syncline.core.model.DocumentId;
import dev.syncline.core.model.SyncException;
import dev.syncline.server.document.automerge.ClientMessage;
import dev.syncline.server.document.automerge.FrameReader;
import dev.syncline.server.document.automerge.ServerFrame;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One client's connection: its name, what it may do, and which documents it has open. {@link
 * #receive} is called by one thread at a time, the rest by any.
 */
public final class Connection {

  /** A connection that has more than this queued is told the rest when it has caught up. */
  static final long QUEUE_BYTES = 1 << 20;

  private static final String PROTOCOL_VERSION = "1";
  private static final int MAX_SUBSCRIPTIONS = 1000;

  private final DocumentServer server;
  private final Outbox outbox;
  private final Access access;
  private final Set<DocumentId> open = ConcurrentHashMap.newKeySet();
  private final Set<DocumentId> lagging = ConcurrentHashMap.newKeySet();
  private final Set<String> subscriptions = ConcurrentHashMap.newKeySet();
  private volatile @Nullable String peer;
  private volatile Optional<String> storage = Optional.empty();
  private volatile boolean closed;

  Connection(DocumentServer server, Outbox outbox, Access access) {
    this.server = server;
    this.outbox = outbox;
    this.access = access;
  }

  /**
   * Takes one WebSocket message.
   *
   * @param done called once, when the frame has been dealt with: until then it takes memory
   */
  public void receive(byte[] frame, Runnable done) {
    long arrived = System.nanoTime();
    server.counters().framesReceived.increment();
    server.counters().bytesReceived.add(frame.length);
    Runnable once = once(done);
    try {
      handle(FrameReader.read(frame, server.limits().maxFrameBytes()), arrived, once);
    } catch (SyncException.Invalid badFrame) {
      once.run();
      reject(Refusal.MALFORMED, String.valueOf(badFrame.getMessage()));
    } catch (RuntimeException | Error bug) {
      once.run();
      sendAway(Outbox.Reason.FAULT, "the server made a mistake");
      throw bug;
    }
  }

  /** A bug may come before or after the frame was dealt with. */
  private static Runnable once(Runnable done) {
    var ran = new AtomicBoolean();
    return () -> {
      if (!ran.getAndSet(true)) {
        done.run();
      }
    };
  }

  /** The queue has room again: tell what could not be told. */
  public void drained() {
    if (!lagging.isEmpty()) {
      for (DocumentId document : List.copyOf(lagging)) {
        if (lagging.remove(document)) {
          server.rooms().tell(document, room -> room.update(this));
        }
      }
    }
  }

  /** The connection has ended. */
  public void closed() {
    closed = true;
    server.left(this);
    for (DocumentId document : open) {
      server.rooms().tell(document, room -> room.leave(this));
    }
  }

  private void handle(ClientMessage message, long arrived, Runnable done) {
    switch (message) {
      case ClientMessage.Join join -> join(join);
      case ClientMessage.Sync sync when isFrom(sync.sender()) -> {
        sync(sync, arrived, done);
        return;
      }
      case ClientMessage.Ephemeral ephemeral when isFrom(ephemeral.sender()) -> {
        if (ephemeral.count() >= 0 && access.mayRead(ephemeral.document())) {
          server.rooms().tellIfOpen(ephemeral.document(), room -> room.ephemeral(this, ephemeral));
        }
      }
      case ClientMessage.Subscription change when isFrom(change.sender()) -> subscribe(change);
      // Receivers echo what others sent: what isn't the client's own is dropped.
      case ClientMessage.Sync _, ClientMessage.Ephemeral _, ClientMessage.Subscription _ -> {}
      case ClientMessage.Leave _ -> outbox.close(Outbox.Reason.GOING_AWAY, "the client left");
      case ClientMessage.Other _ -> {}
    }
    done.run();
  }

  private void join(ClientMessage.Join join) {
    if (peer != null) {
      reject(Refusal.BAD_JOIN, "a connection can join only once");
      return;
    }
    if (!join.versions().isEmpty() && !join.versions().contains(PROTOCOL_VERSION)) {
      send(ServerFrame.error(server.name(), join.peer(), "unsupported protocol version"));
      reject(Refusal.BAD_JOIN, "only protocol version 1 is spoken here");
      return;
    }
    storage = join.storage();
    peer = join.peer();
    server.joined(this, join.peer());
    send(ServerFrame.peer(server.name(), server.storageId(), join.peer()));
  }

  private void sync(ClientMessage.Sync sync, long arrived, Runnable done) {
    DocumentId document = sync.document();
    if (!access.mayRead(document)) {
      sendUnavailable(document);
      done.run();
      return;
    }
    if (!open.contains(document)) {
      if (open.size() >= server.limits().maxPerConnection()) {
        done.run();
        reject(
            Refusal.TOO_MANY_DOCUMENTS,
            "more than " + open.size() + " documents are open on this connection");
        return;
      }
      open.add(document);
    }
    server
        .rooms()
        .tellNow(
            document,
            room -> {
              try {
                room.sync(this, sync, arrived);
              } finally {
                done.run();
              }
            });
    if (closed) {
      // It was closed while the document was opened: close() may not have seen it.
      server.rooms().tell(document, room -> room.leave(this));
    }
  }

  private void subscribe(ClientMessage.Subscription change) {
    change.remove().forEach(subscriptions::remove);
    for (String storageId : change.add()) {
      if (subscriptions.size() < MAX_SUBSCRIPTIONS && subscriptions.add(storageId)) {
        for (DocumentId document : open) {
          server.rooms().tellIfOpen(document, room -> room.remoteHeads().tell(this, storageId));
        }
      }
    }
  }

  /** Ends the connection because of what the client sent. */
  void reject(Refusal refusal, String why) {
    server.counters().refused(refusal);
    outbox.close(refusal.reason(), why);
  }

  /** A frame was longer than the longest; it was not read. */
  public void tooLong() {
    server.counters().refused(Refusal.TOO_LARGE);
  }

  /** Ends the connection because of something that is not the client's fault. */
  void sendAway(Outbox.Reason reason, String why) {
    outbox.close(reason, why);
  }

  void send(byte[] frame) {
    server.counters().framesSent.increment();
    server.counters().bytesSent.add(frame.length);
    outbox.send(frame);
  }

  void sendUnavailable(DocumentId document) {
    send(ServerFrame.unavailable(server.name(), peerName(), document.toString()));
  }

  /** Whether the client keeps up; if not, it is told about this document when it has caught up. */
  boolean keepsUp(DocumentId document) {
    if (isUpToDate()) {
      return true;
    }
    lagging.add(document);
    // The queue may have drained in between, before it could see the entry.
    return isUpToDate() && lagging.remove(document);
  }

  /** Whether nothing much is queued. */
  boolean isUpToDate() {
    return outbox.queuedBytes() < QUEUE_BYTES;
  }

  Access access() {
    return access;
  }

  boolean mayWrite(DocumentId document) {
    return access.mayWrite(document);
  }

  boolean isSubscribedTo(String storageId) {
    return subscriptions.contains(storageId);
  }

  Optional<String> storage() {
    return storage;
  }

  boolean isClosed() {
    return closed;
  }

  /** The name under which the client joined; empty before that. */
  String peerName() {
    String name = peer;
    return name == null ? "" : name;
  }

  private boolean isFrom(String sender) {
    return sender.equals(peer);
  }
}
