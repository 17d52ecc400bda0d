package dev.syncline.deploy;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Through each proxy, as it is configured here, a WebSocket opens and the client's address comes.
 */
@Timeout(60)
class ProxyUpgradeTest {

  private static final InetAddress HERE = InetAddress.getLoopbackAddress();
  private static final String REQUEST =
      """
      GET / HTTP/1.1
      Host: 127.0.0.1
      Connection: Upgrade
      Upgrade: websocket
      Sec-WebSocket-Version: 13
      Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==

      """
          .replace("\n", "\r\n");
  private static final String ANSWER =
      """
      HTTP/1.1 101 Switching Protocols
      Connection: Upgrade
      Upgrade: websocket
      Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=

      """
          .replace("\n", "\r\n");

  @TempDir private Path folder;

  @Test
  void nginx() throws Exception {
    Program nginx = Program.ofDebian("nginx", "nginx-light");
    passesOn(ports -> {
      Path site =
          write(
              "site.conf",
              Checkout.text("deploy/proxy/nginx.conf")
                  .replace("127.0.0.1:3030", ports.server())
                  .replace("listen 443 ssl;", "listen " + ports.proxy() + ";")
                  .replaceAll("(?m)^ *(listen \\[::]|ssl_certificate).*$", ""));
      Path whole = write("nginx.conf", "daemon off;\n" + ProxyTest.nginxAround(site));
      return List.of(nginx.path(), "-p", folder.toString(), "-c", whole.toString());
    });
  }

  @Test
  void caddy() throws Exception {
    Program caddy = Program.ofDebian("caddy", "caddy");
    passesOn(ports -> {
      Path file =
          write(
              "Caddyfile",
              "{\n\tadmin off\n}\n"
                  + Checkout.text("deploy/proxy/Caddyfile")
                      .replace("127.0.0.1:3030", ports.server())
                      // Plain, since nobody has a certificate for us here.
                      .replace("sync.example.com {", "http://" + ports.proxy() + " {"));
      String config = file.toString();
      return List.of(caddy.path(), "run", "--adapter", "caddyfile", "--config", config);
    });
  }

  private record Ports(String proxy, String server) {}

  private interface Command {
    List<String> with(Ports ports) throws IOException;
  }

  private void passesOn(Command command) throws Exception {
    int free;
    try (var socket = new ServerSocket(0, 1, HERE)) {
      free = socket.getLocalPort();
    }
    try (var server = new ServerSocket(0, 1, HERE)) {
      var headers = CompletableFuture.supplyAsync(() -> accept(server));
      var ports = new Ports("127.0.0.1:" + free, "127.0.0.1:" + server.getLocalPort());
      var builder = new ProcessBuilder(command.with(ports)).redirectErrorStream(true);
      builder.environment().put("HOME", folder.toString());
      Process proxy = builder.redirectOutput(folder.resolve("log").toFile()).start();
      try (Socket client = connect(free, proxy)) {
        client.getOutputStream().write(REQUEST.getBytes(US_ASCII));

        List<String> answer = head(client);
        assertTrue(answer.getFirst().startsWith("HTTP/1.1 101 "), answer.toString());
        List<String> passed = headers.get(10, TimeUnit.SECONDS);
        assertTrue(passed.contains("upgrade: websocket"), passed.toString());
        assertTrue(passed.contains("connection: upgrade"), passed.toString());
        assertTrue(passed.contains("x-forwarded-for: 127.0.0.1"), passed.toString());
      } finally {
        proxy.destroy();
        assertTrue(proxy.waitFor(20, TimeUnit.SECONDS), "the proxy does not end");
      }
    }
  }

  /** What came to the server, in lower case; it agrees to the upgrade. */
  private static List<String> accept(ServerSocket server) {
    try (Socket socket = server.accept()) {
      List<String> head = head(socket);
      socket.getOutputStream().write(ANSWER.getBytes(US_ASCII));
      return head.stream().map(line -> line.toLowerCase(Locale.ROOT)).toList();
    } catch (IOException e) {
      throw new AssertionError("the server's side", e);
    }
  }

  private static List<String> head(Socket socket) throws IOException {
    var reader = new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII));
    var lines = new ArrayList<String>();
    for (String line = reader.readLine();
        line != null && !line.isEmpty();
        line = reader.readLine()) {
      lines.add(line);
    }
    return lines;
  }

  /** A proxy says nothing when it is ready: ask until it is. */
  private Socket connect(int port, Process proxy) throws IOException, InterruptedException {
    while (true) {
      try {
        return new Socket(HERE, port);
      } catch (IOException notYet) {
        boolean ended = proxy.waitFor(50, TimeUnit.MILLISECONDS);
        assertFalse(ended, () -> log(folder.resolve("log")));
      }
    }
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private static String log(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new AssertionError(file.toString(), e);
    }
  }
}
