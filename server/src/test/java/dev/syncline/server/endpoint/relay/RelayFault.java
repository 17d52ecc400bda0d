package dev.syncline.server.endpoint.relay;

import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;

/**
 * Something wrong with a {@link RelayPeer}: for all that it is asked and as often as it is, unless
 * said otherwise.
 */
public record RelayFault(Map<String, Object> fields) {

  public RelayFault {
    fields = Map.copyOf(fields);
  }

  /** It answers with a status. */
  public static RelayFault status(int status) {
    return of("status").with("status", status);
  }

  /** It answers with a status, and says when to come again. */
  public static RelayFault status(int status, Duration retryAfter) {
    return status(status).with("retryAfter", retryAfter.toSeconds());
  }

  /** It takes so much longer. */
  public static RelayFault slow(Duration by) {
    return of("delay").with("ms", by.toMillis());
  }

  /** It never answers. */
  public static RelayFault wedged() {
    return of("hang");
  }

  /** It ends the connection in the middle of a body. */
  public static RelayFault cut() {
    return of("cut");
  }

  /** It answers 200 with these bytes. */
  public static RelayFault body(byte... bytes) {
    return of("body").with("base64", Base64.getEncoder().encodeToString(bytes));
  }

  /** It refuses the key. */
  public static RelayFault refused() {
    return of("refuse");
  }

  /** The same, only for paths that begin so. */
  public RelayFault at(String path) {
    return with("at", path);
  }

  /** The same, but so many times only. */
  public RelayFault times(int times) {
    return with("times", times);
  }

  private static RelayFault of(String kind) {
    return new RelayFault(Map.of("kind", kind));
  }

  private RelayFault with(String name, Object value) {
    var more = new TreeMap<String, Object>(fields);
    more.put(name, value);
    return new RelayFault(more);
  }
}
