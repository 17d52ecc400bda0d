package dev.syncline.server.endpoint.relay;

import dev.syncline.core.model.SyncException;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * The events of a shared folder, by WebSocket: for those whom a webhook can't reach. Whatever
 * happens to the connection, it comes back.
 *
 * <p>Events can be missing. The server sends them to the folder that the key names which a document
 * was loaded with: one that was first asked for with a key that names none is silent until the
 * server loads it anew. So whoever listens looks at the whole folder now and then besides.
 *
 * <p>Thread-safe.
 */
public final class EventStream implements AutoCloseable {

  static final String REFUSED =
      "the Relay Server refuses the event stream: give it a key of the server, or one for the"
          + " prefix of this relay, that is still valid";

  private final StreamSource source;
  private final StreamClient client;
  private final Consumer<RelayEvent> events;
  private final Runnable gap;
  private final Thread thread;
  private volatile Optional<String> problem = Optional.of("the event stream isn't connected yet");

  private EventStream(
      StreamSource source, StreamClient client, Consumer<RelayEvent> events, Runnable gap) {
    this.source = source;
    this.client = client;
    this.events = events;
    this.gap = gap;
    this.thread =
        Thread.ofVirtual().name("events of " + source.folder()).unstarted(this::connectForEver);
  }

  /**
   * Starts to listen, and goes on until the stream is closed.
   *
   * @param events gets each event; while it takes its time, no more is read
   * @param gap is told that events may have been missed: after each connecting, from when on
   *     nothing is, and when something could not be read
   */
  public static EventStream start(
      StreamSource source, StreamClient client, Consumer<RelayEvent> events, Runnable gap) {
    var stream = new EventStream(source, client, events, gap);
    stream.thread.start();
    return stream;
  }

  /** Why no events come now, and what to do; empty if they do. */
  public Optional<String> problem() {
    return problem;
  }

  private void connectForEver() {
    int failures = 0;
    try {
      while (true) {
        long start = System.nanoTime();
        problem = Optional.of(connection());
        boolean lasted = System.nanoTime() - start > client.pace().longest().toNanos();
        failures = lasted ? 1 : failures + 1;
        Thread.sleep(client.pace().afterFailures(failures, client.random()));
      }
    } catch (InterruptedException closed) {
      // Nobody listens any more.
    }
  }

  /** One connection, for as long as it lasts; answers why it ended. */
  private String connection() throws InterruptedException {
    var ear = new EventSocket(this::tell, gap);
    CompletableFuture<WebSocket> connecting = null;
    try {
      connecting =
          client
              .http()
              .newWebSocketBuilder()
              .connectTimeout(client.pace().patience())
              .buildAsync(source.withKey(), ear);
      WebSocket socket = patiently(connecting);
      patiently(socket.sendBinary(StreamMessage.subscription(), true));
      patiently(socket.sendBinary(StreamMessage.question(), true));
      patiently(CompletableFuture.anyOf(ear.answered(), ear.end()));
      if (!ear.end().isDone()) {
        problem = Optional.empty();
        gap.run();
      }
      return end(ear);
    } catch (TimeoutException e) {
      return "the Relay Server took longer than "
          + seconds(client.pace().patience())
          + " for the event stream";
    } catch (ExecutionException e) {
      return failure(e);
    } catch (SyncException e) {
      return String.valueOf(e.getMessage());
    } catch (RuntimeException bug) {
      return "the event stream has broken off: " + bug.getClass().getSimpleName();
    } finally {
      if (connecting != null) {
        // Even if it succeeds later than we wait.
        var _ = connecting.thenAccept(WebSocket::abort);
      }
    }
  }

  private <T> T patiently(CompletableFuture<T> future)
      throws InterruptedException, ExecutionException, TimeoutException {
    return future.get(client.pace().patience().toMillis(), TimeUnit.MILLISECONDS);
  }

  private String end(EventSocket ear) throws InterruptedException, ExecutionException {
    while (true) {
      Duration left = client.pace().silence().minus(ear.silence());
      if (!left.isPositive()) {
        return "the Relay Server has said nothing for " + seconds(client.pace().silence());
      }
      try {
        return ear.end().get(left.toNanos(), TimeUnit.NANOSECONDS);
      } catch (TimeoutException e) {
        // It may have said something meanwhile.
      }
    }
  }

  /** The server sends what belongs to this folder, and nothing of another relay can. */
  private void tell(RelayEvent event) {
    RelayId folder = source.folder();
    if (event.document().relay().equals(folder.relay())) {
      events.accept(
          new RelayEvent(event.id(), event.document(), event.user(), Optional.of(folder)));
    }
  }

  /** What went wrong; never with the text of the failure, which may have the key. */
  private String failure(ExecutionException failure) {
    if (failure.getCause() instanceof WebSocketHandshakeException refused) {
      int status = refused.getResponse().statusCode();
      return status == 401 || status == 403
          ? REFUSED
          : "the Relay Server " + source.base() + " answers " + status + " to the event stream";
    }
    return "the Relay Server " + source.base() + " can't be reached for the event stream";
  }

  private static String seconds(Duration duration) {
    return duration.toSeconds() + " s";
  }

  /** Stops listening; an event that is being handed over may still arrive. */
  @Override
  public void close() {
    thread.interrupt();
  }
}
