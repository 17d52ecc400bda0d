package dev.syncline.server.web.connect;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;

/** Finds the token that came with a request. */
public final class Presented {

  private static final String BEARER = "Bearer ";
  private static final String BASIC = "Basic ";

  private Presented() {}

  /**
   * From {@code Authorization: Bearer} (RFC 6750); the scheme's name in any case (RFC 9110, 11.1).
   */
  public static Optional<String> bearer(Request request) {
    return of(BEARER, request);
  }

  /**
   * The password from {@code Authorization: Basic} (RFC 7617), whatever the user is: programs that
   * know names and passwords only show tokens so, Git above all.
   */
  public static Optional<String> password(Request request) {
    Optional<String> encoded = of(BASIC, request);
    if (encoded.isEmpty()) {
      return Optional.empty();
    }
    try {
      byte[] pair = Base64.getDecoder().decode(encoded.get());
      String text = new String(pair, StandardCharsets.UTF_8);
      int colon = text.indexOf(':');
      return colon < 0 ? Optional.empty() : Optional.of(text.substring(colon + 1));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  /**
   * As {@link #bearer}, else from the query's {@code token}: browsers can't send headers with the
   * handshake of a WebSocket.
   */
  static Optional<String> token(Request request) {
    return bearer(request)
        .or(() -> Optional.ofNullable(Request.extractQueryParameters(request).getValue("token")));
  }

  private static Optional<String> of(String scheme, Request request) {
    String value = request.getHeaders().get(HttpHeader.AUTHORIZATION);
    return value != null && value.regionMatches(true, 0, scheme, 0, scheme.length())
        ? Optional.of(value.substring(scheme.length()).strip())
        : Optional.empty();
  }
}
