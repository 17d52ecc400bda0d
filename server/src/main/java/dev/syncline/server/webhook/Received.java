package dev.syncline.server.webhook;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A message as it came.
 *
 * @param headers by name; names are compared without regard to case
 * @param body as it was signed, byte by byte
 */
public record Received(Map<String, String> headers, byte[] body) {

  private static final Pattern BEARER =
      Pattern.compile("\\s*(?:bearer +){1,2}(.*\\S)\\s*", Pattern.CASE_INSENSITIVE);

  public Received {
    var byName = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
    byName.putAll(headers);
    headers = Collections.unmodifiableMap(byName);
    body = body.clone();
  }

  @Override
  public byte[] body() {
    return body.clone();
  }

  /** A header's value; empty if it didn't come. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  /**
   * What comes behind {@code Bearer} in the header Authorization. Some senders write that word
   * twice.
   */
  Optional<String> bearer() {
    return header("Authorization")
        .map(BEARER::matcher)
        .filter(Matcher::matches)
        .map(shown -> shown.group(1));
  }
}
