package dev.syncline.server.app;

import dev.syncline.core.model.SyncException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;

/** Asks a server that was just started for everything that it shows. */
final class SelfTest {

  private static final List<String> PATHS = List.of("/", "/healthz", "/readyz", "/metrics");
  private static final int OK = 200;

  private final int port;

  SelfTest(int port) {
    this.port = port;
  }

  void run() throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      for (String path : PATHS) {
        URI uri = URI.create("http://127.0.0.1:" + port + path);
        int status =
            client
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
        if (status != OK) {
          throw new SyncException.Unavailable(path + " was answered with " + status);
        }
      }
    }
  }
}
