package dev.syncline.server.document.websocket;

import dev.syncline.server.document.Access;
import dev.syncline.server.document.Connection;
import dev.syncline.server.document.DocumentServer;
import dev.syncline.server.document.Outbox;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.api.exceptions.MessageTooLargeException;
import org.jspecify.annotations.Nullable;

/**
 * One WebSocket. Reads ahead only so far as the document server keeps up, so that a client that
 * sends faster than its changes can be stored is slowed down by TCP. Called by Jetty's threads, one
 * at a time for what comes in; public because Jetty looks up its methods from outside.
 */
public final class DocumentSocket implements Session.Listener, Outbox {

  /** Frames that may wait for the document server before no more are read. */
  private static final int READ_AHEAD_FRAMES = 64;

  private static final int READ_AHEAD_BYTES = 1 << 20;

  private static final int UNSUPPORTED_DATA = 1003;

  private final Sockets sockets;
  private final DocumentServer server;
  private final Access access;
  private final AtomicLong queuedBytes = new AtomicLong();
  private final AtomicInteger waitingFrames = new AtomicInteger();
  private final AtomicInteger waitingBytes = new AtomicInteger();

  private @Nullable Session session;
  private @Nullable Connection connection;
  private volatile boolean heard = true;

  DocumentSocket(Sockets sockets, DocumentServer server, Access access) {
    this.sockets = sockets;
    this.server = server;
    this.access = access;
  }

  @Override
  public void onWebSocketOpen(Session opened) {
    session = opened;
    connection = server.connect(this, access);
    sockets.opened(this);
    opened.demand();
  }

  @Override
  public void onWebSocketBinary(ByteBuffer payload, Callback callback) {
    heard = true;
    byte[] frame = new byte[payload.remaining()];
    payload.get(frame);
    callback.succeed();
    boolean stop =
        waitingFrames.incrementAndGet() >= READ_AHEAD_FRAMES
            || waitingBytes.get() + frame.length >= READ_AHEAD_BYTES;
    waitingBytes.addAndGet(frame.length);
    var once = new Demand(frame.length, stop);
    opened(connection).receive(frame, once);
    if (!stop) {
      opened(session).demand();
    }
  }

  @Override
  public void onWebSocketText(String message) {
    opened(session).close(UNSUPPORTED_DATA, "automerge-repo messages are binary", Callback.NOOP);
  }

  @Override
  public void onWebSocketPong(ByteBuffer payload) {
    heard = true;
    opened(session).demand();
  }

  @Override
  public void onWebSocketPing(ByteBuffer payload) {
    heard = true;
    Session open = opened(session);
    open.sendPong(payload, Callback.NOOP);
    open.demand();
  }

  @Override
  public void onWebSocketClose(int statusCode, @Nullable String reason, Callback callback) {
    ended();
    callback.succeed();
  }

  @Override
  public void onWebSocketError(Throwable cause) {
    if (cause instanceof MessageTooLargeException && connection != null) {
      connection.tooLong();
    }
    ended();
  }

  /** Pings the client; one that was silent since the last ping is cut off. */
  void ping() {
    Session open = session;
    if (open == null) {
      return;
    }
    if (!heard) {
      open.disconnect();
      return;
    }
    heard = false;
    open.sendPing(ByteBuffer.allocate(0), Callback.NOOP);
  }

  @Override
  public void send(byte[] frame) {
    queuedBytes.addAndGet(frame.length);
    opened(session)
        .sendBinary(
            ByteBuffer.wrap(frame),
            Callback.from(() -> sent(frame.length), failure -> sent(frame.length)));
  }

  @Override
  public long queuedBytes() {
    return queuedBytes.get();
  }

  @Override
  public void close(Reason reason, String text) {
    opened(session).close(reason.code(), shorten(text), Callback.NOOP);
  }

  private void sent(int length) {
    queuedBytes.addAndGet(-length);
    opened(connection).drained();
  }

  private void ended() {
    sockets.closed(this);
    Connection open = connection;
    if (open != null) {
      open.closed();
    }
  }

  /** A close reason has at most 123 bytes; ours are ASCII but for what a client sent. */
  private static String shorten(String text) {
    String ascii = text.replaceAll("[^ -~]", "?");
    return ascii.length() <= 120 ? ascii : ascii.substring(0, 120);
  }

  /** Nothing comes in or goes out before the socket is open. */
  private static <T> T opened(@Nullable T value) {
    if (value == null) {
      throw new IllegalStateException("the socket is not open yet");
    }
    return value;
  }

  /** Gives back the room that a frame took; reads on if reading had stopped there. */
  private final class Demand implements Runnable {

    private final int bytes;
    private final boolean stopped;

    Demand(int bytes, boolean stopped) {
      this.bytes = bytes;
      this.stopped = stopped;
    }

    @Override
    public void run() {
      waitingFrames.decrementAndGet();
      waitingBytes.addAndGet(-bytes);
      if (stopped) {
        opened(session).demand();
      }
    }
  }
}
