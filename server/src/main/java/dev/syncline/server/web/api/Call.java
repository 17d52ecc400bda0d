package dev.syncline.server.web.api;

import dev.syncline.core.model.DocumentId;
import dev.syncline.core.model.SyncException;
import dev.syncline.server.compress.ZstdCoding;
import dev.syncline.server.view.json.UrlText;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A request to the administration API. Confined to the thread that answers it. */
final class Call implements AutoCloseable {

  private static final long MAX_JSON_BYTES = 64 << 10;
  private static final long MOST_UNWANTED_BYTES = 4 << 20;

  private final Request request;
  private final List<String> path;
  private Optional<InputStream> decoding = Optional.empty();

  Call(Request request) {
    this.request = request;
    String whole = Request.getPathInContext(request);
    String root = whole.startsWith(AdminApi.ROOT) ? AdminApi.ROOT : AdminApi.OLD_ROOT;
    this.path = List.of(whole.substring(root.length()).split("/", -1));
  }

  /** The words of the path below the API's root; at least one, though it may be empty. */
  List<String> path() {
    return path;
  }

  /**
   * The path below the API's root and so many words more, as it came: Jetty gives up on a name that
   * is no UTF-8.
   */
  String tail(int words) {
    String raw = request.getHttpURI().getPath();
    int at = raw.startsWith(AdminApi.ROOT) ? AdminApi.ROOT.length() : -1;
    for (int word = 0; word < words && at > 0; word++) {
      at = raw.indexOf('/', at) + 1;
    }
    if (at <= 0) {
      throw new SyncException.Invalid("write the address as the API's documentation does");
    }
    return UrlText.decode(raw.substring(at))
        .orElseThrow(() -> new SyncException.Invalid("the path is not percent-encoded"));
  }

  Optional<String> header(String name) {
    return Optional.ofNullable(request.getHeaders().get(name));
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

  /**
   * A parameter of the query, the first of its name. Read by hand: Jetty gives up on a path that is
   * no UTF-8.
   */
  Optional<String> parameter(String name) {
    String query = request.getHttpURI().getQuery();
    for (String part : query == null ? List.<String>of() : List.of(query.split("&", -1))) {
      int sign = part.indexOf('=');
      if (sign > 0 && decoded(part.substring(0, sign)).equals(name)) {
        return Optional.of(decoded(part.substring(sign + 1)));
      }
    }
    return Optional.empty();
  }

  /** Whether a parameter says so. */
  boolean isTrue(String name) {
    return parameter(name).filter("true"::equals).isPresent();
  }

  /**
   * The parameter {@code limit}.
   *
   * @param usual if there is none
   */
  int limit(int usual, int largest) {
    Optional<String> given = parameter("limit");
    if (given.isEmpty()) {
      return usual;
    }
    try {
      int limit = Integer.parseInt(given.get());
      if (limit >= 1 && limit <= largest) {
        return limit;
      }
    } catch (NumberFormatException e) {
      // The sentence below is for these, too.
    }
    throw new SyncException.Invalid("`limit` is a number from 1 to " + largest);
  }

  private static String decoded(String text) {
    return UrlText.decode(text.replace('+', ' '))
        .orElseThrow(() -> new SyncException.Invalid("the query is not percent-encoded: " + text));
  }

  /** The path as it came. */
  String rawPath() {
    return request.getHttpURI().getPath();
  }

  /** Whether the client reads answers of a coding of Zstandard's, and they can be made here. */
  boolean accepts(String coding) {
    return request.getHeaders().getQualityCSV(HttpHeader.ACCEPT_ENCODING).stream()
            .anyMatch(coding::equalsIgnoreCase)
        && ZstdCoding.isThere();
  }

  /** The body's coding; empty if it comes as it is. */
  String coding() throws UnknownCodingException {
    String coding =
        String.join(", ", request.getHeaders().getCSV(HttpHeader.CONTENT_ENCODING, true))
            .toLowerCase(Locale.ROOT);
    if (coding.isEmpty() || coding.equals("identity")) {
      return "";
    }
    if (!ZstdCoding.isThere()) {
      throw new UnknownCodingException(coding);
    }
    return coding;
  }

  /**
   * The body, decompressed; reading more than so many bytes of it fails with {@link
   * TooLongException}. Lasts until this is closed.
   *
   * @throws TooLongException if the request says already that it is longer
   * @throws UnknownCodingException if it can't be decompressed
   */
  InputStream body(long maxBytes) throws IOException {
    return switch (coding()) {
      case "" -> raw(maxBytes);
      case ZstdCoding.NAME -> {
        InputStream in = ZstdCoding.decompressing(raw(maxBytes));
        decoding = Optional.of(in);
        yield new LimitedInput(in, maxBytes);
      }
      case String other -> throw new UnknownCodingException(other);
    };
  }

  @Override
  public void close() throws IOException {
    if (decoding.isPresent()) {
      decoding.get().close();
    }
  }

  /**
   * The body as it came; reading more than so many bytes of it fails with {@link TooLongException}.
   *
   * @throws TooLongException if the request says already that it is longer
   */
  InputStream raw(long maxBytes) throws TooLongException {
    if (request.getHeaders().getLongField(HttpHeader.CONTENT_LENGTH) > maxBytes) {
      hearOut();
      throw new TooLongException(maxBytes);
    }
    return new LimitedInput(Content.Source.asInputStream(request), maxBytes);
  }

  /**
   * Reads a little of a body that is not wanted: a client that still sends when the connection ends
   * never hears why. One that asked first hears it anyway.
   */
  private void hearOut() {
    if (request.getHeaders().contains(HttpHeader.EXPECT)) {
      return;
    }
    try {
      Content.Source.asInputStream(request).skip(MOST_UNWANTED_BYTES);
    } catch (IOException e) {
      // It is gone, and needs no answer.
    }
  }

  /** The body as JSON. */
  JsonNode json() throws IOException {
    return json(MAX_JSON_BYTES);
  }

  JsonNode json(long maxBytes) throws IOException {
    return JsonMapper.shared().readTree(body(maxBytes).readAllBytes());
  }

  /** How long the request says that its body is; empty if it doesn't say. */
  OptionalLong length() {
    long length = request.getHeaders().getLongField(HttpHeader.CONTENT_LENGTH);
    return length < 0 ? OptionalLong.empty() : OptionalLong.of(length);
  }
}
