package dev.syncline.server.endpoint.relay;

import dev.syncline.core.model.SyncException;
import dev.syncline.server.config.Secret;
import dev.syncline.yjs.MalformedUpdateException;
import dev.syncline.yjs.YDoc;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * What a Relay Server gives by HTTP. It is asked only for what somebody wants, so many things at
 * once as is good for it, and never waits for ever. Thread-safe.
 */
public final class RelayServer implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int MOST_AT_ONCE = 8;

  /** A document of a folder of 100,000 files has about 20 MB. */
  private static final int MOST_BYTES = 64 << 20;

  private static final Duration USUAL_WAIT = Duration.ofSeconds(30);
  private static final long LONGEST_WAIT_SECONDS = 3_600;

  private final URI base;
  private final Secret key;
  private final InstantSource clock;
  private final HttpClient client;
  private final Semaphore places = new Semaphore(MOST_AT_ONCE);

  /**
   * @param base where the server is: {@code https://…}, or {@code http://…} as it is; what is asked
   *     goes there and nowhere else
   * @param key a server's or a prefix's token; it is sent in a header and nowhere else
   */
  public RelayServer(URI base, Secret key, InstantSource clock) {
    this.base = base;
    this.key = key;
    this.clock = clock;
    this.client =
        HttpClient.newBuilder()
            .connectTimeout(PATIENCE)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }

  /**
   * A document as it is now. One that nobody has uploaded yet is an empty document, since that is
   * what the server says of it: it must not be taken for one whose contents were deleted.
   *
   * @throws SyncException.Denied if the server doesn't take the key
   * @throws SyncException.Unavailable if it can't be asked now, or answers with something else
   */
  public YDoc document(RelayId id) {
    byte[] update = get("d/" + id + "/as-update");
    try {
      return YDoc.reading(update);
    } catch (MalformedUpdateException e) {
      throw new SyncException.Unavailable(
          "the Relay Server " + base + " sends a document that can't be read: " + id, e);
    }
  }

  private byte[] get(String path) {
    String end = base.toString().endsWith("/") ? "" : "/";
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(base + end + path))
            .header("User-Agent", "Syncline")
            .header("Authorization", "Bearer " + key.value())
            .build();
    try {
      places.acquire();
      try {
        HttpResponse<byte[]> answer = answer(request);
        return answer.statusCode() == 200 ? answer.body() : refused(answer);
      } finally {
        places.release();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SyncException.Unavailable("interrupted while the Relay Server was asked", e);
    }
  }

  /** The whole answer; a request's own timeout would end with its head. */
  private HttpResponse<byte[]> answer(HttpRequest request) throws InterruptedException {
    CompletableFuture<HttpResponse<byte[]>> answer =
        client.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), MOST_BYTES));
    try {
      return answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new SyncException.Unavailable(
          "the Relay Server " + base + " can't be asked: " + e.getCause(), e);
    } catch (TimeoutException e) {
      throw new SyncException.Unavailable(
          "the Relay Server " + base + " took longer than " + PATIENCE.toSeconds() + " s", e);
    } finally {
      answer.cancel(true);
    }
  }

  private byte[] refused(HttpResponse<byte[]> answer) {
    int status = answer.statusCode();
    String said = "the Relay Server " + base + " answers " + status;
    if (status == 401 || status == 403) {
      throw new SyncException.Denied(
          said + ": give it a key of the server, or one for the prefix of this relay");
    }
    Duration wait =
        answer.headers().firstValue("Retry-After").flatMap(RelayServer::seconds).orElse(USUAL_WAIT);
    throw new SyncException.Unavailable(said, new IOException(said), clock.instant().plus(wait));
  }

  private static Optional<Duration> seconds(String text) {
    try {
      long seconds = Long.parseLong(text.strip());
      return Optional.of(Duration.ofSeconds(Math.clamp(seconds, 0, LONGEST_WAIT_SECONDS)));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
