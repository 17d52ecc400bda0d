package dev.syncline.server.endpoint.relay;

import dev.syncline.core.model.SyncException;
import java.io.ByteArrayOutputStream;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One connection of an {@link EventStream}: it puts frames together, and says how the connection
 * ended. The client calls one method at a time, and answers pings itself.
 */
final class EventSocket implements WebSocket.Listener {

  /** More is not kept: an event has all that somebody pasted, which we don't need. */
  static final int LARGEST_FRAME = 4 << 20;

  private static final int POLICY = 1008;

  private final Consumer<RelayEvent> events;
  private final Runnable gap;
  private final CompletableFuture<String> end = new CompletableFuture<>();
  private final CompletableFuture<Boolean> answered = new CompletableFuture<>();
  private ByteArrayOutputStream frame = new ByteArrayOutputStream();
  private boolean isTooLarge;
  private volatile long heard = System.nanoTime();

  EventSocket(Consumer<RelayEvent> events, Runnable gap) {
    this.events = events;
    this.gap = gap;
  }

  /** Done when the connection has ended; says why, and what to do. */
  CompletableFuture<String> end() {
    return end;
  }

  /** Done when the server has answered the question. */
  CompletableFuture<Boolean> answered() {
    return answered;
  }

  /** How long nothing was heard. */
  Duration silence() {
    return Duration.ofNanos(System.nanoTime() - heard);
  }

  @Override
  public void onOpen(WebSocket socket) {
    heard = System.nanoTime();
    socket.request(1);
  }

  @Override
  public @Nullable CompletionStage<?> onBinary(WebSocket socket, ByteBuffer part, boolean isLast) {
    heard = System.nanoTime();
    isTooLarge |= frame.size() + part.remaining() > LARGEST_FRAME;
    if (!isTooLarge) {
      byte[] bytes = new byte[part.remaining()];
      part.get(bytes);
      frame.writeBytes(bytes);
    }
    if (isLast) {
      byte[] whole = frame.toByteArray();
      // A new one, so that a large frame's place is not kept.
      frame = new ByteArrayOutputStream();
      if (isTooLarge) {
        gap.run();
      } else {
        receive(whole);
      }
      isTooLarge = false;
    }
    socket.request(1);
    return null;
  }

  private void receive(byte[] whole) {
    StreamMessage message;
    try {
      message = StreamMessage.read(whole);
    } catch (SyncException.Invalid damaged) {
      gap.run();
      return;
    }
    switch (message) {
      case StreamMessage.Changed(RelayEvent event) -> events.accept(event);
      case StreamMessage.Answer _ -> answered.complete(true);
      case StreamMessage.Denied _ -> end.complete(EventStream.REFUSED);
      case StreamMessage.Whole _, StreamMessage.Other _ -> {}
    }
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean isLast) {
    heard = System.nanoTime();
    socket.request(1);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onPing(WebSocket socket, ByteBuffer message) {
    heard = System.nanoTime();
    socket.request(1);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
    end.complete(
        status == POLICY
            ? EventStream.REFUSED
            : "the Relay Server has closed the event stream (" + status + ")");
    return null;
  }

  @Override
  public void onError(WebSocket socket, Throwable error) {
    // Its text may have the address, and so the key.
    end.complete("the event stream has broken off: " + error.getClass().getSimpleName());
  }
}
