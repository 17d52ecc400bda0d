package dev.syncline.server.endpoint.relay;

import java.time.Duration;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * What a {@link RelayPeer} was asked and has sent. Its routes are named ready, new, auth,
 * as-update, update, download-url, store and ws.
 */
public record RelayCounts(JsonNode counts) {

  /** How often a route was asked. */
  public long requests(String route) {
    return counts
        .path("requests")
        .path(route)
        .valueStream()
        .mapToLong(count -> count.path("requests").asLong())
        .sum();
  }

  /** How often a route was asked for one document or attachment. */
  public long requests(String route, RelayId id) {
    return counts.path("requests").path(route).path(id.toString()).path("requests").asLong(0);
  }

  /** How many bytes a route answered. */
  public long bytes(String route) {
    return counts
        .path("requests")
        .path(route)
        .valueStream()
        .mapToLong(count -> count.path("bytes").asLong())
        .sum();
  }

  /** How many webhooks left the queue. */
  public long sent() {
    return counts.path("webhooks").path("sent").asLong();
  }

  /** How many webhooks were answered 2xx. */
  public long answered() {
    return counts.path("webhooks").path("answered").asLong();
  }

  /** How many webhooks were answered with something else. */
  public long refused() {
    return counts.path("webhooks").path("refused").asLong();
  }

  /** How many webhooks got no answer in time. */
  public long failed() {
    return counts.path("webhooks").path("failed").asLong();
  }

  /** How many webhooks wait. */
  public long queued() {
    return counts.path("webhooks").path("queued").asLong();
  }

  /** How many sockets are open. */
  public int sockets() {
    return counts.path("sockets").asInt();
  }

  /** How long each webhook waited for its answer, in the order in which they were sent. */
  public List<Duration> latencies() {
    return counts
        .path("webhooks")
        .path("latencies")
        .valueStream()
        .map(millis -> Duration.ofNanos(Math.round(millis.asDouble() * 1_000_000)))
        .toList();
  }
}
