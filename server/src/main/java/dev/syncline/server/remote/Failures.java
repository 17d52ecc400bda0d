package dev.syncline.server.remote;

import dev.syncline.core.model.SyncException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import javax.net.ssl.SSLException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Turns what went wrong on the way, or on the other side, into a sentence that helps. */
final class Failures {

  /** No explanation is longer. */
  static final int MAX_BYTES = 64 << 10;

  private Failures() {}

  /** A request that got no answer. */
  static SyncException unreachable(URI address, IOException cause) {
    return switch (cause) {
      case HttpConnectTimeoutException e ->
          new SyncException.Unavailable(address + " doesn't answer: is there a firewall?", e);
      case ConnectException e when caused(e, UnresolvedAddressException.class) ->
          new SyncException.Unavailable("no machine is called " + address.getHost(), e);
      case ConnectException e ->
          new SyncException.Unavailable(
              "nothing listens at " + address + ": is the server running?", e);
      case SSLException e ->
          new SyncException.Denied(
              "the certificate of " + address + " is not trusted: " + reason(e), e);
      default ->
          new SyncException.Unavailable("can't reach " + address + ": " + reason(cause), cause);
    };
  }

  /** An answer that says no. */
  static SyncException of(URI address, int status, byte[] body) {
    JsonNode problem = parse(body);
    String sentence = problem.path("detail").asString("");
    if (sentence.isEmpty()) {
      sentence = address + " answered with status " + status;
    }
    return switch (problem.path("kind").asString("")) {
      case "invalid" -> new SyncException.Invalid(sentence);
      case "denied" -> new SyncException.Denied(sentence);
      case "corrupt" -> new SyncException.Corrupt(sentence);
      case "unavailable", "bug" -> unavailable(sentence, status);
      // Not from our server, but from a proxy before it.
      default ->
          switch (status) {
            case 401, 403 -> new SyncException.Denied(sentence);
            case 429, 500, 502, 503, 504 -> unavailable(sentence, status);
            default -> new SyncException.Invalid(sentence);
          };
    };
  }

  /** The words of the innermost cause: the outer ones only say that something failed. */
  static String reason(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String message = root.getMessage();
    return message == null ? root.getClass().getSimpleName() : message;
  }

  private static SyncException unavailable(String sentence, int status) {
    return new SyncException.Unavailable(sentence, new IOException("HTTP status " + status));
  }

  private static JsonNode parse(byte[] body) {
    try {
      return JsonMapper.shared().readTree(body);
    } catch (JacksonException e) {
      return JsonMapper.shared().createObjectNode();
    }
  }

  private static boolean caused(Throwable failure, Class<? extends Throwable> cause) {
    for (Throwable at = failure; at != null; at = at.getCause()) {
      if (cause.isInstance(at)) {
        return true;
      }
    }
    return false;
  }
}
