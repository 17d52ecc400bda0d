package dev.syncline.server.endpoint.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.syncline.core.model.SyncException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Messages of Relay Servers of any age. */
final class RelayEventTest {

  private static final String RELAY = "85a06712-af14-47bc-a859-e8106cc786e8";
  private static final String DOCUMENT = "8ac6873a-e0d1-44da-a71c-4b43e08afcce";
  private static final RelayId FOLDER = new RelayId(RELAY, "f47ac10b-58cc-4372-a567-0e02b2c3d479");
  private static final RelayId ID = new RelayId(RELAY, DOCUMENT);

  @Test
  void theNewestShapeIsRead() {
    RelayEvent event =
        read(
            "{\"eventType\":\"document.updated\",\"eventId\":\"evt_1\",\"payload\":{\"doc_id\":\""
                + ID
                + "\",\"metadata\":{\"channel\":\""
                + FOLDER
                + "\"},\"timestamp\":\"2026-08-02T10:11:12.123456789+00:00\","
                + "\"user\":\"o99\"}}");
    assertEquals(
        new RelayEvent(Optional.of("evt_1"), ID, Optional.of("o99"), Optional.of(FOLDER)), event);
  }

  @Test
  void aTimeMayBeOutsideOrANumberOrMissingOrNone() {
    for (String message :
        List.of(
            "{\"timestamp\":\"2025-08-07T17:13:32Z\",\"payload\":{\"doc_id\":\"" + ID + "\"}}",
            "{\"payload\":{\"doc_id\":\"" + ID + "\",\"timestamp\":1754586812}}",
            "{\"payload\":{\"doc_id\":\"" + ID + "\"}}",
            "{\"payload\":{\"doc_id\":\"" + ID + "\",\"timestamp\":\"soon\",\"user\":null}}")) {
      assertEquals(
          new RelayEvent(Optional.empty(), ID, Optional.empty(), Optional.empty()), read(message));
    }
  }

  @Test
  void anIdMayHaveAMiddle() {
    String middle = "11111111-1111-4111-8111-111111111111";
    assertEquals(
        ID,
        read("{\"payload\":{\"doc_id\":\"" + RELAY + "-" + middle + "-" + DOCUMENT + "\"}}")
            .document());
  }

  @Test
  void aUserThatNoDatabaseCanHoldIsNobody() {
    for (String user : List.of("a\\u0000b", "\\ud800", "line\\nline")) {
      String body = "{\"payload\":{\"doc_id\":\"" + ID + "\",\"user\":\"" + user + "\"}}";
      assertEquals(Optional.empty(), read(body).user(), user);
    }
  }

  @Test
  void whatNamesNoDocumentIsRefused() {
    assertEquals("Invalid JSON payload", refused("{"));
    assertEquals("Invalid JSON payload", refused(""));
    for (String id :
        List.of(RELAY, RELAY + "-../../../../etc/passwd", "", RELAY + "-" + DOCUMENT + "/x")) {
      assertEquals("Invalid webhook payload", refused("{\"payload\":{\"doc_id\":\"" + id + "\"}}"));
    }
    assertEquals("Invalid webhook payload", refused("[]"));
    assertEquals("Invalid webhook payload", refused("{\"payload\":{\"doc_id\":7}}"));
  }

  private static RelayEvent read(String body) {
    return RelayEvent.read(body.getBytes(StandardCharsets.UTF_8));
  }

  private static String refused(String body) {
    return String.valueOf(assertThrows(SyncException.Invalid.class, () -> read(body)).getMessage());
  }
}
