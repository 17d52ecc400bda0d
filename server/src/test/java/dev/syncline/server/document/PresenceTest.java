package dev.syncline.server.document;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.syncline.core.model.DocumentId;
import dev.syncline.server.document.automerge.ClientMessage;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

@NullMarked
final class PresenceTest {

  private final Presence presence = new Presence();

  private static ClientMessage.Ephemeral message(String sender, String session, long count) {
    return new ClientMessage.Ephemeral(
        sender, new DocumentId(1, 2), session, count, new byte[] {1});
  }

  @Test
  void onlyAHigherCountIsNew() {
    assertTrue(presence.isNew(message("a", "s", 1)));
    assertFalse(presence.isNew(message("a", "s", 1)));
    assertTrue(presence.isNew(message("a", "s", 3)));
    assertFalse(presence.isNew(message("a", "s", 2)));
  }

  @Test
  void eachSenderAndSessionCountsForItself() {
    assertTrue(presence.isNew(message("a", "s", 5)));
    assertTrue(presence.isNew(message("b", "s", 1)));
    assertTrue(presence.isNew(message("a", "t", 1)));
  }

  @Test
  void theSessionThatWasSilentForLongestIsForgottenFirst() {
    presence.isNew(message("old", "s", 5));
    presence.isNew(message("busy", "s", 1));
    for (int i = 0; i < 255; i++) {
      presence.isNew(message("peer" + i, "s", 1));
      presence.isNew(message("busy", "s", i + 2));
    }
    assertFalse(presence.isNew(message("busy", "s", 1)));
    assertTrue(presence.isNew(message("old", "s", 1)));
  }
}
