package dev.syncline.server.web;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/** A WebSocket that keeps what it hears. */
final class SocketClient {

  final BlockingQueue<byte[]> received;
  final BlockingQueue<Integer> closed;
  final WebSocket socket;

  private SocketClient(Ear ear, WebSocket socket) {
    this.received = ear.received;
    this.closed = ear.closed;
    this.socket = socket;
  }

  static SocketClient open(WebSocket.Builder builder, URI uri) {
    var ear = new Ear();
    return new SocketClient(ear, builder.buildAsync(uri, ear).join());
  }

  private static final class Ear implements WebSocket.Listener {

    private final BlockingQueue<byte[]> received = new LinkedBlockingQueue<>();
    private final BlockingQueue<Integer> closed = new LinkedBlockingQueue<>();
    private final ByteArrayOutputStream message = new ByteArrayOutputStream();

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket socket, ByteBuffer part, boolean last) {
      byte[] bytes = new byte[part.remaining()];
      part.get(bytes);
      message.writeBytes(bytes);
      if (last) {
        received.add(message.toByteArray());
        message.reset();
      }
      socket.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
      closed.add(status);
      return null;
    }
  }
}
