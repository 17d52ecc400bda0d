package dev.syncline.server.web.git;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.syncline.core.model.WorkspaceName;
import dev.syncline.server.view.AdminAccess;
import dev.syncline.server.view.Clones;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Only so many clients are served at once. */
final class GitPlacesTest {

  private final CountDownLatch isServed = new CountDownLatch(1);
  private final CountDownLatch mayEnd = new CountDownLatch(1);
  private final Server server = new Server();
  private final ServerConnector connector = new ServerConnector(server);
  private final HttpClient client = HttpClient.newHttpClient();

  @BeforeEach
  void start() throws Exception {
    var pages =
        new GitPages(
            token -> AdminAccess.Decision.ALLOWED,
            new Slow(),
            new GitPages.Limits(1, Duration.ofMillis(20)));
    server.addConnector(connector);
    server.setHandler(
        new Handler.Abstract() {
          @Override
          public boolean handle(Request request, Response response, Callback callback) {
            pages.handle(request, response, callback);
            return true;
          }
        });
    server.start();
  }

  @AfterEach
  void stop() throws Exception {
    mayEnd.countDown();
    client.shutdownNow();
    server.stop();
  }

  @Test
  void whoComesTooManyIsAskedToTryAgainAndServedLater() throws Exception {
    var first = client.sendAsync(request(), BodyHandlers.ofString());
    isServed.await();
    HttpResponse<String> second = client.send(request(), BodyHandlers.ofString());
    assertEquals(503, second.statusCode());
    assertEquals("30", second.headers().firstValue("Retry-After").orElse(""));
    mayEnd.countDown();
    assertEquals(200, first.join().statusCode());
    assertEquals(200, client.send(request(), BodyHandlers.ofString()).statusCode());
  }

  private HttpRequest request() {
    URI uri =
        URI.create("http://127.0.0.1:" + connector.getLocalPort() + "/git/notes/git-upload-pack");
    return HttpRequest.newBuilder(uri).POST(BodyPublishers.noBody()).build();
  }

  /** A history that takes its time. */
  private final class Slow implements Clones {
    @Override
    public void advertise(WorkspaceName workspace, List<String> protocol, OutputStream out) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void upload(
        WorkspaceName workspace, List<String> protocol, InputStream request, OutputStream out)
        throws IOException {
      isServed.countDown();
      try {
        mayEnd.await();
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
    }
  }
}
