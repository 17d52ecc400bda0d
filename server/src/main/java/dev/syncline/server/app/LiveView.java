package dev.syncline.server.app;

import dev.syncline.server.view.DocumentMetrics;
import dev.syncline.server.view.ServerStatus;
import dev.syncline.server.view.ServerView;
import dev.syncline.server.view.StorageMetrics;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The running server, as pages see it. Thread-safe. */
final class LiveView implements ServerView {

  private static final Logger LOG = LoggerFactory.getLogger(LiveView.class);

  private final Holdings holdings;
  private final String version;
  private final String storage;
  private final InstantSource clock;
  private final Instant started;
  private volatile ServerStatus.Phase phase = ServerStatus.Phase.STARTING;
  private volatile Optional<ServerStatus.Problem> lastProblem = Optional.empty();
  private volatile boolean ill;

  LiveView(Holdings holdings, String version, String storage, InstantSource clock) {
    this.holdings = holdings;
    this.version = version;
    this.storage = storage;
    this.clock = clock;
    this.started = clock.instant();
  }

  void enter(ServerStatus.Phase next) {
    phase = next;
  }

  /** Notes when the store falls ill and when it recovers. To be called every second or so. */
  void watch() {
    Optional<String> problem = holdings.storage().status().problem();
    if (problem.isPresent() && !ill) {
      lastProblem = Optional.of(new ServerStatus.Problem(clock.instant(), problem.get()));
      LOG.atError().addKeyValue("reason", problem.get()).log("nothing can be stored");
    } else if (problem.isEmpty() && ill) {
      LOG.atInfo().log("documents can be stored again");
    }
    ill = problem.isPresent();
  }

  @Override
  public ServerStatus status() {
    return new ServerStatus(
        version, started, phase, storage, holdings.storage().status().problem(), lastProblem);
  }

  @Override
  public DocumentMetrics documents() {
    return holdings.server().metrics();
  }

  @Override
  public StorageMetrics storage() {
    return holdings.storage();
  }
}
