package dev.syncline.server.ledger;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/** Git's own http-backend, for web servers of tests. Thread-safe. */
public final class HttpBackend {

  private final Path root;
  private final AtomicLong received = new AtomicLong();

  /** Serves the repositories in a folder. */
  public HttpBackend(Path root) {
    NativeGit.need("git");
    this.root = root;
  }

  /** How many bytes all requests had. */
  public long received() {
    return received.get();
  }

  /**
   * What it answers.
   *
   * @param lines its headers
   */
  public record Answer(int status, List<String> lines, byte[] body) {

    public Answer with(byte[] other) {
      return new Answer(status, lines, other);
    }

    public void headers(HttpExchange exchange) {
      for (String line : lines) {
        int colon = line.indexOf(':');
        exchange.getResponseHeaders().add(line.substring(0, colon), line.substring(colon + 2));
      }
    }

    public void send(HttpExchange exchange) throws IOException {
      headers(exchange);
      exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    }
  }

  /**
   * A request to it.
   *
   * @param path of what is asked for, below the folder with the repositories
   * @param header looks up a header
   */
  public record Asked(
      String method,
      String path,
      Optional<String> query,
      Function<String, Optional<String>> header,
      InputStream body) {}

  /** Runs it for a request to the JDK's own web server. */
  public Answer run(HttpExchange exchange) throws IOException {
    return run(
        new Asked(
            exchange.getRequestMethod(),
            exchange.getRequestURI().getPath(),
            Optional.ofNullable(exchange.getRequestURI().getQuery()),
            name -> Optional.ofNullable(exchange.getRequestHeaders().getFirst(name)),
            exchange.getRequestBody()));
  }

  /** Runs it for a request. */
  public Answer run(Asked asked) throws IOException {
    var builder = NativeGit.isolated(List.of("git", "http-backend"));
    Map<String, String> env = builder.environment();
    env.put("GIT_PROJECT_ROOT", root.toString());
    env.put("GIT_HTTP_EXPORT_ALL", "1");
    env.put("REQUEST_METHOD", asked.method());
    env.put("PATH_INFO", asked.path());
    env.put("QUERY_STRING", asked.query().orElse(""));
    env.put("REMOTE_ADDR", "127.0.0.1");
    asked.header().apply("Content-Type").ifPresent(value -> env.put("CONTENT_TYPE", value));
    asked
        .header()
        .apply("Content-Encoding")
        .ifPresent(value -> env.put("HTTP_CONTENT_ENCODING", value));
    asked.header().apply("Git-Protocol").ifPresent(value -> env.put("GIT_PROTOCOL", value));
    Process git = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
    try (var in = git.getOutputStream()) {
      received.addAndGet(asked.body().transferTo(in));
    } catch (IOException e) {
      // It needs no more of it.
    }
    byte[] said = git.getInputStream().readAllBytes();
    String text = new String(said, StandardCharsets.ISO_8859_1);
    int body = text.indexOf("\r\n\r\n");
    int status = 200;
    var lines = new CopyOnWriteArrayList<String>();
    for (String line : text.substring(0, Math.max(0, body)).split("\r\n", -1)) {
      if (line.startsWith("Status: ")) {
        status = Integer.parseInt(line.substring(8, 11));
      } else if (!line.isEmpty()) {
        lines.add(line);
      }
    }
    return new Answer(status, lines, Arrays.copyOfRange(said, body + 4, said.length));
  }
}
