package dev.syncline.server.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The page on which people look after workspaces: the same for everybody, since what it shows comes
 * from the API, for whoever has a token.
 */
final class WorkspacePage {

  /** Its own script and style, the API of this server, and nothing else from anywhere. */
  static final String SECURITY_POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
          + " base-uri 'none'; frame-ancestors 'none'; form-action 'none'";

  private static final Map<String, File> FILES =
      Map.of(
          "/workspaces", new File("workspaces.html", "text/html; charset=utf-8"),
          "/workspaces.css", new File("workspaces.css", "text/css; charset=utf-8"),
          "/workspaces.js", new File("workspaces.js", "text/javascript; charset=utf-8"));

  private WorkspacePage() {}

  /**
   * A part of the page.
   *
   * @param type of its contents
   */
  private record File(String name, String type) {}

  /**
   * A part as it is sent.
   *
   * @param type of its contents
   */
  record Part(String type, String text) {}

  /** The part at a path; empty if there is none. */
  static Optional<Part> at(String path) {
    return Optional.ofNullable(FILES.get(path)).map(file -> new Part(file.type(), read(file)));
  }

  private static String read(File file) {
    try (InputStream in =
        Objects.requireNonNull(WorkspacePage.class.getResourceAsStream(file.name()))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
