package dev.syncline.server.endpoint.relay;

import dev.syncline.core.model.SyncException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names a folder, note, canvas or attachment of a relay, as a Relay Server does: two UUIDs with a
 * hyphen between them. It can be a part of a path: it has nothing but hexadecimal digits and
 * hyphens.
 *
 * @param relay whose it is: a UUID, in lower case
 * @param resource which one: a UUID, in lower case
 */
public record RelayId(String relay, String resource) {

  private static final String UUID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}";
  private static final Pattern ONE = Pattern.compile(UUID);

  /** Some senders put a third one in the middle. */
  private static final Pattern TWO_OR_THREE =
      Pattern.compile("(" + UUID + ")-(?:" + UUID + "-)?(" + UUID + ")");

  public RelayId {
    if (!isUuid(relay) || !isUuid(resource)) {
      throw new SyncException.Invalid("a relay and what is in it are named by UUIDs");
    }
  }

  /** Reads one as it travels; empty if it is none. */
  public static Optional<RelayId> parse(String text) {
    Matcher parts = TWO_OR_THREE.matcher(text.toLowerCase(Locale.ROOT));
    return parts.matches()
        ? Optional.of(new RelayId(parts.group(1), parts.group(2)))
        : Optional.empty();
  }

  /** Whether a text is a UUID in lower case. */
  static boolean isUuid(String text) {
    return ONE.matcher(text).matches();
  }

  @Override
  public String toString() {
    return relay + "-" + resource;
  }
}
