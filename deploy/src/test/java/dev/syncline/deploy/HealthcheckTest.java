package dev.syncline.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The image's health check, run against servers in every state. */
class HealthcheckTest {

  private final AtomicInteger status = new AtomicInteger(200);
  private HttpServer server;

  HealthcheckTest() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
  }

  @BeforeEach
  void start() {
    server.createContext(
        "/healthz",
        exchange -> {
          exchange.sendResponseHeaders(status.get(), -1);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void aServerThatIsWell() {
    assertEquals(0, check(Map.of("PORT", port())));
  }

  @Test
  void ourOwnNameForThePortWins() {
    assertEquals(0, check(Map.of("PORT", "1", "SYNCLINE_SERVER_PORT", port())));
  }

  @Test
  void aServerThatIsNot() {
    status.set(503);

    assertEquals(1, check(Map.of("PORT", port())));
  }

  @Test
  void noServer() throws IOException {
    int free;
    try (var socket = new ServerSocket(0)) {
      free = socket.getLocalPort();
    }

    assertEquals(1, check(Map.of("PORT", "" + free)));
  }

  @Test
  void behindItsOwnTlsAnOpenPortIsEnough() {
    status.set(503);

    assertEquals(
        0, check(Map.of("PORT", port(), "SYNCLINE_SERVER_TLS_CERTIFICATE", "/etc/tls.crt")));
  }

  @Test
  void shellcheckFindsNothing() {
    Program.ofDebian("shellcheck", "shellcheck").run(script()).mustBe(0);
  }

  private String port() {
    return "" + server.getAddress().getPort();
  }

  private static int check(Map<String, String> environment) {
    return Program.ofDebian("bash", "bash").run(environment, List.of(script())).exit();
  }

  private static String script() {
    return Checkout.file("deploy/docker/healthcheck").toString();
  }
}
