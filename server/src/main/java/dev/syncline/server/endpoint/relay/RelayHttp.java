package dev.syncline.server.endpoint.relay;

import dev.syncline.core.model.SyncException;
import dev.syncline.server.config.Secret;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;

/**
 * Talks with one Relay Server: so many things at once as is good for it, never for ever, and
 * without telling anybody else its key. Thread-safe.
 */
final class RelayHttp implements AutoCloseable {

  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final int MOST_AT_ONCE = 8;
  private static final Duration USUAL_WAIT = Duration.ofSeconds(30);
  private static final long LONGEST_WAIT_SECONDS = 3_600;
  private static final int LONGEST_SENTENCE = 200;
  private static final Pattern SENTENCE = Pattern.compile("[\\p{Alnum} .,:;'/_-]+");

  private final URI base;
  private final Secret key;
  private final InstantSource clock;
  private final HttpClient client;
  private final Semaphore places = new Semaphore(MOST_AT_ONCE);

  RelayHttp(URI base, Secret key, InstantSource clock) {
    this.base = base;
    this.key = key;
    this.clock = clock;
    this.client =
        HttpClient.newBuilder()
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }

  /** A request to the server, with its key. */
  HttpRequest.Builder request(String path) {
    String end = base.toString().endsWith("/") ? "" : "/";
    return anywhere(URI.create(base + end + path)).header("Authorization", "Bearer " + key.value());
  }

  /**
   * A request to where the server sends us, without its key.
   *
   * @throws SyncException.Denied if the way there is not encrypted, and the way to the server is
   */
  HttpRequest.Builder elsewhere(URI address) {
    if (isSecure(base) && !isSecure(address)) {
      throw new SyncException.Denied(
          "the Relay Server "
              + base
              + " sends us to "
              + address.getHost()
              + " without encryption: let its own settings name an https address");
    }
    return anywhere(address);
  }

  private static HttpRequest.Builder anywhere(URI address) {
    return HttpRequest.newBuilder(address).header("User-Agent", "Syncline");
  }

  private static boolean isSecure(URI uri) {
    return "https".equalsIgnoreCase(uri.getScheme());
  }

  /** Something that takes a few requests. */
  @FunctionalInterface
  interface Talk<T> {
    T talk() throws InterruptedException;
  }

  /** Talks when there is a place among those that talk at once. */
  <T> T talk(Talk<T> talk) {
    try {
      places.acquire();
      try {
        return talk.talk();
      } finally {
        places.release();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SyncException.Unavailable("interrupted while the Relay Server was asked", e);
    } catch (JacksonException e) {
      throw new SyncException.Unavailable("the Relay Server " + base + " sends no JSON", e);
    }
  }

  /** The whole answer; a request's own timeout would end with its head. */
  <T> HttpResponse<T> answer(HttpRequest.Builder request, BodyHandler<T> body, Duration patience)
      throws InterruptedException {
    CompletableFuture<HttpResponse<T>> answer = client.sendAsync(request.build(), body);
    try {
      return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new SyncException.Unavailable(
          "the Relay Server " + base + " can't be asked: " + e.getCause(), e);
    } catch (TimeoutException e) {
      throw tooLong(patience, e);
    } finally {
      answer.cancel(true);
    }
  }

  /**
   * A document, by WebSocket.
   *
   * @return nothing if the server doesn't have it
   */
  Optional<byte[]> open(RelayId id, int mostBytes, Duration patience) throws InterruptedException {
    var document = new DocumentSocket(mostBytes);
    CompletableFuture<WebSocket> connecting =
        client
            .newWebSocketBuilder()
            .header("User-Agent", "Syncline")
            .buildAsync(new StreamSource(base, key, id).withKey(), document);
    CompletableFuture<byte[]> update =
        connecting
            .thenCompose(socket -> socket.sendBinary(StreamMessage.wish(), true))
            .thenCompose(_ -> document.update());
    try {
      return Optional.of(update.get(patience.toMillis(), TimeUnit.MILLISECONDS));
    } catch (ExecutionException e) {
      return switch (e.getCause()) {
        case WebSocketHandshakeException refused when refused.getResponse().statusCode() == 404 ->
            Optional.empty();
        case WebSocketHandshakeException refused -> throw refused(refused.getResponse());
        case SyncException failure -> throw failure;
        // Without its text, which may have the address, and so the key.
        case null, default ->
            throw new SyncException.Unavailable(
                "the Relay Server " + base + " can't be reached for a document");
      };
    } catch (TimeoutException e) {
      throw tooLong(patience, e);
    } finally {
      // Even if it succeeds later than we wait.
      var _ = connecting.thenAccept(WebSocket::abort);
    }
  }

  private SyncException tooLong(Duration patience, TimeoutException e) {
    return new SyncException.Unavailable(
        "the Relay Server " + base + " took longer than " + patience.toSeconds() + " s", e);
  }

  /** What follows from an answer that is none. */
  SyncException refused(HttpResponse<?> answer) {
    int status = answer.statusCode();
    String said = "the Relay Server " + base + " answers " + status + words(answer.body());
    if (status == 401 || status == 403) {
      return new SyncException.Denied(
          said + ": give it a key of the server, or one for the prefix of this relay");
    }
    Duration wait =
        answer.headers().firstValue("Retry-After").flatMap(RelayHttp::seconds).orElse(USUAL_WAIT);
    return new SyncException.Unavailable(said, new IOException(said), clock.instant().plus(wait));
  }

  /**
   * What the server says itself, as "the token is expired"; nothing that looks like no sentence.
   */
  private String words(Object body) {
    if (!(body instanceof byte[] bytes) || bytes.length > LONGEST_SENTENCE) {
      return "";
    }
    String text =
        new String(bytes, StandardCharsets.UTF_8).replaceFirst("^Something went wrong: ", "");
    boolean isPlain = SENTENCE.matcher(text).matches() && !text.contains(key.value());
    return isPlain ? " (" + text + ")" : "";
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
  public String toString() {
    return base.toString();
  }

  @Override
  public void close() {
    client.shutdownNow();
    client.close();
  }
}
