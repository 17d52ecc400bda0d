package dev.syncline.server.endpoint.jsonapi;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/** How a source is told what people edited in Git. */
public sealed interface Offer {

  /** It is not. */
  record Nothing() implements Offer {}

  /**
   * A file that its owners read.
   *
   * @param path of the file
   */
  record InFile(Path path) implements Offer {}

  /**
   * A request for each record.
   *
   * @param requests by what happened to a record; of what is not here the source is not told
   */
  record ByRequest(Map<Kind, Request> requests) implements Offer {
    public ByRequest {
      requests = Map.copyOf(requests);
    }
  }

  /**
   * The same for what people edit on the pull request of a link. A file is another one then, beside
   * it: two that write the same one would undo each other's.
   */
  default Offer onPullRequest(String link) {
    return switch (this) {
      case InFile(Path path) -> new InFile(beside(path, "." + link + ".pull-request"));
      case Nothing nothing -> nothing;
      case ByRequest requests -> requests;
    };
  }

  private static Path beside(Path path, String mark) {
    String name = String.valueOf(path.getFileName());
    int dot = name.lastIndexOf('.');
    int end = dot > 0 ? dot : name.length();
    return path.resolveSibling(name.substring(0, end) + mark + name.substring(end));
  }

  /** What happened to a record. */
  enum Kind {
    ADDED,
    CHANGED,
    REMOVED
  }

  /**
   * A request.
   *
   * @param method of HTTP
   * @param address with {@code {category}} and {@code {key}}, which are replaced
   */
  record Request(String method, String address) {

    URI of(String category, String key) {
      return URI.create(
          address.replace("{category}", coded(category)).replace("{key}", coded(key)));
    }

    /** As a part of a path (RFC 3986). */
    private static String coded(String text) {
      var out = new StringBuilder();
      for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
        char c = (char) (b & 0xFF);
        boolean plain = c < 0x80 && (Character.isLetterOrDigit(c) || "-._~".indexOf(c) >= 0);
        out.append(plain ? String.valueOf(c) : "%%%02X".formatted((int) c));
      }
      return out.toString();
    }
  }
}
