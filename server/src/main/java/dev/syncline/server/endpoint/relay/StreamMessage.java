package dev.syncline.server.endpoint.relay;

import dev.syncline.core.model.SyncException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.dataformat.cbor.CBORMapper;

/** What a Relay Server says on its WebSocket, as far as it matters for events. */
sealed interface StreamMessage {

  /** A document changed. */
  record Changed(RelayEvent event) implements StreamMessage {}

  /** The server has done all that it was asked before {@link #question}. */
  record Answer() implements StreamMessage {}

  /** The server refuses the key. */
  record Denied() implements StreamMessage {}

  /** The whole document that the socket is for, as an update: the answer to {@link #wish}. */
  record Whole(byte[] update) implements StreamMessage {}

  /** Something for those who edit the document. */
  record Other() implements StreamMessage {}

  // Tags of messages: a varuint in front of each.
  int SYNC = 0;
  int AUTH = 2;
  int EVENT = 4;
  int SUBSCRIBE = 5;
  int ECHO = 102;

  // Kinds of messages about the document.
  int STATE = 0;
  int MISSING = 1;

  String UPDATED = "document.updated";
  int LONGEST_NAME = 200;

  /** Asks for events. */
  static ByteBuffer subscription() {
    byte[] type = UPDATED.getBytes(StandardCharsets.US_ASCII);
    var frame = new ByteArrayOutputStream();
    frame.write(SUBSCRIBE);
    frame.write(1);
    frame.write(type.length);
    frame.writeBytes(type);
    return ByteBuffer.wrap(frame.toByteArray());
  }

  /** Asks for an answer, and nothing else: the server repeats it. */
  static ByteBuffer question() {
    return ByteBuffer.wrap(new byte[] {ECHO, 1, 0});
  }

  /** Asks for the whole document: says that we have nothing of it. */
  static ByteBuffer wish() {
    return ByteBuffer.wrap(new byte[] {SYNC, STATE, 1, 0});
  }

  /**
   * Reads a frame.
   *
   * @throws SyncException.Invalid if it is damaged: it may have been an event
   */
  static StreamMessage read(byte[] frame) {
    var in = new VarReader(frame);
    return switch ((int) Math.min(in.number(), Integer.MAX_VALUE)) {
      case SYNC -> in.number() == MISSING ? new Whole(in.bytes()) : new Other();
      case AUTH -> in.number() == 0 ? new Denied() : new Other();
      case EVENT -> event(in.bytes());
      case ECHO -> new Answer();
      default -> new Other();
    };
  }

  private static StreamMessage event(byte[] cbor) {
    var texts = new HashMap<String, String>();
    try (JsonParser in = CBORMapper.shared().createParser(cbor)) {
      JsonToken token = in.nextToken();
      while ((token = in.nextToken()) == JsonToken.PROPERTY_NAME) {
        String name = in.currentName();
        token = in.nextToken();
        if (token == JsonToken.VALUE_STRING) {
          texts.put(name, in.getString());
        }
        // An update is a list of numbers, as long as the text that was pasted.
        in.skipChildren();
      }
      if (token != JsonToken.END_OBJECT) {
        throw new SyncException.Invalid("an event of the Relay Server is no object");
      }
    } catch (JacksonException e) {
      throw new SyncException.Invalid("an event of the Relay Server can't be read", e);
    }
    if (!UPDATED.equals(texts.get("event_type"))) {
      return new Other();
    }
    RelayId document =
        RelayId.parse(texts.getOrDefault("doc_id", ""))
            .orElseThrow(
                () -> new SyncException.Invalid("an event of the Relay Server names no document"));
    return new Changed(
        new RelayEvent(name(texts, "event_id"), document, name(texts, "user"), Optional.empty()));
  }

  private static Optional<String> name(Map<String, String> texts, String field) {
    return Optional.ofNullable(texts.get(field)).filter(text -> text.length() <= LONGEST_NAME);
  }
}
