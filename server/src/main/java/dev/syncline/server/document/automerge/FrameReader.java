package dev.syncline.server.document.automerge;

import dev.syncline.core.model.DocumentId;
import dev.syncline.core.model.SyncException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Reads one WebSocket message, a CBOR map, into what the client said. Everything is checked; keys
 * that aren't known are walked past. Confined to one thread, and good for one frame.
 */
public final class FrameReader {

  private static final int MAX_KEY = 64;
  private static final int MAX_NAME = 1024;
  private static final int MAX_STORAGES = 1000;
  private static final int MAX_VERSIONS = 16;

  private final CborInput in;
  private final int maxInflated;

  private @Nullable String type;
  private @Nullable String sender;
  private @Nullable String document;
  private @Nullable String session;
  private @Nullable Input data;
  private Optional<String> storage = Optional.empty();
  private List<String> versions = List.of();
  private List<String> add = List.of();
  private List<String> remove = List.of();
  private long count = -1;

  private FrameReader(byte[] frame, int maxInflated) {
    this.in = new CborInput(frame);
    this.maxInflated = maxInflated;
  }

  /**
   * Reads a frame.
   *
   * @param maxInflated the most bytes that a deflated change may take; all together four times that
   * @throws SyncException.Invalid if it is not a sound message; says why
   */
  public static ClientMessage read(byte[] frame, int maxInflated) {
    var reader = new FrameReader(frame, maxInflated);
    reader.fields();
    return reader.message();
  }

  private void fields() {
    int entries = in.map();
    for (int i = 0; entries < 0 ? !in.end() : i < entries; i++) {
      field(in.text(MAX_KEY));
    }
    if (!in.isEmpty()) {
      throw new SyncException.Invalid("a frame has bytes behind its end");
    }
  }

  private void field(String key) {
    if (in.absent()) {
      return;
    }
    switch (key) {
      case "type" -> type = in.text(MAX_KEY);
      case "senderId" -> sender = in.text(MAX_NAME);
      case "documentId" -> document = in.text(MAX_KEY);
      case "sessionId" -> session = in.text(MAX_NAME);
      case "data" -> data = in.bytes();
      case "count" -> count = in.whole();
      case "peerMetadata" -> metadata();
      // The Swift client writes one version without a list around it.
      case "supportedProtocolVersions" ->
          versions = in.atText() ? List.of(in.text(MAX_KEY)) : texts(MAX_VERSIONS);
      case "add" -> add = texts(MAX_STORAGES);
      case "remove" -> remove = texts(MAX_STORAGES);
      default -> in.skip();
    }
  }

  private void metadata() {
    boolean ephemeral = false;
    int entries = in.map();
    for (int i = 0; entries < 0 ? !in.end() : i < entries; i++) {
      String key = in.text(MAX_KEY);
      if (in.absent()) {
        continue;
      }
      switch (key) {
        case "storageId" -> storage = Optional.of(uuid(in.text(MAX_KEY)));
        case "isEphemeral" -> ephemeral = in.isTrue();
        default -> in.skip();
      }
    }
    if (ephemeral) {
      storage = Optional.empty();
    }
  }

  private List<String> texts(int max) {
    int items = in.array();
    var texts = new ArrayList<String>();
    for (int i = 0; items < 0 ? !in.end() : i < items; i++) {
      if (i == max) {
        throw new SyncException.Invalid("a list has more than " + max + " entries");
      }
      texts.add(in.text(MAX_KEY));
    }
    return List.copyOf(texts);
  }

  private ClientMessage message() {
    return switch (required(type, "type")) {
      case "join" -> new ClientMessage.Join(required(sender, "senderId"), storage, versions);
      case "sync" -> sync(ClientMessage.Sync.Kind.SYNC);
      case "request" -> sync(ClientMessage.Sync.Kind.REQUEST);
      case "ephemeral" ->
          new ClientMessage.Ephemeral(
              required(sender, "senderId"),
              documentId(),
              required(session, "sessionId"),
              count,
              bytes());
      case "remote-subscription-change" ->
          new ClientMessage.Subscription(required(sender, "senderId"), add, remove);
      case "leave" -> new ClientMessage.Leave();
      case String other -> new ClientMessage.Other(other);
    };
  }

  private ClientMessage.Sync sync(ClientMessage.Sync.Kind kind) {
    Input bytes = required(data, "data");
    var message =
        SyncMessage.decode(bytes.array(), bytes.at(), bytes.at() + bytes.left(), maxInflated);
    return new ClientMessage.Sync(required(sender, "senderId"), documentId(), kind, message);
  }

  private byte[] bytes() {
    Input bytes = required(data, "data");
    return bytes.copy(bytes.left());
  }

  private DocumentId documentId() {
    return DocumentId.parse(required(document, "documentId"));
  }

  private static <T> T required(@Nullable T value, String key) {
    if (value == null) {
      throw new SyncException.Invalid("a frame has no " + key);
    }
    return value;
  }

  /** A storage id is a UUID and nothing else, since it ends up in messages to other peers. */
  private static String uuid(String text) {
    try {
      return UUID.fromString(text).toString();
    } catch (IllegalArgumentException e) {
      throw new SyncException.Invalid("a storage id is not a UUID", e);
    }
  }
}
