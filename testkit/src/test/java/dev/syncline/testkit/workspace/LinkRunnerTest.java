package dev.syncline.testkit.workspace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.syncline.core.merge.Conflict;
import dev.syncline.core.model.Author;
import dev.syncline.core.model.Changes;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.Glob;
import dev.syncline.core.model.PathMapping;
import dev.syncline.core.plan.Direction;
import dev.syncline.core.plan.Outcome;
import dev.syncline.core.plan.Run;
import dev.syncline.core.plan.Safeguard;
import dev.syncline.core.port.Hints;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What one run does and writes down, step by step. */
final class LinkRunnerTest {

  private final Workbench bench = new Workbench();
  private final Workbench.Desk laptop = bench.desk("laptop");
  private final Workbench.Desk office = bench.desk("office");

  @Test
  void whatOneEndpointHoldsComesToTheOther() {
    laptop.write("a", "1");
    laptop.run();
    office.write("b", "2");
    office.run();
    laptop.run();
    assertEverywhere(Map.of("a", "1", "b", "2"));
  }

  @Test
  void anEditIsRecordedUnderItsAuthorsName() {
    laptop.write("a", "1");
    Run run = laptop.run();
    assertEquals(
        new Author("laptop", "laptop@example.org"),
        bench.ledger.version(run.work().version().orElseThrow()).author());
  }

  @Test
  void aSecondRunDoesNothing() {
    laptop.write("a", "1");
    laptop.run();
    office.run();
    var head = bench.ledger.head().commit();
    Run again = office.run();
    assertEquals(new Outcome.Equal(), again.outcome());
    assertEquals(0, again.work().toLedger() + again.work().toEndpoint());
    assertEquals(head, bench.ledger.head().commit());
  }

  @Test
  void aConflictWaitsAndHoldsUpNothingElse() {
    conflict();
    laptop.write("b", "new");
    laptop.run();
    office.run();
    assertEquals(Map.of("a", "2\n", "b", "new"), bench.ledgerFiles());
    assertEquals(Map.of("a", "3\n", "b", "new"), office.files());
    assertEquals(1, office.run().work().waiting());
  }

  @Test
  void whatWasBelowAFileThatIsSeenIsGoneThoughItCouldNotBeLookedAt() {
    laptop.write("a/x", "1");
    laptop.run();
    office.run();
    laptop.delete("a/x");
    laptop.run();
    office.delete("a/x");
    office.write("a", "2");
    bench.hide("a/x");
    office.run();
    assertEquals(Map.of("a", "2"), bench.ledgerFiles());
  }

  @Test
  void aConflictShowsWhatBothSidesHoldNow() {
    conflict();
    office.write("a", "4\n");
    office.run(new Hints.At(Set.of()));
    Conflict conflict = bench.ledger.conflicts().getFirst();
    assertEquals(Optional.of(bench.version("1\n")), conflict.sides().base());
    assertEquals(Optional.of(bench.version("4\n")), conflict.sides().theirs());
    assertEquals("office", conflict.theirsBy().name());
  }

  @Test
  void aConflictThatPeopleSettleByThemselvesIsClosed() {
    conflict();
    office.write("a", "2\n");
    office.run();
    assertEquals(List.of(), bench.ledger.conflicts());
    laptop.write("a", "5\n");
    laptop.run();
    office.run();
    assertEverywhere(Map.of("a", "5\n"));
  }

  @Test
  void aVersionThatWasMergedStaysInTheHistory() {
    laptop.write("a", "1\n2\n3\n");
    laptop.run();
    office.run();
    laptop.write("a", "0\n2\n3\n");
    office.write("a", "1\n2\n4\n");
    laptop.run();
    office.run();
    assertEquals(Map.of("a", "0\n2\n4\n"), bench.ledgerFiles());
    assertTrue(bench.everHeld(bench.version("1\n2\n4\n")));
  }

  @Test
  void whatIsDoneWhereALinkOnlyBringsFilesIsUndoneAndStaysInTheHistory() {
    Workbench.Desk site = bench.desk("site", PathMapping.WHOLE, Direction.OUT);
    laptop.write("a", "1");
    laptop.run();
    site.run();
    site.write("a", "2");
    site.run();
    assertEquals(Map.of("a", "1"), site.files());
    assertEquals(Map.of("a", "1"), bench.ledgerFiles());
    assertTrue(bench.everHeld(bench.version("2")));
  }

  @Test
  void anEndpointThatOnlyTellsIsNeverWritten() {
    Workbench.Desk sensor = bench.desk("sensor", PathMapping.WHOLE, Direction.IN);
    sensor.write("a", "1");
    sensor.run();
    laptop.run();
    laptop.write("a", "2");
    laptop.run();
    sensor.run();
    assertEquals(Map.of("a", "1"), sensor.files());
    assertEquals(Map.of("a", "2"), bench.ledgerFiles());
  }

  @Test
  void whatAnEndpointCannotHoldIsAProblemAndHoldsUpNothingElse() {
    Workbench.Desk phone = bench.deskWithout("phone", "big");
    laptop.write("a", "big");
    laptop.write("b", "small");
    laptop.run();
    Run run = phone.run();
    assertEquals(Map.of("b", "small"), phone.files());
    assertEquals(
        Map.of(new FilePath("a"), "there can be nothing of that kind"), run.work().problems());
    assertEquals(new Outcome.Equal(), run.outcome());
    laptop.write("a", "short");
    laptop.run();
    phone.run();
    assertEquals(Map.of("a", "short", "b", "small"), phone.files());
  }

  @Test
  void aFileThatCannotBeReadIsNotTakenForDeleted() {
    laptop.write("a", "1");
    laptop.run();
    office.run();
    bench.hide("a");
    Run run = office.run();
    assertEquals(Set.of(new FilePath("a")), run.work().problems().keySet());
    assertEquals(Map.of("a", "1"), bench.ledgerFiles());
    laptop.delete("a");
    bench.showAll();
    laptop.run();
    bench.hide("a");
    office.run();
    assertEquals(Map.of("a", "1"), office.files());
    bench.showAll();
    office.run();
    assertEverywhere(Map.of());
  }

  @Test
  void whatNoHintNamesIsNotTouched() {
    laptop.write("a", "1");
    laptop.write("b", "1");
    laptop.run();
    office.run();
    office.write("a", "2");
    office.write("b", "2");
    office.run(new Hints.At(Set.of(new FilePath("a"))));
    assertEquals(Map.of("a", "2", "b", "1"), bench.ledgerFiles());
    laptop.write("b", "3");
    laptop.run();
    // The office's b is not what it was seen to be, so it isn't written over.
    Run run = office.run(new Hints.At(Set.of()));
    assertEquals(Map.of("a", "2", "b", "2"), office.files());
    assertInstanceOf(Outcome.Again.class, run.outcome());
  }

  @Test
  void whatALinkDoesNotSeeIsNotTouchedOnEitherSide() {
    Workbench.Desk part =
        bench.desk("part", PathMapping.without(List.of(Glob.of("*.tmp"))), Direction.BOTH);
    laptop.write("a.tmp", "the ledger's");
    laptop.write("b", "1");
    laptop.run();
    part.write("a.tmp", "its own");
    part.run();
    assertFalse(bench.keeps("its own"));
    assertEquals(Map.of("a.tmp", "its own", "b", "1"), part.files());
    assertEquals(Map.of("a.tmp", "the ledger's", "b", "1"), bench.ledgerFiles());
  }

  @Test
  void twoVersionsWithoutASecondNameWaitAndAreBothThere() {
    Workbench.Desk one =
        bench.desk(
            "one",
            new PathMapping(Optional.empty(), List.of(Glob.of("/a")), List.of(), List.of()),
            Direction.BOTH);
    laptop.write("a", "\0laptop");
    laptop.run();
    one.write("a", "\0one");
    one.run();
    assertEquals(Map.of("a", "\0one"), one.files());
    assertEquals(Map.of("a", "\0laptop"), bench.ledgerFiles());
    assertEquals(
        Optional.of(bench.version("\0one")), bench.ledger.conflicts().getFirst().sides().theirs());
  }

  @Test
  void aFileWhereTheLedgerHasAFolderOutOfSightWaits() {
    Workbench.Desk part =
        bench.desk("part", PathMapping.without(List.of(Glob.of("a/**"))), Direction.BOTH);
    laptop.write("a/x", "in a folder");
    laptop.run();
    part.write("a", "file");
    part.write("b", "1");
    assertEquals(new Outcome.Equal(), part.run().outcome());
    assertEquals(Map.of("a/x", "in a folder", "b", "1"), bench.ledgerFiles());
    assertEquals(new FilePath("a"), bench.ledger.conflicts().getFirst().path());
  }

  @Test
  void aHeldPlanDoesNothingUntilAPersonApprovesIt() {
    Workbench.Desk guarded =
        bench.desk("guarded", PathMapping.WHOLE, Direction.BOTH, new Safeguard(0, 0.3));
    guarded.write("a", "1");
    guarded.write("b", "2");
    guarded.run();
    guarded.delete("a");
    Outcome.Held held = assertInstanceOf(Outcome.Held.class, guarded.run().outcome());
    assertEquals(Map.of("a", "1", "b", "2"), bench.ledgerFiles());
    bench.journal.approve(guarded.link.name(), held.fingerprint());
    assertEquals(new Outcome.Equal(), guarded.run().outcome());
    assertEquals(Map.of("b", "2"), bench.ledgerFiles());
  }

  @Test
  void oneApprovalDoesForAllLinksThatALossReaches() {
    var few = new Safeguard(0, 0.3);
    Workbench.Desk first = bench.desk("first", PathMapping.WHOLE, Direction.BOTH, few);
    Workbench.Desk second = bench.desk("second", PathMapping.WHOLE, Direction.BOTH, few);
    first.write("a", "1");
    first.write("b", "2");
    first.run();
    second.run();
    first.delete("a");
    Outcome.Held held = assertInstanceOf(Outcome.Held.class, first.run().outcome());
    bench.journal.approve(first.link.name(), held.fingerprint());
    first.run();
    assertEquals(new Outcome.Equal(), second.run().outcome());
    assertEquals(Map.of("b", "2"), second.files());
    second.delete("b");
    assertInstanceOf(Outcome.Held.class, second.run().outcome());
  }

  @Test
  void theBaseCountsTheFilesThatTheLinkSees() {
    laptop.write("a", "1");
    laptop.write("b", "1");
    laptop.run();
    office.runAndDieAfterWriting();
    office.run();
    laptop.delete("a");
    laptop.run();
    office.run();
    assertEquals(1, bench.ledger.base(laptop.link.name()).count());
    assertEquals(1, bench.ledger.base(office.link.name()).count());
    assertEquals(Changes.NONE, bench.ledger.base(office.link.name()).offered());
  }

  private void conflict() {
    laptop.write("a", "1\n");
    laptop.run();
    office.run();
    laptop.write("a", "2\n");
    laptop.run();
    office.write("a", "3\n");
    office.run();
    assertEquals(1, bench.ledger.conflicts().size());
  }

  @Test
  void aFileThatAHintNamesShowsThatItsFolderIsNoFile() {
    laptop.write("a", "1");
    laptop.run();
    office.run();
    office.delete("a");
    office.write("a/x", "2");
    office.run(new Hints.At(Set.of(new FilePath("a/x"))));
    assertEquals(Map.of("a/x", "2"), bench.ledgerFiles());
  }

  @Test
  void anEndpointsClockCountsOnlyBetweenTwoLooks() {
    Workbench.Desk early = bench.deskOfTheNewest("early", Duration.ofDays(365));
    Workbench.Desk late = bench.deskOfTheNewest("late", Duration.ZERO);
    early.write("a", "0\n");
    early.run();
    late.run();
    bench.clock.move(Duration.ofMinutes(1));
    early.write("a", "1\n");
    early.run();
    bench.clock.move(Duration.ofMinutes(1));
    late.write("a", "2\n");
    late.run();
    assertEquals(Map.of("a", "2\n"), bench.ledgerFiles());
  }

  @Test
  void aClockThatJumpedBackMakesNothingLater() {
    Workbench.Desk one = bench.deskOfTheNewest("one", Duration.ZERO);
    Workbench.Desk ahead = bench.deskOfTheNewest("ahead", Duration.ofMinutes(30));
    one.write("a", "0\n");
    one.run();
    ahead.run();
    bench.clock.move(Duration.ofHours(-1));
    one.write("a", "1\n");
    one.run();
    ahead.write("a", "2\n");
    ahead.run();
    // Both were after the base, and nobody can say which was first: the ledger's stands.
    assertEquals(Map.of("a", "1\n"), bench.ledgerFiles());
  }

  private void assertEverywhere(Map<String, String> files) {
    assertEquals(files, bench.ledgerFiles());
    assertEquals(files, laptop.files());
    assertEquals(files, office.files());
  }
}
