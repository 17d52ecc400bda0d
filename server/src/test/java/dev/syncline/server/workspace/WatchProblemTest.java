package dev.syncline.server.workspace;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.syncline.core.flow.Health;
import dev.syncline.core.flow.Link;
import dev.syncline.core.flow.LinkRunner;
import dev.syncline.core.merge.NamedPolicy;
import dev.syncline.core.model.Author;
import dev.syncline.core.model.LinkName;
import dev.syncline.core.model.PathMapping;
import dev.syncline.core.model.WorkspaceName;
import dev.syncline.core.plan.Direction;
import dev.syncline.core.plan.Planner;
import dev.syncline.core.plan.Safeguard;
import dev.syncline.testkit.MemoryLedger;
import dev.syncline.testkit.workspace.MemoryEndpoint;
import dev.syncline.testkit.workspace.MemoryJournal;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** How an engine says that its links are. */
final class WatchProblemTest {

  private static final LinkName LAPTOP = new LinkName("laptop");
  private static final InstantSource CLOCK = InstantSource.system();

  @Test
  void whatAWatchCannotSeeIsSaidWithTheLinksHealth() throws Exception {
    try (var engine = engine(new Blind())) {
      engine.start();
      Health health = Objects.requireNonNull(engine.sync(Optional.empty()).get(LAPTOP));
      assertEquals(Health.Condition.IDLE, health.condition());
      assertEquals("too many folders to watch", health.reason());
    }
  }

  @Test
  void aWatchThatSeesAllSaysNothing() throws Exception {
    try (var engine = engine(() -> {})) {
      engine.start();
      assertEquals("", Objects.requireNonNull(engine.sync(Optional.empty()).get(LAPTOP)).reason());
    }
  }

  private static WorkspaceEngine engine(Watch.Watching watching) {
    var endpoint = new MemoryEndpoint(new Author("Ada", ""), CLOCK, (path, change) -> {});
    var planner =
        new Planner(Direction.BOTH, NamedPolicy.rules(Map.of()), new Safeguard(25, 0.1), "laptop");
    var plan =
        new LinkPlan(
            new Link(LAPTOP, PathMapping.WHOLE, planner, endpoint),
            listener -> watching,
            Duration.ofDays(1));
    RandomGenerator random = RandomGenerator.getDefault();
    return new WorkspaceEngine(
        new WorkspaceName("notes"),
        new LinkRunner(new MemoryLedger(CLOCK), new MemoryJournal(), CLOCK),
        List.of(plan),
        new RunIds(CLOCK, random),
        random);
  }

  /** A watch that can't see everything. */
  private static final class Blind implements Watch.Watching {
    @Override
    public Optional<String> problem() {
      return Optional.of("too many folders to watch");
    }

    @Override
    public void close() {}
  }
}
