package dev.syncline.server.endpoint.relay;

import dev.syncline.core.model.SyncException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a Relay Server tells when a document changed: of a folder, a note or a canvas.
 *
 * @param id names the message, if the server names its messages
 * @param document what changed
 * @param user who has the document open, and so may have changed it; a name that not every database
 *     can hold is as good as none
 * @param folder whose document it is, if the server says so
 */
public record RelayEvent(
    Optional<String> id, RelayId document, Optional<String> user, Optional<RelayId> folder) {

  private static final int LONGEST_NAME = 200;

  public RelayEvent {
    user = user.filter(RelayEvent::isPlain);
  }

  /**
   * Reads a message in any of the shapes that servers have used. What it says besides is ignored,
   * when it was above all: servers of different age say that in different places and forms.
   *
   * @throws SyncException.Invalid if it is no JSON, or doesn't say which document changed
   */
  public static RelayEvent read(byte[] body) {
    var texts = new HashMap<String, String>();
    // As a stream: a tree of each message would be most of what a message costs.
    try (JsonParser in = JsonMapper.shared().createParser(body)) {
      JsonToken first = in.nextToken();
      if (first == JsonToken.START_OBJECT) {
        fields(in, "", texts);
      } else {
        in.skipChildren();
      }
      if (first == null || in.nextToken() != null) {
        throw new SyncException.Invalid("Invalid JSON payload");
      }
    } catch (JacksonException e) {
      throw new SyncException.Invalid("Invalid JSON payload", e);
    }
    RelayId document =
        text(texts, "payload.doc_id")
            .flatMap(RelayId::parse)
            .orElseThrow(() -> new SyncException.Invalid("Invalid webhook payload"));
    return new RelayEvent(
        text(texts, "eventId"),
        document,
        text(texts, "payload.user"),
        text(texts, "payload.metadata.channel").flatMap(RelayId::parse));
  }

  /** Takes the texts of an object, and of those in it that matter. */
  private static void fields(JsonParser in, String path, Map<String, String> texts) {
    while (in.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = path + in.currentName();
      switch (in.nextToken()) {
        case VALUE_STRING -> texts.put(name, in.getString());
        case START_OBJECT -> {
          if (name.equals("payload") || name.equals("payload.metadata")) {
            fields(in, name + ".", texts);
          } else {
            in.skipChildren();
          }
        }
        default -> in.skipChildren();
      }
    }
  }

  private static Optional<String> text(Map<String, String> texts, String name) {
    return Optional.ofNullable(texts.get(name)).filter(text -> text.length() <= LONGEST_NAME);
  }

  private static boolean isPlain(String text) {
    return text.codePoints()
        .noneMatch(
            it -> Character.isISOControl(it) || Character.getType(it) == Character.SURROGATE);
  }
}
