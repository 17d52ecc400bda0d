package dev.syncline.server.web;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.syncline.server.config.ServerSettings;
import dev.syncline.server.web.connect.Upgrade;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** File handles are finite, whoever takes them. */
@Timeout(30)
final class CrowdTest {

  private static final int ROOM = 1 + 512;

  @Test
  void connectionsBeyondTheLimitWaitUntilOthersEnd() throws Exception {
    Deque<Socket> crowd = new ArrayDeque<>();
    try (var server =
        new RunningServer(
            RunningServer.settings(new ServerSettings.Connections(1, 1, List.of())),
            RunningServer.PATIENCE,
            visitor -> new Upgrade.Answer.Refused(403, "nobody"))) {
      for (int i = 0; i < ROOM; i++) {
        crowd.add(ask(server));
        assertTrue(RawAnswer.head(crowd.getLast()).startsWith("HTTP/1.1 200 "));
      }
      try (var late = ask(server)) {
        late.setSoTimeout(200);
        assertThrows(SocketTimeoutException.class, () -> RawAnswer.head(late));
        late.setSoTimeout(0);
        crowd.remove().close();
        assertTrue(RawAnswer.head(late).startsWith("HTTP/1.1 200 "));
      }
    } finally {
      for (Socket socket : crowd) {
        socket.close();
      }
    }
  }

  private static Socket ask(RunningServer server) throws IOException {
    var socket = new Socket(InetAddress.getLoopbackAddress(), server.server.port());
    RawAnswer.send(socket, "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n");
    return socket;
  }
}
