package dev.syncline.testkit.workspace;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.Glob;
import dev.syncline.core.model.PathMapping;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A link that is told to see something else. */
final class RemappingTest {

  private static final PathMapping WITHOUT_B = PathMapping.without(List.of(Glob.of("b")));
  private static final PathMapping DOCS =
      new PathMapping(Optional.of(new FilePath("docs")), List.of(), List.of(), List.of());

  private final Workbench bench = new Workbench();
  private final Workbench.Desk laptop = bench.desk("laptop");
  private final Workbench.Desk office = bench.desk("office");

  @BeforeEach
  void twoFilesOnBothSides() {
    laptop.write("a", "1");
    laptop.write("b", "1");
    laptop.write("docs/c", "1");
    laptop.run();
    office.run();
  }

  @Test
  void whatIsNoLongerSeenStaysOnBothSides() {
    office.remap(WITHOUT_B);
    office.delete("b");
    office.run();
    assertEquals(Map.of("a", "1", "b", "1", "docs/c", "1"), bench.ledgerFiles());
    laptop.write("b", "2");
    laptop.run();
    office.run();
    assertEquals(Map.of("a", "1", "docs/c", "1"), office.files());
  }

  @Test
  void theAbsenceOfWhatIsSeenAnewIsNoDeletion() {
    office.remap(WITHOUT_B);
    office.run();
    office.delete("b");
    office.remap(PathMapping.WHOLE);
    office.run();
    assertEquals(Map.of("a", "1", "b", "1", "docs/c", "1"), office.files());
    assertEquals(office.files(), bench.ledgerFiles());
  }

  @Test
  void whatIsSeenElsewhereIsNotDeletedWhereItWas() {
    office.remap(DOCS);
    office.run();
    // a and b are now docs/a and docs/b, for the office's files are the ledger's docs.
    assertEquals(
        Map.of("a", "1", "b", "1", "docs/c", "1", "docs/a", "1", "docs/b", "1", "docs/docs/c", "1"),
        bench.ledgerFiles());
    assertEquals(Map.of("a", "1", "b", "1", "c", "1", "docs/c", "1"), office.files());
  }

  @Test
  void whatIsSeenWhereItWasStaysAgreedOn() {
    office.write("a", "2");
    laptop.delete("docs/c");
    laptop.run();
    office.remap(WITHOUT_B);
    office.run();
    assertEquals(Map.of("a", "2", "b", "1"), bench.ledgerFiles());
    assertEquals(Map.of("a", "2", "b", "1"), office.files());
    assertEquals(1, bench.ledger.base(office.link.name()).count());
  }

  @Test
  void whatWasOfferedBeforeIsNobodysEditAfterwards() {
    laptop.write("new", "1");
    laptop.run();
    office.runAndDieAfterWriting();
    laptop.delete("new");
    laptop.run();
    office.remap(WITHOUT_B);
    office.run();
    // Had it been taken for the office's own, it would be back.
    assertEquals(Map.of("a", "1", "b", "1", "docs/c", "1"), bench.ledgerFiles());
    assertEquals(bench.ledgerFiles(), office.files());
  }
}
