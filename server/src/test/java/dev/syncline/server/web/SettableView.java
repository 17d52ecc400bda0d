package dev.syncline.server.web;

import dev.syncline.core.port.ChunkStore;
import dev.syncline.server.measure.Histogram;
import dev.syncline.server.view.DocumentMetrics;
import dev.syncline.server.view.ServerStatus;
import dev.syncline.server.view.ServerView;
import dev.syncline.server.view.StorageMetrics;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** A server that is as the test says. */
public final class SettableView implements ServerView {

  public volatile ServerStatus.Phase phase = ServerStatus.Phase.RUNNING;
  public volatile Optional<String> storageProblem = Optional.empty();
  public volatile Optional<ServerStatus.Problem> lastProblem = Optional.empty();
  public final Histogram durations = new Histogram();

  @Override
  public ServerStatus status() {
    return new ServerStatus(
        "0.1.0",
        Instant.parse("2026-11-21T00:00:00Z"),
        phase,
        "files in /var/lib/syncline",
        storageProblem,
        lastProblem);
  }

  @Override
  public DocumentMetrics documents() {
    return new DocumentMetrics(
        new DocumentMetrics.Open(12, 34_567, 8),
        new DocumentMetrics.Traffic(1, 2, 3, 4),
        Map.of("malformed", 5L, "too_large", 0L),
        1_234_567,
        new DocumentMetrics.Trouble(0, 1, 0),
        durations.snapshot());
  }

  @Override
  public StorageMetrics storage() {
    return new StorageMetrics(
        new ChunkStore.Status(storageProblem, 0, 9, 5 << 20),
        durations.snapshot(),
        durations.snapshot());
  }
}
