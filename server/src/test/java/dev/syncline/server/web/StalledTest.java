package dev.syncline.server.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.syncline.server.web.connect.Upgrade;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Real time passes here, in fractions of a second: sockets know no other. */
@Timeout(20)
final class StalledTest {

  private static final Duration SHORT = Duration.ofMillis(300);

  private final RunningServer server =
      new RunningServer(
          RunningServer.settings(),
          new Patience(
              SHORT, SHORT, Duration.ofSeconds(20), Duration.ofSeconds(1), Duration.ofMillis(50)),
          visitor -> new Upgrade.Answer.Accepted(new Echo()));

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void headersThatDripAreCutOff() throws Exception {
    try (var socket = connect()) {
      RawAnswer.send(socket, "GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ");
      assertThrows(
          IOException.class,
          () -> {
            while (true) {
              RawAnswer.send(socket, "x");
              LockSupport.parkNanos(20_000_000);
            }
          });
    }
    assertTrue(server.get("/metrics").body().contains("syncline_connections_stalled_total 1\n"));
  }

  @Test
  void aConnectionThatSaysNothingIsCutOff() throws Exception {
    try (var socket = connect()) {
      assertEquals("", RawAnswer.head(socket));
    }
  }

  @Test
  void headersThatAreTooLongAreRefused() throws Exception {
    try (var socket = connect()) {
      RawAnswer.send(
          socket, "GET / HTTP/1.1\r\nHost: x\r\nX-Long: " + "x".repeat(9000) + "\r\n\r\n");
      assertTrue(RawAnswer.head(socket).startsWith("HTTP/1.1 431 "));
    }
  }

  @Test
  void whatIsNoHttpIsRefusedWithoutDetails() throws Exception {
    try (var socket = connect()) {
      RawAnswer.send(socket, "\u0001\u0002\u0003 nonsense\r\n\r\n");
      assertTrue(RawAnswer.head(socket).startsWith("HTTP/1.1 400 "));
    }
    assertEquals(200, server.get("/healthz").statusCode());
  }

  @Test
  void anAnswerMayTakeItsTime() throws Exception {
    server.archive.before = StalledTest::waitLong;
    server.archive.after = StalledTest::waitLong;
    assertEquals(200, server.send(server.admin("backup")).statusCode());
  }

  @Test
  void aFileMayComeSlowly() throws Exception {
    var slow =
        new FilterInputStream(new ByteArrayInputStream("backup".getBytes(UTF_8))) {
          @Override
          public int read(byte[] bytes, int from, int length) throws IOException {
            waitLong();
            return super.read(bytes, from, Math.min(length, 3));
          }
        };
    var request =
        server.admin("restore").expectContinue(true).POST(BodyPublishers.ofInputStream(() -> slow));
    assertEquals(200, server.send(request).statusCode());
  }

  @Test
  void anIdleWebSocketIsLeftAlone() throws Exception {
    try (var socket = connect()) {
      RawAnswer.handshake(socket, "X-Nothing: special");
      assertTrue(RawAnswer.head(socket).startsWith("HTTP/1.1 101 "));
      socket.setSoTimeout((int) SHORT.multipliedBy(4).toMillis());
      assertThrows(SocketTimeoutException.class, () -> socket.getInputStream().read());
    }
  }

  private Socket connect() throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), server.server.port());
  }

  private static void waitLong() {
    LockSupport.parkNanos(SHORT.multipliedBy(3).toNanos());
  }
}
