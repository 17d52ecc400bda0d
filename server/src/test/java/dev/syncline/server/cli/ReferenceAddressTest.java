package dev.syncline.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code syncline reference diff} makes of the web's answers. */
final class ReferenceAddressTest {

  @TempDir Path folder;
  private Shell shell;
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    shell = new Shell(folder);
    Files.writeString(folder.resolve("copy.json"), "{\"a\": 1}");
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", ReferenceAddressTest::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void aDocumentOfTheWebIsTheSource() {
    assertEquals(
        new Shell.Ended(
            ExitCode.DRIFT,
            """
            clip: 1 added, 0 removed, 0 modified
              + b
            Drift in 1 of 1 category: 1 added, 0 removed, 0 modified.
            """,
            ""),
        diff("/v1/clip?token=secret"));
    assertTrue(diff("/moved").out().startsWith("moved: 1 added"));
    assertEquals(
        "table: 0 added, 1 removed, 0 modified", diff("/table").out().lines().toList().getFirst());
  }

  @ParameterizedTest
  @CsvSource({
    "/none, answers 404: there is nothing at this address",
    "/denied, answers 403: it wants credentials",
    "/busy, answers 503: try again later",
    "/odd, 'answers 204, and not with data'",
    "/page, 'answers with a page (HTML), not with data: is it the address of an API?'",
    "/silent, answers with nothing",
    "/short, 'did not send all of its data, or sends more than 4 GiB'",
    "/torn, 'ends in the middle of its data, as if cut off: line 1, column 9'"
  })
  void whatIsNoDataIsRefused(String path, String sentence) {
    Shell.Ended ended = diff(path + "?token=secret");
    assertEquals(ExitCode.SOURCE, ended.code());
    assertEquals("syncline: " + at(path) + " " + sentence + "\n", ended.err());
  }

  @Test
  void anAddressMustBeOne() {
    server.stop(0);
    assertEquals("syncline: " + at("/gone") + " can't be reached\n", diff("/gone").err());
    assertEquals(
        "syncline: `http://` is no address: Expected authority at index 7: http://\n",
        shell.run("reference", "diff", "http://", "copy.json").err());
    Shell.Ended password = shell.run("reference", "diff", "https://me:pw@localhost/x", "copy.json");
    assertEquals(ExitCode.SOURCE, password.code());
    assertTrue(password.err().contains("must not hold a password"), password.err());
  }

  @Test
  void nothingIsLeftInTheTemporaryFolder() throws IOException {
    long before = downloads();
    diff("/v1/clip");
    diff("/torn");
    diff("/none");
    assertEquals(before, downloads());
  }

  private static long downloads() throws IOException {
    try (var list = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return list.filter(file -> file.toString().endsWith(".download")).count();
    }
  }

  private Shell.Ended diff(String path) {
    return shell.run("reference", "diff", at(path), "copy.json");
  }

  private String at(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  private static void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    switch (path) {
      case "/v1/clip" -> send(exchange, 200, "application/json", "{\"a\": 1.0, \"b\": 2}");
      case "/moved" -> {
        exchange.getResponseHeaders().set("Location", "/v1/clip");
        send(exchange, 301, "text/html", "moved");
      }
      case "/table" -> send(exchange, 200, "text/csv; charset=utf-8", "k\n");
      case "/denied" -> send(exchange, 403, "application/json", "{}");
      case "/busy" -> send(exchange, 503, "application/json", "{}");
      case "/odd" -> exchange.sendResponseHeaders(204, -1);
      case "/page" -> send(exchange, 200, "text/html", "<html></html>");
      case "/silent" -> exchange.sendResponseHeaders(200, -1);
      case "/short" -> {
        exchange.sendResponseHeaders(200, 1000);
        exchange.getResponseBody().write('{');
      }
      case "/torn" -> send(exchange, 200, "application/json", "{\"a\": [1");
      default -> send(exchange, 404, "application/json", "{\"detail\": \"none\"}");
    }
    exchange.close();
  }

  private static void send(HttpExchange exchange, int status, String type, String text)
      throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, body.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body);
    }
  }
}
