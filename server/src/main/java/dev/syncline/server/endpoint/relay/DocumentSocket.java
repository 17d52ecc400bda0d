package dev.syncline.server.endpoint.relay;

import dev.syncline.core.model.SyncException;
import java.io.ByteArrayOutputStream;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Reads one document by WebSocket, as an editor does when it opens it. The client calls one method
 * at a time.
 */
final class DocumentSocket implements WebSocket.Listener {

  private final int mostBytes;
  private final CompletableFuture<byte[]> update = new CompletableFuture<>();
  private ByteArrayOutputStream frame = new ByteArrayOutputStream();

  /**
   * @param mostBytes of a document
   */
  DocumentSocket(int mostBytes) {
    this.mostBytes = mostBytes;
  }

  /** The whole document as an update; fails with a {@link SyncException}. */
  CompletableFuture<byte[]> update() {
    return update;
  }

  @Override
  public void onOpen(WebSocket socket) {
    socket.request(1);
  }

  @Override
  public @Nullable CompletionStage<?> onBinary(WebSocket socket, ByteBuffer part, boolean isLast) {
    if (frame.size() + part.remaining() > mostBytes) {
      update.completeExceptionally(
          new SyncException.Unavailable("a document has more than " + mostBytes + " bytes"));
      return null;
    }
    byte[] bytes = new byte[part.remaining()];
    part.get(bytes);
    frame.writeBytes(bytes);
    if (isLast) {
      receive(frame.toByteArray());
      frame = new ByteArrayOutputStream();
    }
    socket.request(1);
    return null;
  }

  private void receive(byte[] whole) {
    try {
      switch (StreamMessage.read(whole)) {
        case StreamMessage.Whole(byte[] document) -> update.complete(document);
        case StreamMessage.Denied _ ->
            update.completeExceptionally(new SyncException.Denied(EventStream.REFUSED));
        case StreamMessage.Changed _, StreamMessage.Answer _, StreamMessage.Other _ -> {}
      }
    } catch (SyncException.Invalid damaged) {
      update.completeExceptionally(
          new SyncException.Unavailable("a document's answer is damaged", damaged));
    }
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean isLast) {
    socket.request(1);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
    update.completeExceptionally(
        new SyncException.Unavailable("it closed the connection (" + status + ")"));
    return null;
  }

  @Override
  public void onError(WebSocket socket, Throwable error) {
    // Its text may have the address, and so the key.
    update.completeExceptionally(
        new SyncException.Unavailable("it broke off: " + error.getClass().getSimpleName()));
  }
}
