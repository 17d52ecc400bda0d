package dev.syncline.server.endpoint.relay;

import dev.syncline.core.model.SyncException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a Relay Server tells when a document changed: of a folder, a note or a canvas.
 *
 * @param id names the message, if the server names its messages
 * @param document what changed
 * @param at when, if the message says so: servers of different age say it in different places
 * @param user who has the document open, and so may have changed it; a name that not every database
 *     can hold is as good as none
 * @param folder whose document it is, if the server says so
 */
public record RelayEvent(
    Optional<String> id,
    RelayId document,
    Optional<Instant> at,
    Optional<String> user,
    Optional<RelayId> folder) {

  private static final int LONGEST_NAME = 200;

  public RelayEvent {
    user = user.filter(RelayEvent::isPlain);
  }

  /**
   * Reads a message in any of the shapes that servers have used; what it says besides is ignored.
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
        Stream.of(payload, message)
            .map(node -> node.path("timestamp"))
            .flatMap(node -> time(node).stream())
            .findFirst(),
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

  /** ISO 8601, or seconds since 1970; one that can't be read is as good as none. */
  private static Optional<Instant> time(JsonNode node) {
    try {
      if (node.isNumber()) {
        return Optional.of(Instant.ofEpochMilli(Math.round(node.asDouble() * 1000)));
      }
      return text(node).map(text -> OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
