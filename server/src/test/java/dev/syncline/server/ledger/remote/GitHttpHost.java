package dev.syncline.server.ledger.remote;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.syncline.server.ledger.NativeGit;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Serves repositories with Git's own http-backend, and has the troubles that a test asks for. The
 * Git server is real; this is the web server around it.
 */
final class GitHttpHost implements AutoCloseable {

  /** What befalls the next request whose method and path contain a text. */
  private record Trouble(String part, What what) {}

  @FunctionalInterface
  private interface What {
    void befall(HttpExchange exchange) throws IOException;
  }

  private final Path root;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch end = new CountDownLatch(1);
  private final List<Trouble> troubles = new CopyOnWriteArrayList<>();
  private final AtomicLong received = new AtomicLong();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private volatile Optional<String> authorization = Optional.empty();

  GitHttpHost(Path root) throws IOException {
    NativeGit.need("git");
    this.root = root;
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::serve);
    server.start();
  }

  String url(String repository) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/" + repository;
  }

  /** Method and path of each request, in order. */
  List<String> requests() {
    return List.copyOf(requests);
  }

  /** How many bytes all requests had. */
  long received() {
    return received.get();
  }

  /** From now on only who knows these gets in. */
  void lock(String user, String password) {
    String both = user + ":" + password;
    String code = Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8));
    authorization = Optional.of("Basic " + code);
  }

  void answer(String part, int status, Map<String, String> headers) {
    troubles.add(
        new Trouble(
            part,
            exchange -> {
              exchange.getRequestBody().readAllBytes();
              headers.forEach(exchange.getResponseHeaders()::set);
              byte[] body = "no".getBytes(StandardCharsets.UTF_8);
              exchange.sendResponseHeaders(status, body.length);
              exchange.getResponseBody().write(body);
            }));
  }

  /** Git does what it is asked, and nobody hears of it. */
  void dropAnswer(String part) {
    troubles.add(new Trouble(part, this::run));
  }

  /** Only the first bytes of the answer arrive, then the connection ends. */
  void cutAnswer(String part, int bytes) {
    troubles.add(
        new Trouble(
            part,
            exchange -> {
              Answer answer = run(exchange);
              answer.headers(exchange);
              exchange.sendResponseHeaders(answer.status(), answer.body().length);
              exchange.getResponseBody().write(answer.body(), 0, bytes);
              exchange.getResponseBody().flush();
            }));
  }

  /** The answer ends early, as if that were all. */
  void shortenAnswer(String part, int bytes) {
    troubles.add(
        new Trouble(
            part,
            exchange -> {
              Answer answer = run(exchange);
              int fewer = answer.body().length - bytes;
              send(exchange, answer.with(Arrays.copyOf(answer.body(), fewer)));
            }));
  }

  /** One byte of the pack in the answer is another. */
  void damagePack(String part, int offset) {
    troubles.add(
        new Trouble(
            part,
            exchange -> {
              Answer answer = run(exchange);
              byte[] body = answer.body().clone();
              int pack = new String(body, StandardCharsets.ISO_8859_1).indexOf("PACK");
              body[pack + offset] ^= 0x55;
              send(exchange, answer.with(body));
            }));
  }

  /** Nothing is answered as long as the server runs. */
  void saySilently(String part) {
    troubles.add(
        new Trouble(
            part,
            exchange -> {
              try {
                end.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            }));
  }

  /** The next request is served as it should be, and a trouble befalls the one after it. */
  void letPass(String part) {
    meanwhile(part, () -> {});
  }

  /** Does something while a request is on its way. */
  void meanwhile(String part, Runnable something) {
    troubles.add(
        new Trouble(
            part,
            exchange -> {
              something.run();
              send(exchange, run(exchange));
            }));
  }

  @Override
  public void close() {
    end.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      String request = exchange.getRequestMethod() + " " + exchange.getRequestURI();
      requests.add(request);
      Optional<Trouble> due =
          troubles.stream().filter(trouble -> request.contains(trouble.part())).findFirst();
      if (due.isPresent() && troubles.remove(due.get())) {
        due.get().what().befall(exchange);
        return;
      }
      String shown = exchange.getRequestHeaders().getFirst("Authorization");
      if (authorization.isPresent() && !authorization.get().equals(shown)) {
        exchange.getRequestBody().readAllBytes();
        exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"git\"");
        exchange.sendResponseHeaders(401, -1);
        return;
      }
      send(exchange, run(exchange));
    }
  }

  private static void send(HttpExchange exchange, Answer answer) throws IOException {
    answer.headers(exchange);
    exchange.sendResponseHeaders(
        answer.status(), answer.body().length == 0 ? -1 : answer.body().length);
    exchange.getResponseBody().write(answer.body());
  }

  private record Answer(int status, List<String> lines, byte[] body) {

    Answer with(byte[] other) {
      return new Answer(status, lines, other);
    }

    void headers(HttpExchange exchange) {
      for (String line : lines) {
        int colon = line.indexOf(':');
        exchange.getResponseHeaders().add(line.substring(0, colon), line.substring(colon + 2));
      }
    }
  }

  private Answer run(HttpExchange exchange) throws IOException {
    var builder = NativeGit.isolated(List.of("git", "http-backend"));
    Map<String, String> env = builder.environment();
    env.put("GIT_PROJECT_ROOT", root.toString());
    env.put("GIT_HTTP_EXPORT_ALL", "1");
    env.put("REQUEST_METHOD", exchange.getRequestMethod());
    env.put("PATH_INFO", exchange.getRequestURI().getPath());
    env.put("QUERY_STRING", Optional.ofNullable(exchange.getRequestURI().getQuery()).orElse(""));
    env.put("REMOTE_ADDR", "127.0.0.1");
    header(exchange, "Content-Type").ifPresent(value -> env.put("CONTENT_TYPE", value));
    header(exchange, "Content-Encoding")
        .ifPresent(value -> env.put("HTTP_CONTENT_ENCODING", value));
    header(exchange, "Git-Protocol").ifPresent(value -> env.put("GIT_PROTOCOL", value));
    Process git = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
    try (var in = git.getOutputStream()) {
      received.addAndGet(exchange.getRequestBody().transferTo(in));
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

  private static Optional<String> header(HttpExchange exchange, String name) {
    return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name));
  }
}
