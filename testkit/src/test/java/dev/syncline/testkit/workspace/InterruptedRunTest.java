package dev.syncline.testkit.workspace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.syncline.core.merge.Conflict;
import dev.syncline.core.plan.Outcome;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Runs that die, or during which something else happens. */
final class InterruptedRunTest {

  private final Workbench bench = new Workbench();
  private final Workbench.Desk laptop = bench.desk("laptop");
  private final Workbench.Desk office = bench.desk("office");

  @Test
  void itMayBeStoppedBetweenAnyTwoSteps() {
    int step = 0;
    while (playWithCrashAt(step)) {
      step++;
    }
    assertTrue(step > 20, "there were only " + step + " steps");
  }

  /** Two endpoints with two changes each, a merge and a conflict; whether it came to the crash. */
  private static boolean playWithCrashAt(int step) {
    var bench = new Workbench();
    Workbench.Desk left = bench.desk("left");
    Workbench.Desk right = bench.desk("right");
    left.write("merged", "1\n2\n3\n");
    left.write("gone", "gone");
    left.write("conflict", "1\n");
    left.run();
    right.run();
    left.write("merged", "0\n2\n3\n");
    left.write("conflict", "2\n");
    right.write("merged", "1\n2\n4\n");
    right.write("conflict", "3\n");
    right.write("new", "new");
    right.delete("gone");
    bench.dieAt(step);
    boolean crashed = false;
    for (Workbench.Desk desk : List.of(left, right, left, right, left)) {
      try {
        desk.run();
      } catch (Crash crash) {
        crashed = true;
        desk.run();
      }
    }
    String where = "after a crash at step " + step;
    assertEquals(
        Map.of("merged", "0\n2\n4\n", "conflict", "2\n", "new", "new"), left.files(), where);
    assertEquals(left.files(), bench.ledgerFiles(), where);
    assertEquals(
        Map.of("merged", "0\n2\n4\n", "conflict", "3\n", "new", "new"), right.files(), where);
    assertEquals(1, bench.ledger.conflicts().size(), where);
    bench.dieAt(-1);
    return crashed;
  }

  @Test
  void whatWasWrittenBeforeACrashIsNobodysEdit() {
    laptop.write("a", "1\n");
    laptop.run();
    office.runAndDieAfterWriting();
    assertEquals(Map.of("a", "1\n"), office.files());
    laptop.write("a", "2\n");
    laptop.run();
    // Had "1" been taken for an edit of the office's, it would be in conflict with "2".
    office.run();
    assertEverywhere(Map.of("a", "2\n"));
    assertEquals(List.of(), bench.ledger.conflicts());
  }

  @Test
  void roomThatSomebodyMakesWhileFilesAreWrittenIsRoom() {
    for (int step = 0; step < 20; step++) {
      var bench = new Workbench();
      Workbench.Desk left = bench.desk("left");
      Workbench.Desk right = bench.desk("right");
      left.write("a", "1");
      left.run();
      right.run();
      left.delete("a");
      left.write("a/b", "2");
      left.run();
      bench.meanwhile(
          step,
          () -> {
            if (!right.files().containsKey("a/b")) {
              right.write("a", "3");
              bench.meanwhile(0, () -> right.delete("a"));
            }
          });
      right.run();
      bench.meanwhile(-1, () -> {});
      right.run();
      right.run();
      assertEquals("2", right.files().get("a/b"), "at step " + step);
      assertEquals(right.files(), bench.ledgerFiles(), "at step " + step);
    }
  }

  @Test
  void aFolderInPlaceOfWhatWasTakenAwayBeforeACrashIsMergedIn() {
    laptop.write("a", "1\n2\n3\n");
    laptop.write("b", "gone soon");
    laptop.run();
    office.run();
    laptop.delete("b");
    laptop.run();
    office.runAndDieAfterWriting();
    laptop.write("a", "0\n2\n3\n");
    laptop.run();
    office.write("a", "1\n2\n4\n");
    office.write("b/c", "new");
    office.run();
    laptop.run();
    assertEverywhere(Map.of("a", "0\n2\n4\n", "b/c", "new"));
  }

  @Test
  void whatNobodyKnowsTheOrderOfIsKeptTwice() {
    laptop.write("a", "1\n");
    laptop.run();
    office.run();
    laptop.write("a", "2\n");
    laptop.run();
    office.runAndDieAfterWriting();
    // Made on 1 or on 2: nobody can tell.
    office.write("a", "3\n");
    office.run();
    Conflict conflict = bench.ledger.conflicts().getFirst();
    assertEquals(Optional.of(bench.version("2\n")), conflict.sides().ours());
    assertEquals(Optional.of(bench.version("3\n")), conflict.sides().theirs());
  }

  @Test
  void whatWasPutBackBeforeAnybodyCouldSeeItIsWrittenAgain() {
    laptop.write("a", "1");
    laptop.run();
    office.run();
    laptop.write("a", "2");
    laptop.run();
    office.runAndDieAfterWriting();
    office.write("a", "1");
    office.run();
    assertEverywhere(Map.of("a", "2"));
  }

  @Test
  void whatWasOfferedIsRememberedWhereNobodyCouldLook() {
    laptop.write("a", "1\n");
    laptop.run();
    office.run();
    laptop.write("a", "2\n");
    laptop.run();
    office.runAndDieAfterWriting();
    laptop.write("b", "1\n");
    laptop.run();
    bench.hide("a");
    office.run();
    bench.showAll();
    laptop.write("a", "3\n");
    laptop.run();
    office.run();
    assertEverywhere(Map.of("a", "3\n", "b", "1\n"));
  }

  @Test
  void whatWasOfferedIsRememberedWhereNotAllWasSeen() {
    laptop.write("a", "1\n");
    laptop.run();
    office.runAndDieAfterWriting();
    laptop.delete("a");
    laptop.run();
    bench.passOver("a");
    office.write("b", "1\n");
    office.run();
    bench.showAll();
    office.run();
    laptop.run();
    assertEverywhere(Map.of("b", "1\n"));
  }

  @Test
  void whatTheLedgerDidNotTakeIsNotBrought() {
    laptop.write("a", "1\n");
    laptop.write("b", "1\n");
    laptop.run();
    office.run();
    laptop.write("b", "2\n");
    laptop.run();
    laptop.write("a", "2\n");
    office.write("a", "3\n");
    // After it looked at two files, and before it records.
    bench.meanwhile(3, laptop::run);
    assertInstanceOf(Outcome.Again.class, office.run().outcome());
    assertEquals(Map.of("a", "2\n", "b", "2\n"), bench.ledgerFiles());
    assertEquals(Map.of("a", "3\n", "b", "1\n"), office.files());
  }

  @Test
  void whatWasNotBroughtIsNotAgreedOn() {
    laptop.write("a", "1\n");
    laptop.run();
    office.run();
    laptop.write("a", "2\n");
    laptop.run();
    // After it looked and recorded, and before it writes.
    bench.meanwhile(4, () -> office.write("a", "3\n"));
    assertInstanceOf(Outcome.Again.class, office.run().outcome());
    office.run();
    assertEquals(1, bench.ledger.conflicts().size());
    assertEquals(Map.of("a", "2\n"), bench.ledgerFiles());
    assertEquals(Map.of("a", "3\n"), office.files());
  }

  private void assertEverywhere(Map<String, String> files) {
    assertEquals(files, bench.ledgerFiles());
    assertEquals(files, laptop.files());
    assertEquals(files, office.files());
  }
}
