package dev.syncline.server.document.automerge;

import dev.syncline.core.model.Base58Check;
import dev.syncline.core.model.DocumentId;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes what the server says, one CBOR map with definite lengths for each WebSocket message. */
public final class ServerFrame {

  private static final int TEXT = 3 << 5;
  private static final int BYTES = 2 << 5;
  private static final int ARRAY = 4 << 5;
  private static final int MAP = 5 << 5;
  private static final int TRUE_FALSE_BASE = 0xf4;
  private static final int DOUBLE = 0xfb;
  private static final long LARGEST_SHORT = 0xffff_ffffL;

  private final Output out;

  private ServerFrame(int expected) {
    this.out = new Output(expected);
  }

  /** The answer to {@code join}. */
  public static byte[] peer(String server, String storage, String target) {
    var frame = new ServerFrame(200);
    frame.map(5);
    frame.type("peer");
    frame.field("senderId", server);
    frame.text("peerMetadata");
    frame.map(2);
    frame.field("storageId", storage);
    frame.text("isEphemeral");
    frame.out.u8(TRUE_FALSE_BASE);
    frame.field("selectedProtocolVersion", "1");
    frame.field("targetId", target);
    return frame.out.toByteArray();
  }

  /** Tells a client what is wrong before the connection is closed. */
  public static byte[] error(String server, String target, String message) {
    var frame = new ServerFrame(100 + message.length());
    frame.map(4);
    frame.type("error");
    frame.field("senderId", server);
    frame.field("targetId", target);
    frame.field("message", message);
    return frame.out.toByteArray();
  }

  /** A sync message for one peer. */
  public static byte[] sync(String server, String target, String document, byte[] data) {
    var frame = new ServerFrame(160 + target.length() + data.length);
    frame.map(5);
    frame.type("sync");
    frame.field("senderId", server);
    frame.field("targetId", target);
    frame.field("documentId", document);
    frame.field("data", data);
    return frame.out.toByteArray();
  }

  /** There is no such document, or none that this client may see. */
  public static byte[] unavailable(String server, String target, String document) {
    var frame = new ServerFrame(160);
    frame.map(4);
    frame.type("doc-unavailable");
    frame.field("senderId", server);
    frame.field("targetId", target);
    frame.field("documentId", document);
    return frame.out.toByteArray();
  }

  /** Passes on what another client said; the sender stays its author. */
  public static byte[] ephemeral(ClientMessage.Ephemeral message, String target) {
    var frame = new ServerFrame(200 + message.data().length);
    frame.map(7);
    frame.type("ephemeral");
    frame.field("senderId", message.sender());
    frame.field("targetId", target);
    frame.field("documentId", message.document().toString());
    frame.field("sessionId", message.session());
    frame.text("count");
    frame.number(message.count());
    frame.field("data", message.data());
    return frame.out.toByteArray();
  }

  /**
   * Another client's storage has reached these heads.
   *
   * @param millis Unix time of the news
   */
  public static byte[] remoteHeads(
      String server,
      String target,
      DocumentId document,
      String storage,
      List<ChangeHash> heads,
      long millis) {
    var frame = new ServerFrame(300 + 64 * heads.size());
    frame.map(5);
    frame.type("remote-heads-changed");
    frame.field("senderId", server);
    frame.field("targetId", target);
    frame.field("documentId", document.toString());
    frame.text("newHeads");
    frame.map(1);
    frame.text(storage);
    frame.map(2);
    frame.text("heads");
    frame.head(ARRAY, heads.size());
    for (ChangeHash head : heads) {
      frame.text(Base58Check.encode(head.bytes()));
    }
    frame.text("timestamp");
    frame.number(millis);
    return frame.out.toByteArray();
  }

  private void map(int entries) {
    head(MAP, entries);
  }

  private void type(String type) {
    field("type", type);
  }

  private void field(String key, String value) {
    text(key);
    text(value);
  }

  private void field(String key, byte[] value) {
    text(key);
    head(BYTES, value.length);
    out.raw(value);
  }

  private void text(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    head(TEXT, bytes.length);
    out.raw(bytes);
  }

  /** Numbers beyond 32 bits go as doubles, as JavaScript writes and expects them. */
  private void number(long value) {
    if (value > LARGEST_SHORT) {
      out.u8(DOUBLE);
      out.u64(Double.doubleToRawLongBits((double) value));
    } else {
      head(0, value);
    }
  }

  private void head(int major, long argument) {
    if (argument < 24) {
      out.u8(major | (int) argument);
    } else if (argument <= 0xff) {
      out.u8(major | 24);
      out.u8((int) argument);
    } else if (argument <= 0xffff) {
      out.u8(major | 25);
      out.u16((int) argument);
    } else {
      out.u8(major | 26);
      out.u32((int) argument);
    }
  }
}
