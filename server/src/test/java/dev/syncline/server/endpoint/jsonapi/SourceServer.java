package dev.syncline.server.endpoint.jsonapi;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.GZIPOutputStream;

/** A source on this machine that answers as it is told, well or not. Thread-safe. */
public final class SourceServer implements AutoCloseable {

  private final HttpServer server;
  private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Map<String, Reply> replies = new ConcurrentHashMap<>();
  private final Map<String, Deque<Reply>> before = new ConcurrentHashMap<>();
  private final List<Asked> asked = new CopyOnWriteArrayList<>();
  private final List<String> told = new CopyOnWriteArrayList<>();

  /**
   * A request.
   *
   * @param target path and query
   * @param headers the first of each name, in small letters
   */
  public record Asked(String target, Map<String, String> headers) {}

  /** What is wrong with how an answer is sent. */
  public enum Trick {
    NONE,
    /** It ends before its end. */
    CUT,
    /** It never comes. */
    NEVER,
    GZIP
  }

  /** An answer. */
  public record Reply(int status, Map<String, String> headers, String body, Trick trick) {

    static Reply json(String body) {
      return new Reply(200, Map.of("Content-Type", "application/json"), body, Trick.NONE);
    }

    public static Reply status(int status) {
      return new Reply(status, Map.of(), "{\"detail\": \"no\"}", Trick.NONE);
    }

    Reply with(String header, String value) {
      var more = new HashMap<>(headers);
      more.put(header, value);
      return new Reply(status, Map.copyOf(more), body, trick);
    }

    Reply with(Trick other) {
      return new Reply(status, headers, body, other);
    }
  }

  public SourceServer() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(workers);
    server.createContext("/", this::answer);
    server.start();
  }

  public URI base() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/v1/");
  }

  /** From now on, this is what is at a path below the base, query included. */
  public void serve(String target, Reply reply) {
    replies.put("/v1/" + target, reply);
  }

  public void serve(String target, String json) {
    serve(target, Reply.json(json));
  }

  /** Before that, these are, one after the other. */
  void first(String target, Reply... some) {
    before.put("/v1/" + target, new ArrayDeque<>(List.of(some)));
  }

  /** All requests for something so far. */
  public List<Asked> asked(String target) {
    return asked.stream().filter(it -> it.target().equals("/v1/" + target)).toList();
  }

  /** All that it was told since this was last asked: method, path and body. */
  public List<String> told() {
    List<String> since = List.copyOf(told);
    told.clear();
    return since;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (!exchange.getRequestMethod().equals("GET")) {
        byte[] body = exchange.getRequestBody().readAllBytes();
        String text = new String(body, StandardCharsets.UTF_8);
        told.add(
            (exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + text).strip());
        exchange.sendResponseHeaders(204, -1);
        return;
      }
      String target = exchange.getRequestURI().toString();
      var headers = new HashMap<String, String>();
      exchange
          .getRequestHeaders()
          .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
      asked.add(new Asked(target, headers));
      Reply reply =
          Optional.ofNullable(before.getOrDefault(target, new ArrayDeque<>()).poll())
              .orElseGet(() -> replies.getOrDefault(target, Reply.status(404)));
      if (reply.trick() == Trick.NEVER) {
        closed.await();
        return;
      }
      String tag = reply.headers().getOrDefault("ETag", "");
      if (!tag.isEmpty() && tag.equals(headers.get("if-none-match"))) {
        exchange.sendResponseHeaders(304, -1);
        return;
      }
      byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
      if (reply.trick() == Trick.GZIP) {
        var packed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(packed)) {
          gzip.write(body);
        }
        body = packed.toByteArray();
        exchange.getResponseHeaders().set("Content-Encoding", "gzip");
      }
      reply.headers().forEach(exchange.getResponseHeaders()::set);
      int missing = reply.trick() == Trick.CUT ? 100 : 0;
      exchange.sendResponseHeaders(
          reply.status(), body.length + missing == 0 ? -1 : body.length + missing);
      if (body.length > 0) {
        exchange.getResponseBody().write(body);
        exchange.getResponseBody().flush();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    workers.shutdownNow();
    workers.close();
  }
}
