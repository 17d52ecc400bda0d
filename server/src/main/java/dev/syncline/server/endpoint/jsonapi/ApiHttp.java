package dev.syncline.server.endpoint.jsonapi;

import dev.syncline.core.json.JsonReader;
import dev.syncline.core.model.SyncException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.zip.GZIPInputStream;

/**
 * Asks a source, and asks again where that may help: never for ever, never for more than fits, and
 * without telling anybody else its credentials. Thread-safe.
 */
final class ApiHttp implements AutoCloseable {

  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final int MOST_REDIRECTS = 5;
  private static final long LONGEST_PAUSE_SECONDS = 3_600;
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

  private final Credentials credentials;
  private final Duration patience;
  private final Pace pace;
  private final InstantSource clock;
  private final HttpClient client =
      HttpClient.newBuilder()
          .connectTimeout(CONNECT)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  /**
   * @param patience for one whole answer
   */
  ApiHttp(Credentials credentials, Duration patience, Pace pace, InstantSource clock) {
    this.credentials = credentials;
    this.patience = patience;
    this.pace = pace;
    this.clock = clock;
  }

  /**
   * What is at an address.
   *
   * @param conditions headers that say what we have already
   */
  Answer get(URI address, Map<String, String> conditions) throws InterruptedException {
    for (int attempt = 1; ; attempt++) {
      Answer answer = once(address, conditions);
      boolean mayHelp =
          answer instanceof Answer.Failed(Trouble trouble)
              && trouble.kind() == Trouble.Kind.UNREACHABLE
              && trouble.pause().orElse(Duration.ZERO).compareTo(pace.longest()) <= 0;
      if (!mayHelp || attempt == pace.tries()) {
        return answer;
      }
      Duration wait = pace.before(attempt + 1);
      Duration asked = ((Answer.Failed) answer).trouble().pause().orElse(Duration.ZERO);
      Thread.sleep(asked.compareTo(wait) > 0 ? asked : wait);
    }
  }

  /**
   * Tells the source something, once.
   *
   * @param body JSON, if there is one
   * @return what went wrong, in a sentence; empty if it was taken
   */
  Optional<String> send(String method, URI address, Optional<String> body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address)
            .timeout(patience)
            .header("User-Agent", "Syncline")
            .header("Content-Type", "application/json")
            .method(
                method,
                body.map(HttpRequest.BodyPublishers::ofString)
                    .orElseGet(HttpRequest.BodyPublishers::noBody));
    credentials.headers().forEach(request::setHeader);
    try {
      int status = client.send(request.build(), BodyHandlers.discarding()).statusCode();
      return status / 100 == 2
          ? Optional.empty()
          : Optional.of(method + " " + address + " is answered with " + status);
    } catch (IOException e) {
      return Optional.of(method + " " + address + " fails: " + e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SyncException.Unavailable("interrupted while " + address + " was told", e);
    }
  }

  private Answer once(URI address, Map<String, String> conditions) throws InterruptedException {
    URI at = address;
    for (int hops = 0; hops <= MOST_REDIRECTS; hops++) {
      HttpResponse<byte[]> response;
      try {
        response = ask(at, isSameServer(at, address), conditions);
      } catch (ExecutionException e) {
        return failed(at + " can't be read: " + reason(e));
      } catch (TimeoutException e) {
        return failed(at + " took longer than " + patience.toSeconds() + " s");
      }
      if (!REDIRECTS.contains(response.statusCode())) {
        return answer(response, at);
      }
      Optional<URI> next = next(response, at);
      if (next.isEmpty()) {
        return unusable(at + " sends us nowhere: correct its address");
      }
      if (isSecure(at) && !isSecure(next.get())) {
        return unusable(
            at
                + " sends us to "
                + next.get().getHost()
                + " without encryption: name an https"
                + " address");
      }
      at = next.get();
    }
    return unusable(address + " sends us on and on: correct its address");
  }

  private HttpResponse<byte[]> ask(URI at, boolean trusted, Map<String, String> conditions)
      throws InterruptedException, ExecutionException, TimeoutException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(at)
            .header("User-Agent", "Syncline")
            .header("Accept", "application/json")
            .header("Accept-Encoding", "gzip");
    if (trusted) {
      credentials.headers().forEach(request::setHeader);
    }
    conditions.forEach(request::setHeader);
    CompletableFuture<HttpResponse<byte[]>> answer =
        client.sendAsync(
            request.build(), BodyHandlers.limiting(BodyHandlers.ofByteArray(), JsonReader.LARGEST));
    try {
      return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } finally {
      answer.cancel(true);
    }
  }

  private Answer answer(HttpResponse<byte[]> response, URI at) {
    int status = response.statusCode();
    if (status == 200) {
      return contents(response, at);
    }
    if (status == 304) {
      return new Answer.Unchanged();
    }
    String said = at + " answers " + status;
    if (status == 401 || status == 403) {
      return new Answer.Failed(
          new Trouble(
              Trouble.Kind.DENIED,
              said + ": give the link a token that may read it (`token-file`)",
              Optional.empty()));
    }
    if (status == 404) {
      return unusable(
          said
              + ": there is no such category, or it is empty; correct its address, or take it out"
              + " of `categories`");
    }
    if (status == 408 || status == 425 || status == 429 || status >= 500) {
      return new Answer.Failed(
          new Trouble(
              Trouble.Kind.UNREACHABLE,
              said,
              response.headers().firstValue("Retry-After").flatMap(this::pause)));
    }
    return unusable(said + ": correct its address");
  }

  private static Answer contents(HttpResponse<byte[]> response, URI at) {
    byte[] body = response.body();
    if (response.headers().firstValue("Content-Encoding").orElse("").equalsIgnoreCase("gzip")) {
      try (var in = new GZIPInputStream(new ByteArrayInputStream(body))) {
        body = in.readNBytes(JsonReader.LARGEST + 1);
      } catch (IOException e) {
        return failed(at + " can't be read: its gzip is damaged");
      }
    }
    return body.length > JsonReader.LARGEST
        ? unusable(at + " sends more than " + (JsonReader.LARGEST >> 20) + " MiB: ask for pages")
        : new Answer.Contents(body, response.headers(), at);
  }

  /** How long from now, an hour at most; of what nobody can read, no word. */
  private Optional<Duration> pause(String header) {
    String text = header.strip();
    long seconds;
    if (text.matches("[0-9]{1,9}")) {
      seconds = Long.parseLong(text);
    } else {
      try {
        Instant until = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
        seconds = Duration.between(clock.instant(), until).toSeconds();
      } catch (DateTimeParseException e) {
        return Optional.empty();
      }
    }
    return Optional.of(Duration.ofSeconds(Math.clamp(seconds, 0, LONGEST_PAUSE_SECONDS)));
  }

  private static Optional<URI> next(HttpResponse<?> response, URI at) {
    try {
      return response
          .headers()
          .firstValue("Location")
          .map(at::resolve)
          .filter(next -> next.getHost() != null && next.getScheme().startsWith("http"));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Whether both addresses are the same server's, so that it may see the credentials. */
  static boolean isSameServer(URI one, URI other) {
    return one.getScheme().equalsIgnoreCase(other.getScheme())
        && one.getHost().equalsIgnoreCase(other.getHost())
        && one.getPort() == other.getPort();
  }

  private static boolean isSecure(URI uri) {
    return "https".equalsIgnoreCase(uri.getScheme());
  }

  private static String reason(ExecutionException e) {
    Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
    return Objects.requireNonNullElse(cause.getMessage(), cause.getClass().getSimpleName());
  }

  private static Answer failed(String reason) {
    return new Answer.Failed(Trouble.unreachable(reason));
  }

  private static Answer unusable(String reason) {
    return new Answer.Failed(Trouble.unusable(reason));
  }

  @Override
  public void close() {
    client.shutdownNow();
    client.close();
  }
}
