package dev.syncline.core.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.syncline.core.flow.Health.Condition;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.LinkName;
import dev.syncline.core.model.RunId;
import dev.syncline.core.plan.Outcome;
import dev.syncline.core.plan.Run;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How a link is after its runs. */
final class HealthTest {

  private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");
  private static final Outcome AGAIN = new Outcome.Again("the endpoint moved meanwhile");
  private static final Outcome DOWN = new Outcome.Unavailable("no route", Optional.empty());

  @Test
  void whatIsEqualRests() {
    Health health = after(Health.NEW, new Outcome.Equal());
    assertEquals(Condition.IDLE, health.condition());
    assertEquals(Optional.empty(), health.retry());
    assertEquals(Optional.of(NOW), health.equalSince());
  }

  @Test
  void whatWaitsForAPersonIsToldAndNotTriedAgain() {
    Health conflict = after(Health.NEW, run(new Outcome.Equal(), work(0, 0, 2)));
    assertEquals(Condition.CONFLICT, conflict.condition());
    assertEquals(Optional.empty(), conflict.equalSince());
    assertEquals("2 conflicts wait for an answer", conflict.reason());
    Health held = after(Health.NEW, new Outcome.Held("all files would be deleted", "x"));
    assertEquals(Condition.HELD, held.condition());
    assertEquals(Optional.empty(), held.retry());
    assertTrue(held.listens());
  }

  @Test
  void whatMovedIsTriedAtOnceAndWhatMovesForEverWaitsALittle() {
    Health health = Health.NEW;
    for (int run = 0; run < 10; run++) {
      health = after(health, AGAIN);
      assertEquals(Optional.of(NOW), health.retry(), "after run " + run);
    }
    assertEquals(Optional.of(NOW.plusSeconds(1)), after(health, AGAIN).retry());
    assertEquals(0, after(health, new Outcome.Equal()).again());
  }

  @Test
  void whatIsDownIsTriedAgainAndNotBeforeItSays() {
    Health once = after(Health.NEW, DOWN);
    assertEquals(Condition.UNREACHABLE, once.condition());
    assertEquals(Optional.of(NOW.plusSeconds(1)), once.retry());
    assertEquals(Optional.of(NOW.plusSeconds(2)), after(once, DOWN).retry());
    Instant later = NOW.plus(Duration.ofHours(1));
    assertEquals(
        Optional.of(later),
        after(once, new Outcome.Unavailable("too often", Optional.of(later))).retry());
  }

  @Test
  void oneSuccessForgetsAllFailures() {
    Health health = after(after(after(Health.NEW, DOWN), DOWN), new Outcome.Equal());
    assertEquals(0, health.failures());
    assertEquals(2, health.totals().failures());
    assertEquals(3, health.totals().runs());
  }

  @Test
  void whoWantsOtherCredentialsIsAskedSlowly() {
    Health health = after(Health.NEW, new Outcome.Denied("the token has expired"));
    assertEquals(Condition.DENIED, health.condition());
    assertEquals(Optional.of(NOW.plus(Duration.ofMinutes(10))), health.retry());
  }

  @Test
  void whatIsDamagedOrWronglyToldStopsUntilAPersonActs() {
    for (Outcome outcome : List.of(new Outcome.Halted("damaged"), new Outcome.Invalid("no"))) {
      Health health = after(Health.NEW, outcome);
      assertEquals(Condition.HALTED, health.condition());
      assertEquals(Optional.empty(), health.retry());
      assertFalse(health.listens());
    }
  }

  @Test
  void itIsToldWhenSomethingLastWentWhere() {
    Health in = after(Health.NEW, run(new Outcome.Equal(), work(1, 0, 0)));
    assertEquals(Optional.of(NOW), in.lastIn());
    assertEquals(Optional.empty(), in.lastOut());
    assertEquals(Optional.of(NOW), after(in, new Outcome.Equal()).lastIn());
  }

  @Test
  void ofFilesThatCouldNotBeReadOneIsNamedWithItsReason() {
    assertEquals(
        "1 file could not be read or written: b.png: it is kept from us",
        reasonOf(Map.of(new FilePath("b.png"), "it is kept from us")));
    assertEquals(
        "2 files could not be read or written: a.png: it is too large; …",
        reasonOf(
            Map.of(
                new FilePath("b.png"),
                "it is kept from us",
                new FilePath("a.png"),
                "it is too large")));
  }

  private static String reasonOf(Map<FilePath, String> problems) {
    var work = new Run.Work(0, 0, Optional.empty(), 0, List.of(), problems, Run.Reply.NONE);
    return after(Health.NEW, run(new Outcome.Equal(), work)).reason();
  }

  private static Health after(Health health, Outcome outcome) {
    return after(health, run(outcome, Run.Work.NONE));
  }

  private static Health after(Health health, Run run) {
    return health.after(run, NOW, 1);
  }

  private static Run run(Outcome outcome, Run.Work work) {
    return new Run(
        new RunId("run-1"), new LinkName("laptop"), NOW, Duration.ofSeconds(1), outcome, work);
  }

  private static Run.Work work(int toLedger, int toEndpoint, int waiting) {
    return new Run.Work(
        toLedger, toEndpoint, Optional.empty(), waiting, List.of(), Map.of(), Run.Reply.NONE);
  }
}
