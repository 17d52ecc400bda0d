package dev.syncline.server.ledger.remote;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.syncline.server.ledger.HttpBackend;
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

  private final HttpBackend backend;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch end = new CountDownLatch(1);
  private final List<Trouble> troubles = new CopyOnWriteArrayList<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private volatile Optional<String> authorization = Optional.empty();

  GitHttpHost(Path root) throws IOException {
    this.backend = new HttpBackend(root);
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
    return backend.received();
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
              HttpBackend.Answer answer = run(exchange);
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
              HttpBackend.Answer answer = run(exchange);
              int fewer = answer.body().length - bytes;
              answer.with(Arrays.copyOf(answer.body(), fewer)).send(exchange);
            }));
  }

  /** One byte of the pack in the answer is another. */
  void damagePack(String part, int offset) {
    troubles.add(
        new Trouble(
            part,
            exchange -> {
              HttpBackend.Answer answer = run(exchange);
              byte[] body = answer.body().clone();
              int pack = new String(body, StandardCharsets.ISO_8859_1).indexOf("PACK");
              body[pack + offset] ^= 0x55;
              answer.with(body).send(exchange);
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
              run(exchange).send(exchange);
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
      run(exchange).send(exchange);
    }
  }

  private HttpBackend.Answer run(HttpExchange exchange) throws IOException {
    return backend.run(exchange);
  }
}
