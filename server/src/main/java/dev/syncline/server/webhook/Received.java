package dev.syncline.server.webhook;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A message as it came.
 *
 * @param headers by name; names are compared without regard to case
 * @param body as it was signed, byte by byte
 */
public record Received(Map<String, String> headers, byte[] body) {

  public Received {
    var lower = new TreeMap<String, String>();
    headers.forEach((name, value) -> lower.put(name.toLowerCase(Locale.ROOT), value));
    headers = Map.copyOf(lower);
    body = body.clone();
  }

  @Override
  public byte[] body() {
    return body.clone();
  }

  /** A header's value; empty if it didn't come. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
  }

  /**
   * What comes behind {@code Bearer} in the header Authorization. Some senders write that word
   * twice.
   */
  Optional<String> bearer() {
    return header("Authorization")
        .map(String::strip)
        .filter(value -> value.regionMatches(true, 0, "Bearer ", 0, 7))
        .map(value -> value.replaceFirst("(?i)^(bearer +){1,2}", "").strip());
  }
}
