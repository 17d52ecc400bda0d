package dev.syncline.server.forge;

import dev.syncline.core.model.SyncException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The way to one host. All who speak with it take turns, since forges want one request after
 * another and a little time after each that changes something. Thread-safe.
 */
final class Wire {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final long LARGEST_BODY = 16L << 20;

  private final HttpClient client;
  private final InstantSource clock;
  private final Pause pause;
  private final ReentrantLock turn = new ReentrantLock(true);
  private Instant quietUntil = Instant.MIN;

  Wire(HttpClient client, InstantSource clock, Pause pause) {
    this.client = client;
    this.clock = clock;
    this.pause = pause;
  }

  /** What came back, or that nothing did: then it isn't known whether the host heard. */
  sealed interface Reply {
    record Heard(HttpResponse<byte[]> answer) implements Reply {}

    record Lost(String why) implements Reply {}
  }

  Instant now() {
    return clock.instant();
  }

  void pause(Duration time) {
    pause.take(time);
  }

  /**
   * Sends a request when it is its turn.
   *
   * @param quiet how long nobody sends anything after it
   */
  Reply send(HttpRequest request, Duration quiet) {
    turn.lock();
    try {
      pause.take(Duration.between(now(), quietUntil.isBefore(now()) ? now() : quietUntil));
      Reply reply = exchange(request);
      quietUntil = now().plus(quiet);
      return reply;
    } finally {
      turn.unlock();
    }
  }

  private Reply exchange(HttpRequest request) {
    CompletableFuture<HttpResponse<byte[]>> answer =
        client.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), LARGEST_BODY));
    try {
      return new Reply.Heard(answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS));
    } catch (ExecutionException e) {
      return new Reply.Lost(String.valueOf(e.getCause()));
    } catch (TimeoutException e) {
      return new Reply.Lost("nothing came back within " + PATIENCE.toSeconds() + " s");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SyncException.Unavailable("interrupted while a forge was asked", e);
    } finally {
      answer.cancel(true);
    }
  }
}
