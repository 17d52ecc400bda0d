package dev.syncline.server.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.syncline.core.model.SyncException;
import dev.syncline.server.config.Secret;
import dev.syncline.server.endpoint.relay.RelayEvent;
import dev.syncline.server.endpoint.relay.RelayId;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What becomes of messages of Relay Servers. */
final class RelayHooksTest {

  private final List<RelayEvent> heard = new ArrayList<>();
  private boolean isBroken;
  private final RelayHooks hooks =
      new RelayHooks(
          Optional.of(Secret.literal("s3cret")),
          this::hear,
          Optional::empty,
          InstantSource.system());

  private void hear(RelayEvent event) {
    if (isBroken) {
      throw new SyncException.Unavailable("the disk is full");
    }
    heard.add(event);
  }

  @Test
  void aMessageThatIsSentAgainIsHeardOnce() {
    assertEquals(200, send("evt_1"));
    assertEquals(200, send("evt_1"));
    assertEquals(1, heard.size());
    assertEquals(200, send("evt_2"));
    assertEquals(2, heard.size());
  }

  @Test
  void whatCouldNotBeKeptIsNotReceivedAndMayComeAgain() {
    isBroken = true;
    assertEquals(503, send("evt_1"));
    isBroken = false;
    assertEquals(200, send("evt_1"));
    assertEquals(1, heard.size());
  }

  @Test
  void messagesWithoutAnIdAreAllHeard() {
    assertEquals(200, send(""));
    assertEquals(200, send(""));
    assertEquals(2, heard.size());
  }

  private int send(String id) {
    var document = new RelayId(UUID.randomUUID().toString(), UUID.randomUUID().toString());
    String name = id.isEmpty() ? "" : "\"eventId\":\"" + id + "\",";
    String body = "{" + name + "\"payload\":{\"doc_id\":\"" + document + "\"}}";
    return hooks
        .receive(Map.of("authorization", "Bearer s3cret"), body.getBytes(StandardCharsets.UTF_8))
        .status();
  }
}
