package dev.syncline.server.web.git;

import dev.syncline.core.model.SyncException;
import dev.syncline.core.model.WorkspaceName;
import dev.syncline.server.web.api.LimitedInput;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;

/**
 * What a Git client sent. Confined to the thread that answers it.
 *
 * @param workspace the first word of the path, as it came, without {@code .git} at its end
 * @param what the rest of the path
 */
record GitRequest(Request request, String workspace, String what) {

  /** What a client says that it wants and has; one with a hundred thousand commits says 5 MB. */
  private static final long MAX_BODY_BYTES = 16 << 20;

  private static final String SUFFIX = ".git";

  /** Of a path below {@code root}. */
  static GitRequest of(Request request, String root) {
    String path = Request.getPathInContext(request).substring(root.length());
    int slash = path.indexOf('/');
    String first = slash < 0 ? path : path.substring(0, slash);
    return new GitRequest(
        request,
        first.endsWith(SUFFIX) ? first.substring(0, first.length() - SUFFIX.length()) : first,
        slash < 0 ? "" : path.substring(slash + 1));
  }

  /**
   * The workspace that is meant.
   *
   * @throws SyncException.Invalid if none can be called so
   */
  WorkspaceName name() {
    return new WorkspaceName(workspace);
  }

  boolean is(String method, String other) {
    return request.getMethod().equals(method) && what.equals(other);
  }

  /** The program at the other end that the client asks for; empty if it knows of none. */
  Optional<String> service() {
    String query = request.getHttpURI().getQuery();
    for (String part : query == null ? List.<String>of() : List.of(query.split("&", -1))) {
      if (part.startsWith("service=")) {
        return Optional.of(part.substring("service=".length()));
      }
    }
    return Optional.empty();
  }

  /** Which versions of the protocol the client speaks. */
  List<String> protocol() {
    String versions = request.getHeaders().get("Git-Protocol");
    return versions == null ? List.of() : List.of(versions.split(":", -1));
  }

  /** The body, as it was before it was compressed; more than so many bytes of it fail. */
  InputStream body() throws IOException {
    InputStream sent = new BufferedInputStream(Content.Source.asInputStream(request));
    String coding = request.getHeaders().get(HttpHeader.CONTENT_ENCODING);
    boolean isCompressed = coding != null && coding.toLowerCase(Locale.ROOT).endsWith("gzip");
    return new LimitedInput(isCompressed ? new GZIPInputStream(sent) : sent, MAX_BODY_BYTES);
  }
}
