package dev.syncline.server.app.trial;

import dev.syncline.core.model.DocumentId;
import dev.syncline.core.model.SyncException;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A client of the automerge-repo protocol that knows just enough of it to write and to follow. */
final class TrialClient implements AutoCloseable {

  private static final int PATIENCE_SECONDS = 20;
  private static final int SYNC_MESSAGE = 0x42;

  private final String name;
  private final Ear ear;
  private final WebSocket socket;

  private TrialClient(String name, Ear ear, WebSocket socket) {
    this.name = name;
    this.ear = ear;
    this.socket = socket;
  }

  static TrialClient join(HttpClient http, URI server, String name) throws InterruptedException {
    var ear = new Ear();
    try {
      WebSocket socket = http.newWebSocketBuilder().buildAsync(server, ear).join();
      var client = new TrialClient(name, ear, socket);
      var join = new Bytes();
      join.map(2);
      join.field("type", "join");
      join.field("senderId", name);
      client.send(join);
      client.hear(List.of(Bytes.utf8("peer")));
      return client;
    } catch (CompletionException e) {
      throw new SyncException.Unavailable("no WebSocket opens at " + server, e);
    }
  }

  /** Sends a change. */
  void tell(DocumentId document, TrialChange change) {
    sync("sync", document, List.of(change.hash()), List.of(change.chunk()));
  }

  /** Says that a change has arrived. */
  void acknowledge(DocumentId document, TrialChange change) {
    sync("sync", document, List.of(change.hash()), List.of());
  }

  /** Asks for a document. */
  void ask(DocumentId document) {
    sync("request", document, List.of(), List.of());
  }

  private void sync(String type, DocumentId document, List<byte[]> heads, List<byte[]> changes) {
    var message = new Bytes();
    message.write(SYNC_MESSAGE);
    message.leb(heads.size());
    heads.forEach(message::writeBytes);
    message.leb(0); // needs nothing by name
    message.leb(1); // has, since the start, what an empty filter says: nothing
    message.leb(0);
    message.leb(0);
    message.leb(changes.size());
    changes.forEach(message::sized);
    var frame = new Bytes();
    frame.map(5);
    frame.field("type", type);
    frame.field("senderId", name);
    frame.field("targetId", "server");
    frame.field("documentId", document.toString());
    frame.field("data", message.toByteArray());
    send(frame);
  }

  private void send(Bytes frame) {
    socket.sendBinary(ByteBuffer.wrap(frame.toByteArray()), true).join();
  }

  /**
   * Waits until each of these has been part of a message.
   *
   * @throws SyncException.Unavailable if that takes too long
   */
  void hear(List<byte[]> parts) throws InterruptedException {
    var missing = new ArrayList<>(parts);
    while (!missing.isEmpty()) {
      byte[] frame = ear.frames.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (frame == null) {
        throw new SyncException.Unavailable(
            name + " did not hear in " + PATIENCE_SECONDS + " s what the server has to say");
      }
      missing.removeIf(part -> contains(frame, part));
    }
  }

  private static boolean contains(byte[] frame, byte[] part) {
    for (int from = 0; from + part.length <= frame.length; from++) {
      if (Arrays.equals(frame, from, from + part.length, part, 0, part.length)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void close() {
    socket.abort();
  }

  private static final class Ear implements WebSocket.Listener {

    private final BlockingQueue<byte[]> frames = new LinkedBlockingQueue<>();
    private final ByteArrayOutputStream begun = new ByteArrayOutputStream();

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
      byte[] bytes = new byte[data.remaining()];
      data.get(bytes);
      begun.writeBytes(bytes);
      if (last) {
        frames.add(begun.toByteArray());
        begun.reset();
      }
      socket.request(1);
      return null;
    }
  }
}
