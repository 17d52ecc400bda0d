package dev.syncline.server.endpoint.relay;

import dev.syncline.core.model.SyncException;
import dev.syncline.server.config.Uuid;
import java.util.Locale;
import java.util.Optional;

/**
 * Names a folder, note, canvas or attachment of a relay, as a Relay Server does: two UUIDs with a
 * hyphen between them. It can be a part of a path: it has nothing but hexadecimal digits and
 * hyphens.
 *
 * @param relay whose it is: a UUID, in lower case
 * @param resource which one: a UUID, in lower case
 */
public record RelayId(String relay, String resource) {

  private static final int LENGTH = 36;

  public RelayId {
    if (!Uuid.is(relay) || !Uuid.is(resource)) {
      throw new SyncException.Invalid("a relay and what is in it are named by UUIDs");
    }
  }

  /** Reads one as it travels; empty if it is none. Some senders put a third UUID in the middle. */
  public static Optional<RelayId> parse(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    int end = lower.length() - LENGTH;
    boolean hasMiddle = end == 2 * (LENGTH + 1);
    if (!hasMiddle && end != LENGTH + 1) {
      return Optional.empty();
    }
    String relay = lower.substring(0, LENGTH);
    String resource = lower.substring(end);
    boolean isOne =
        Uuid.is(relay)
            && Uuid.is(resource)
            && lower.charAt(LENGTH) == '-'
            && lower.charAt(end - 1) == '-'
            && (!hasMiddle || Uuid.is(lower.substring(LENGTH + 1, end - 1)));
    return isOne ? Optional.of(new RelayId(relay, resource)) : Optional.empty();
  }

  @Override
  public String toString() {
    return relay + "-" + resource;
  }
}
