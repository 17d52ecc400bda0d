package dev.syncline.server.web;

import java.nio.ByteBuffer;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.jspecify.annotations.Nullable;

/** Sends every message back. Public because Jetty looks up its methods from outside. */
public final class Echo implements Session.Listener {

  private @Nullable Session session;

  @Override
  public void onWebSocketOpen(Session opened) {
    session = opened;
    opened.demand();
  }

  @Override
  public void onWebSocketBinary(ByteBuffer payload, Callback callback) {
    Session open = session;
    if (open == null) {
      throw new IllegalStateException("a message before the socket is open");
    }
    byte[] copy = new byte[payload.remaining()];
    payload.get(copy);
    callback.succeed();
    open.sendBinary(
        ByteBuffer.wrap(copy), Callback.from(open::demand, failure -> open.disconnect()));
  }

  /** Clients of tests leave as they like. */
  @Override
  public void onWebSocketError(Throwable cause) {}
}
