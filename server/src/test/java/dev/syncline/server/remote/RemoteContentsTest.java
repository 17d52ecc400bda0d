package dev.syncline.server.remote;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.syncline.core.model.ContentId;
import dev.syncline.core.model.FileVersion;
import dev.syncline.core.model.WorkspaceName;
import dev.syncline.server.compress.Codings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** In which coding contents travel between a command and a server. */
@Timeout(60)
final class RemoteContentsTest {

  private static final WorkspaceName NOTES = new WorkspaceName("notes");
  private static final byte[] CONTENTS = "again and ".repeat(100_000).getBytes(US_ASCII);
  private static final ContentId ID = ContentId.ofContents(CONTENTS);

  @Test
  void bothWaysTheyAreCompressed() throws IOException {
    try (var host = new Host();
        var connection = connection(host.port())) {
      assertEquals(ID, keep(connection, CONTENTS.length));
      assertEquals(List.of("zstd"), host.codings);
      assertTrue(host.body.length < 1_000, host.body.length + " bytes");
      assertArrayEquals(CONTENTS, Codings.unpacked(host.body));
      assertArrayEquals(CONTENTS, open(connection));
      host.isCut = true;
      assertThrows(IOException.class, () -> open(connection));
    }
  }

  @Test
  void aFewBytesTravelAsTheyAre() throws IOException {
    try (var host = new Host();
        var connection = connection(host.port())) {
      connection
          .workspaces()
          .keep(NOTES, Optional.empty(), 3, new ByteArrayInputStream(new byte[] {1, 2, 3}));
      assertEquals(List.of("none"), host.codings);
      assertArrayEquals(new byte[] {1, 2, 3}, host.body);
    }
  }

  @Test
  void contentsThatAreNotAsLongAsSaidAreTheCallersFault() throws IOException {
    try (var host = new Host();
        var connection = connection(host.port())) {
      assertThrows(IOException.class, () -> keep(connection, CONTENTS.length - 1));
      assertThrows(IOException.class, () -> keep(connection, CONTENTS.length + 1));
    }
  }

  @Test
  void aServerThatKnowsNoCodingGetsThemAsTheyAre() throws Exception {
    try (var socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        var thread = Executors.newVirtualThreadPerTaskExecutor();
        var connection = connection(socket.getLocalPort())) {
      var got =
          thread.submit(() -> {
            try (Socket first = socket.accept()) {
              assertTrue(head(first).contains("content-encoding: zstd"));
              send(first, "HTTP/1.1 415 No\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{}");
            }
            try (Socket second = socket.accept()) {
              assertTrue(head(second).contains("content-length: " + CONTENTS.length));
              send(second, "HTTP/1.1 100 Continue\r\n\r\n");
              byte[] body = second.getInputStream().readNBytes(CONTENTS.length);
              String answer = answer();
              send(
                  second,
                  "HTTP/1.1 201 Yes\r\nContent-Length: " + answer.length() + "\r\n\r\n" + answer);
              return body;
            }
          });
      assertEquals(ID, keep(connection, CONTENTS.length));
      assertArrayEquals(CONTENTS, got.get());
    }
  }

  private static RemoteServer connection(int port) {
    return new RemoteServer(URI.create("http://127.0.0.1:" + port), "token", Optional.empty());
  }

  private static ContentId keep(RemoteServer connection, long size) throws IOException {
    return connection
        .workspaces()
        .keep(NOTES, Optional.empty(), size, new ByteArrayInputStream(CONTENTS));
  }

  private static byte[] open(RemoteServer connection) throws IOException {
    try (InputStream in = connection.workspaces().open(NOTES, FileVersion.regular(ID))) {
      return in.readAllBytes();
    }
  }

  private static String answer() {
    return "{\"content\": \"" + ID + "\"}";
  }

  /** The head of a request in small letters. */
  private static String head(Socket socket) throws IOException {
    var head = new StringBuilder();
    while (!head.toString().endsWith("\r\n\r\n")) {
      head.append((char) Character.toLowerCase(socket.getInputStream().read()));
    }
    return head.toString();
  }

  private static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(US_ASCII));
  }

  /** A server that notes what it gets, and gives contents to those who read zstd. */
  private static final class Host implements AutoCloseable {
    private final HttpServer server;
    final List<String> codings = new ArrayList<>();
    volatile byte[] body = new byte[0];
    volatile boolean isCut;

    Host() throws IOException {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext("/", this::handle);
      server.start();
    }

    int port() {
      return server.getAddress().getPort();
    }

    private void handle(HttpExchange exchange) throws IOException {
      try (exchange) {
        byte[] answer = answer().getBytes(US_ASCII);
        if (exchange.getRequestMethod().equals("POST")) {
          codings.add(
              Optional.ofNullable(exchange.getRequestHeaders().getFirst("Content-Encoding"))
                  .orElse("none"));
          body = exchange.getRequestBody().readAllBytes();
          exchange.sendResponseHeaders(201, answer.length);
        } else {
          assertEquals("zstd", exchange.getRequestHeaders().getFirst("Accept-Encoding"));
          exchange.getResponseHeaders().add("Content-Encoding", "zstd");
          byte[] frame = Codings.packed(CONTENTS);
          answer = Arrays.copyOf(frame, isCut ? frame.length - 9 : frame.length);
          exchange.sendResponseHeaders(200, answer.length);
        }
        try (OutputStream out = exchange.getResponseBody()) {
          out.write(answer);
        }
      }
    }

    @Override
    public void close() {
      server.stop(0);
    }
  }
}
