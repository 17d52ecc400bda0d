package dev.syncline.server.web.connect;

import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;

/** Finds the token that came with a request. */
public final class Presented {

  private static final String SCHEME = "Bearer ";

  private Presented() {}

  /**
   * From {@code Authorization: Bearer} (RFC 6750); the scheme's name in any case (RFC 9110, 11.1).
   */
  public static Optional<String> bearer(Request request) {
    String value = request.getHeaders().get(HttpHeader.AUTHORIZATION);
    if (value == null || !value.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return Optional.empty();
    }
    return Optional.of(value.substring(SCHEME.length()).strip());
  }

  /**
   * As {@link #bearer}, else from the query's {@code token}: browsers can't send headers with the
   * handshake of a WebSocket.
   */
  static Optional<String> token(Request request) {
    return bearer(request)
        .or(() -> Optional.ofNullable(Request.extractQueryParameters(request).getValue("token")));
  }
}
