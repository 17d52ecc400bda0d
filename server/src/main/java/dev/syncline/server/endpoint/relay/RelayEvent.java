package dev.syncline.server.endpoint.relay;

import dev.syncline.core.model.SyncException;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
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
    JsonNode message;
    try {
      message = JsonMapper.shared().readTree(body);
    } catch (JacksonException e) {
      throw new SyncException.Invalid("Invalid JSON payload", e);
    }
    if (message.isMissingNode()) {
      throw new SyncException.Invalid("Invalid JSON payload");
    }
    JsonNode payload = message.path("payload");
    RelayId document =
        text(payload.path("doc_id"))
            .flatMap(RelayId::parse)
            .orElseThrow(() -> new SyncException.Invalid("Invalid webhook payload"));
    return new RelayEvent(
        text(message.path("eventId")),
        document,
        text(payload.path("user")),
        text(payload.path("metadata").path("channel")).flatMap(RelayId::parse));
  }

  private static Optional<String> text(JsonNode node) {
    return node.isString() && node.asString().length() <= LONGEST_NAME
        ? Optional.of(node.asString())
        : Optional.empty();
  }

  private static boolean isPlain(String text) {
    return text.codePoints()
        .noneMatch(
            it -> Character.isISOControl(it) || Character.getType(it) == Character.SURROGATE);
  }
}
