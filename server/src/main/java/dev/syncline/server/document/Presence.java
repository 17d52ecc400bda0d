package dev.syncline.server.document;

import dev.syncline.server.document.automerge.ClientMessage;
import java.util.LinkedHashMap;
import java.util.Map;

/** Tells ephemeral messages that are new from copies that come back. Confined to a mailbox. */
final class Presence {

  /** Sessions that are remembered for one document; a forgotten one starts afresh. */
  private static final int MAX_SESSIONS = 256;

  private record Session(String sender, String id) {}

  private final Map<Session, Long> counts = new LinkedHashMap<>(16, 0.75f, true);

  boolean isNew(ClientMessage.Ephemeral message) {
    var session = new Session(message.sender(), message.session());
    Long last = counts.get(session);
    if (last != null && message.count() <= last) {
      return false;
    }
    counts.put(session, message.count());
    if (counts.size() > MAX_SESSIONS) {
      var eldest = counts.keySet().iterator();
      eldest.next();
      eldest.remove();
    }
    return true;
  }
}
