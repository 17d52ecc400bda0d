package dev.syncline.testkit.workspace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.syncline.core.flow.Resolver;
import dev.syncline.core.merge.Conflict;
import dev.syncline.core.merge.Resolution;
import dev.syncline.core.merge.Side;
import dev.syncline.core.model.Author;
import dev.syncline.core.model.Changes;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.Glob;
import dev.syncline.core.model.PathMapping;
import dev.syncline.core.model.RunId;
import dev.syncline.core.model.SyncException;
import dev.syncline.core.plan.Direction;
import dev.syncline.core.port.Recorded;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A person's answers to a conflict. */
final class ResolverTest {

  private final Workbench bench = new Workbench();
  private final Workbench.Desk laptop = bench.desk("laptop");
  private final Workbench.Desk office = bench.desk("office");

  @Test
  void theLedgersVersionCanStand() {
    answer(conflict(), new Resolution.Choose(Side.OURS));
    assertEverywhere(Map.of("a", "2\n"));
  }

  @Test
  void theEndpointsVersionCanStand() {
    answer(conflict(), new Resolution.Choose(Side.THEIRS));
    assertEverywhere(Map.of("a", "3\n"));
  }

  @Test
  void bothCanStandUnderNamesOfTheirOwn() {
    answer(conflict(), new Resolution.Both());
    assertEverywhere(Map.of("a", "2\n", "a (from office)", "3\n"));
  }

  @Test
  void somethingElseCanStand() {
    answer(conflict(), new Resolution.Supply(Optional.of(bench.version("4\n"))));
    assertEverywhere(Map.of("a", "4\n"));
  }

  @Test
  void theFileCanGo() {
    answer(conflict(), new Resolution.Supply(Optional.empty()));
    assertEverywhere(Map.of());
  }

  @Test
  void whatWasSetAsideStaysInTheHistory() {
    answer(conflict(), new Resolution.Choose(Side.OURS));
    assertTrue(bench.everHeld(bench.version("3\n")));
    assertEquals(List.of(), bench.ledger.conflicts());
  }

  @Test
  void anAnswerToWhatIsNoLongerSoIsNotRecorded() {
    Conflict conflict = conflict();
    laptop.write("a", "5\n");
    laptop.run();
    assertInstanceOf(Recorded.Moved.class, resolve(conflict, new Resolution.Choose(Side.THEIRS)));
    assertEquals(Map.of("a", "5\n"), bench.ledgerFiles());
    assertEquals(1, bench.ledger.conflicts().size());
  }

  @Test
  void anAnswerToWhatTheEndpointNoLongerHoldsIsNotRecorded() {
    Conflict conflict = conflict();
    office.write("a", "4\n");
    office.run();
    assertInstanceOf(Recorded.Moved.class, resolve(conflict, new Resolution.Choose(Side.OURS)));
    office.run();
    assertEquals(Map.of("a", "4\n"), office.files());
    assertEquals(1, bench.ledger.conflicts().size());
  }

  @Test
  void anEditAfterTheAnswerIsAnEditOfIt() {
    answer(conflict(), new Resolution.Choose(Side.THEIRS));
    office.write("a", "6\n");
    office.run();
    laptop.run();
    assertEverywhere(Map.of("a", "6\n"));
  }

  @Test
  void whatWasOfferedBeforeTheAnswerIsForgotten() {
    laptop.write("a", "1\n");
    laptop.run();
    office.run();
    laptop.write("a", "2\n");
    laptop.run();
    office.runAndDieAfterWriting();
    office.write("a", "3\n");
    office.run();
    Conflict conflict = bench.ledger.conflicts().getFirst();
    assertInstanceOf(
        Recorded.Committed.class, resolve(conflict, new Resolution.Choose(Side.THEIRS)));
    assertEquals(Changes.NONE, bench.ledger.base(office.link.name()).offered());
    // Now 2 is an edit like any other, and not what Syncline once wrote there.
    office.write("a", "2\n");
    office.run();
    laptop.run();
    assertEverywhere(Map.of("a", "2\n"));
  }

  @Test
  void aFileCannotStandWhereTheLedgerHasAFolder() {
    Workbench.Desk part =
        bench.desk("part", PathMapping.without(List.of(Glob.of("a/**"))), Direction.BOTH);
    laptop.write("a/x", "in a folder");
    laptop.run();
    part.write("a", "file");
    part.run();
    Conflict conflict = bench.ledger.conflicts().getFirst();
    assertThrows(
        SyncException.Invalid.class, () -> resolve(conflict, new Resolution.Choose(Side.THEIRS)));
    assertInstanceOf(Recorded.Committed.class, resolve(conflict, new Resolution.Both()));
    part.run();
    assertEquals(Map.of("a/x", "in a folder", "a (from part)", "file"), bench.ledgerFiles());
    assertEquals(Map.of("a (from part)", "file"), part.files());
  }

  private Conflict conflict() {
    laptop.write("a", "1\n");
    laptop.run();
    office.run();
    laptop.write("a", "2\n");
    laptop.run();
    office.write("a", "3\n");
    office.run();
    Conflict conflict = bench.ledger.conflicts().getFirst();
    assertEquals(new FilePath("a"), conflict.path());
    return conflict;
  }

  private void answer(Conflict conflict, Resolution resolution) {
    assertInstanceOf(Recorded.Committed.class, resolve(conflict, resolution));
    office.run();
    laptop.run();
  }

  private Recorded resolve(Conflict conflict, Resolution resolution) {
    return new Resolver(bench.ledger)
        .resolve(
            new RunId("answer-1"),
            conflict,
            resolution,
            new Author("a person", ""),
            bench.clock.instant());
  }

  private void assertEverywhere(Map<String, String> files) {
    assertEquals(files, bench.ledgerFiles());
    assertEquals(files, laptop.files());
    assertEquals(files, office.files());
  }
}
