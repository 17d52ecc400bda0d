package dev.syncline.server.endpoint.jsonapi;

import dev.syncline.core.json.JsonDocument;
import dev.syncline.core.json.JsonReader;
import dev.syncline.core.json.JsonReading;
import dev.syncline.core.port.Hints;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Asks a source when it was last updated, and tells when a run is needed: each time until one has
 * taken all of what it said, and each time that it can't say.
 */
public final class JsonApiWatch implements AutoCloseable {

  private final JsonApiEndpoint endpoint;
  private final Source.LastUpdated where;
  private final Thread thread;
  private volatile Optional<String> problem = Optional.empty();

  private JsonApiWatch(
      JsonApiEndpoint endpoint, Source.LastUpdated where, Consumer<Hints> listener) {
    this.endpoint = endpoint;
    this.where = where;
    this.thread = Thread.ofVirtual().name("json-api-watch").unstarted(() -> watch(listener));
  }

  /**
   * Starts.
   *
   * @param listener told on a thread of the watch
   */
  public static JsonApiWatch start(
      JsonApiEndpoint endpoint, Source.LastUpdated where, Consumer<Hints> listener) {
    var watch = new JsonApiWatch(endpoint, where, listener);
    watch.thread.start();
    return watch;
  }

  /**
   * A run of the link ended.
   *
   * @param isDone whether the ledger has what was seen
   */
  public void ended(boolean isDone) {
    endpoint.freshness().ended(isDone);
  }

  /** Why it compares each time; empty while the source says when it was updated. */
  public Optional<String> problem() {
    return problem;
  }

  private void watch(Consumer<Hints> listener) {
    try {
      while (true) {
        if (isNews()) {
          listener.accept(new Hints.Everywhere());
        }
        Thread.sleep(where.interval());
      }
    } catch (InterruptedException e) {
      // Closed.
    }
  }

  private boolean isNews() throws InterruptedException {
    Optional<String> update =
        switch (endpoint.http().get(where.address(), Map.of())) {
          case Answer.Contents(byte[] body, var _, var _)
              when JsonReader.read(body) instanceof JsonReading.Read(JsonDocument document) ->
              Pointer.scalar(document.root(), where.pointer());
          case Answer _ -> Optional.empty();
        };
    problem =
        update.isPresent()
            ? Optional.empty()
            : Optional.of(
                where.address()
                    + " doesn't say when the source was last updated (at "
                    + where.pointer()
                    + "): everything is compared every "
                    + where.interval().toSeconds()
                    + " s");
    return update.map(endpoint.freshness()::isNews).orElse(true);
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
