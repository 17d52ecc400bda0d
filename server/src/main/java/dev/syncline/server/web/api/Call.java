package dev.syncline.server.web.api;

import dev.syncline.core.model.DocumentId;
import dev.syncline.core.model.SyncException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A request to the administration API. Confined to the thread that answers it. */
final class Call {

  private static final long MAX_JSON_BYTES = 64 << 10;

  private final Request request;
  private final List<String> path;

  Call(Request request) {
    this.request = request;
    String below = Request.getPathInContext(request).substring(AdminApi.ROOT.length());
    this.path = List.of(below.split("/", -1));
  }

  /** The words of the path below the API's root; at least one, though it may be empty. */
  List<String> path() {
    return path;
  }

  String method() {
    return request.getMethod();
  }

  /** The document that the second word of the path names. */
  DocumentId document() {
    return document(path.get(1));
  }

  /** Reads a document id. */
  static DocumentId document(String text) {
    try {
      return DocumentId.parse(text);
    } catch (SyncException.Invalid e) {
      throw new SyncException.Invalid("`" + text + "` is not a document id: " + e.getMessage(), e);
    }
  }

  Optional<String> parameter(String name) {
    return Optional.ofNullable(Request.extractQueryParameters(request).getValue(name));
  }

  /**
   * The body; reading more than so many bytes of it fails with {@link TooLongException}.
   *
   * @throws TooLongException if the request says already that it is longer
   */
  InputStream body(long maxBytes) throws TooLongException {
    if (request.getHeaders().getLongField(HttpHeader.CONTENT_LENGTH) > maxBytes) {
      throw new TooLongException(maxBytes);
    }
    return new LimitedInput(Content.Source.asInputStream(request), maxBytes);
  }

  /** The body as JSON. */
  JsonNode json() throws IOException {
    return JsonMapper.shared().readTree(body(MAX_JSON_BYTES).readAllBytes());
  }
}
