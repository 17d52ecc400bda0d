package dev.syncline.server.endpoint.relay;

import java.net.URI;
import java.time.Duration;
import java.util.Map;

/**
 * Where a Relay Server sends webhooks.
 *
 * @param prefix of the channels that it is for
 * @param token sent in the Authorization header; none if empty
 */
public record RelayHook(String prefix, URI url, Duration timeout, String token) {

  /** One for all channels, with the timeout that servers use if they aren't told otherwise. */
  public static RelayHook to(URI url, String token) {
    return new RelayHook("", url, Duration.ofSeconds(5), token);
  }

  /** The same, only for channels that begin so. */
  public RelayHook prefix(String prefix) {
    return new RelayHook(prefix, url, timeout, token);
  }

  /** The same with another timeout. */
  public RelayHook timeout(Duration timeout) {
    return new RelayHook(prefix, url, timeout, token);
  }

  Map<String, Object> fields() {
    return Map.of(
        "prefix",
        prefix,
        "url",
        url.toString(),
        "timeout_ms",
        timeout.toMillis(),
        "auth_token",
        token);
  }
}
