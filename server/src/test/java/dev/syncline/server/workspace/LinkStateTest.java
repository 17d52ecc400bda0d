package dev.syncline.server.workspace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.syncline.core.flow.Health;
import dev.syncline.core.flow.Link;
import dev.syncline.core.merge.NamedPolicy;
import dev.syncline.core.model.Author;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.LinkName;
import dev.syncline.core.model.PathMapping;
import dev.syncline.core.model.RunId;
import dev.syncline.core.plan.Direction;
import dev.syncline.core.plan.Outcome;
import dev.syncline.core.plan.Planner;
import dev.syncline.core.plan.Run;
import dev.syncline.core.plan.Safeguard;
import dev.syncline.core.port.Hints;
import dev.syncline.testkit.workspace.MemoryEndpoint;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class LinkStateTest {

  private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");
  private static final Duration RECONCILE = Duration.ofMinutes(15);
  private static final LinkName LINK = new LinkName("laptop");

  private final LinkState state =
      new LinkState(
          new LinkPlan(
              new Link(
                  LINK,
                  PathMapping.WHOLE,
                  new Planner(
                      Direction.BOTH, NamedPolicy.rules(Map.of()), new Safeguard(25, 0.1), "x"),
                  new MemoryEndpoint(
                      new Author("Ada", ""), InstantSource.fixed(NOW), (path, change) -> {})),
              Watch.NONE,
              RECONCILE),
          NOW);

  @Test
  void aNewLinkLooksEverywhereAtOnce() {
    assertEquals(Optional.of(NOW), state.due(NOW));
    assertEquals(new Hints.Everywhere(), state.begin(NOW));
    assertEquals(Health.Condition.SYNCING, state.health().condition());
  }

  @Test
  void anEqualLinkWaitsForASignalOrForItsTime() {
    ended(new Outcome.Equal());
    assertEquals(Optional.of(NOW.plus(RECONCILE)), state.due(NOW));
    var here = new Hints.At(Set.of(new FilePath("a")));
    state.signal(here);
    assertEquals(1, state.signalled());
    assertEquals(Optional.of(NOW), state.due(NOW));
    assertEquals(here, state.begin(NOW));
  }

  @Test
  void aHeldRunIsNotTriedAgainUntilSomethingComes() {
    ended(new Outcome.Held("40 of 41 files would be deleted", "what"));
    assertEquals(Optional.of(NOW.plus(RECONCILE)), state.due(NOW));
    state.signal(new Hints.At(Set.of(new FilePath("a"))));
    assertEquals(Optional.of(NOW), state.due(NOW));
    assertEquals(new Hints.Everywhere(), state.begin(NOW), "what was held is looked at again");
  }

  @Test
  void anUnreachableLinkWaitsItsTimeWhateverItIsTold() {
    Instant later = NOW.plusSeconds(3600);
    ended(new Outcome.Unavailable("down", Optional.of(later)));
    state.signal(new Hints.Everywhere());
    assertEquals(Optional.of(later), state.due(NOW));
    state.insist();
    assertEquals(Optional.of(NOW), state.due(NOW), "a person is not kept waiting");
  }

  @Test
  void aLinkThatMetMovingFilesLooksAtTheSamePlaceAgain() {
    var here = new Hints.At(Set.of(new FilePath("a")));
    ended(new Outcome.Equal());
    state.signal(here);
    state.begin(NOW);
    state.end(run(new Outcome.Again("it moved")), here, NOW, 0);
    assertEquals(Optional.of(NOW), state.due(NOW));
    assertEquals(here, state.begin(NOW));
  }

  @Test
  void aHaltedOrPausedLinkRunsForNobodyButAPerson() {
    ended(new Outcome.Halted("damaged"));
    state.signal(new Hints.Everywhere());
    assertTrue(state.due(NOW).isEmpty());
    state.insist();
    assertEquals(Optional.of(NOW), state.due(NOW));
    state.pause(true);
    assertTrue(state.due(NOW).isEmpty());
    assertEquals(Health.Condition.PAUSED, state.health().condition());
    state.pause(false);
    assertEquals(Optional.of(NOW), state.due(NOW));
  }

  @Test
  void aRunTellsHowFarItHasCome() {
    state.begin(NOW);
    assertEquals("a run is under way", state.health().reason());
    state.plan().progress().at("reading files", 12, 0);
    assertEquals("reading files: 12", state.health().reason());
    state.plan().progress().at("writing files", 3, 9);
    assertEquals("writing files: 3 of 9", state.health().reason());
  }

  private void ended(Outcome outcome) {
    Hints hints = state.begin(NOW);
    state.end(run(outcome), hints, NOW, 0);
  }

  private static Run run(Outcome outcome) {
    return new Run(
        new RunId("20261121-080000-abcde"),
        LINK,
        NOW,
        Duration.ofMillis(5),
        outcome,
        Run.Work.NONE);
  }
}
