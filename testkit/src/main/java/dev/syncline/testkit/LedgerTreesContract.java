package dev.syncline.testkit;

import static dev.syncline.testkit.LedgerSteps.ADA;
import static dev.syncline.testkit.LedgerSteps.BEN;
import static dev.syncline.testkit.LedgerSteps.LINK;
import static dev.syncline.testkit.LedgerSteps.NOON;
import static dev.syncline.testkit.LedgerSteps.agreed;
import static dev.syncline.testkit.LedgerSteps.changes;
import static dev.syncline.testkit.LedgerSteps.edit;
import static dev.syncline.testkit.LedgerSteps.put;
import static dev.syncline.testkit.LedgerSteps.remove;
import static dev.syncline.testkit.LedgerSteps.with;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.syncline.core.merge.Conflict;
import dev.syncline.core.model.Base;
import dev.syncline.core.model.Changes;
import dev.syncline.core.model.ContentId;
import dev.syncline.core.model.FileChange;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.FileVersion;
import dev.syncline.core.model.Snapshot;
import dev.syncline.core.port.Head;
import dev.syncline.core.port.Recorded;
import dev.syncline.core.port.Recording;
import dev.syncline.core.port.Recording.Theirs;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every ledger answers to a recording that no tree can hold, or that contradicts itself. */
abstract class LedgerTreesContract extends LedgerStage {

  @Test
  void recordingThatContradictsItselfIsADefect() {
    Head head = steps().record(steps().put("a", "1"));
    Changes one = changes(head.files(), steps().put("b", "1"));
    Changes other = changes(head.files(), steps().put("b", "2"));
    var edits = new Theirs.Edits(List.of(edit(ADA, "Edit", other)));
    mustBeDefect(steps().recording(head, one, edits));
  }

  @Test
  void aFolderListsWhatLiesInItAndNotBelow() {
    Head head =
        steps()
            .record(
                steps().put("a", "1"),
                steps().put("b/c", "2"),
                steps().put("b/d/e", "3"),
                steps().put("b.txt", "4"));
    assertEquals(
        Set.of(new FilePath("a"), new FilePath("b.txt")),
        head.files().list(Optional.empty()).files().keySet());
    assertEquals(Set.of(new FilePath("b")), head.files().list(Optional.empty()).folders());
    assertEquals(
        Map.of(new FilePath("b/c"), steps().file("2")),
        head.files().list(Optional.of(new FilePath("b"))).files());
    assertEquals(
        Set.of(new FilePath("b/d")), head.files().list(Optional.of(new FilePath("b"))).folders());
    for (String none : List.of("a", "x", "b/x")) {
      assertEquals(
          new Snapshot.Listing(Map.of(), Set.of()),
          head.files().list(Optional.of(new FilePath(none))));
    }
  }

  @Test
  void fileWhereAFolderIsIsADefect() {
    Head head = steps().record(steps().put("a/b", "1"));
    mustBeDefect(steps().edit(head, steps().put("a", "2")));
  }

  @Test
  void folderWhereAFileIsIsADefect() {
    Head head = steps().record(steps().put("a", "1"));
    mustBeDefect(steps().edit(head, steps().put("a/b", "2")));
    mustBeDefect(steps().edit(head, steps().put("b/c", "2"), steps().put("b", "2")));
  }

  @Test
  void changesFromWhatTheVersionDoesNotHoldAreADefect() {
    Head head = steps().record(steps().put("a", "1"));
    var wrong = new FileChange.Modified(steps().file("other"), steps().file("2"));
    var changes = Changes.of(Map.of(new FilePath("a"), wrong));
    mustBeDefect(steps().edits(head, edit(ADA, "Edit", changes)));
  }

  @Test
  void baseThatNoTreeCanHoldIsADefect() {
    Head head = steps().record(steps().put("a", "1"));
    Changes below = changes(head.files(), steps().put("a/b", "2"));
    mustBeDefect(agreed(steps().edits(head), LINK, below, Changes.NONE));
    var wrong = new FileChange.Removed(steps().file("other"));
    Changes removed = Changes.of(Map.of(new FilePath("a"), wrong));
    mustBeDefect(agreed(steps().edits(head), LINK, removed, Changes.NONE));
  }

  @Test
  void baseThatNoTreeCanHoldIsADefectEvenIfTheLedgerMovedSince() {
    Head old = steps().record(steps().put("a", "1"));
    Changes below = changes(old.files(), steps().put("a/b", "2"));
    Head head = steps().record(remove("a"));
    Recording late = agreed(steps().edits(old), LINK, below, Changes.NONE);
    assertThrows(IllegalArgumentException.class, () -> ledger().record(late));
    assertEquals(head.commit(), ledger().head().commit());
  }

  @Test
  void editsThatNoTreeCanHoldOneByOneAreOneVersion() {
    Head head = steps().record(steps().put("a", "1"));
    Changes folder = changes(head.files(), steps().put("a/b", "2"));
    Changes gone = changes(head.files(), remove("a"));
    Head after =
        steps().must(steps().edits(head, edit(ADA, "Add", folder), edit(BEN, "Remove", gone)));
    assertEquals(Optional.of("2"), steps().text(after.files(), "a/b"));
    assertEquals(2, history().size());
    assertEquals(BEN, history().getFirst().author());
  }

  @Test
  void mergedEditsThatNoTreeCanHoldAreADefect() {
    Head head = steps().record(steps().put("a", "1"));
    steps().must(agreed(steps().edits(head), LINK, Changes.NONE, Changes.NONE));
    Base base = ledger().base(LINK);
    Changes folder = changes(head.files(), steps().put("a/b", "2"));
    Changes result = changes(head.files(), steps().put("c", "2"));
    var merged = new Theirs.Merged(List.of(edit(BEN, "Add", folder)), base);
    Recording wrong =
        agreed(steps().recording(head, result, merged), LINK, Changes.NONE, Changes.NONE);
    assertThrows(IllegalArgumentException.class, () -> ledger().record(wrong));
    assertEquals(head.commit(), ledger().head().commit());
    assertEquals(base.files(), ledger().base(LINK).files());
  }

  @Test
  void editsOfNoLinkCannotBeMerged() {
    Head head = steps().record(steps().put("a", "1"));
    Changes edit = changes(head.files(), steps().put("b", "1"));
    var merged = new Theirs.Merged(List.of(edit(ADA, "Edit", edit)), ledger().base(LINK));
    mustBeDefect(steps().recording(head, edit, merged));
  }

  @Test
  void mergedOnAnotherBaseHasMoved() {
    Base old = ledger().base(LINK);
    Head head = steps().record(steps().put("a", "1"));
    steps().must(agreed(steps().edits(head), LINK, Changes.NONE, Changes.NONE));
    Changes edit = changes(head.files(), steps().put("b", "1"));
    var merged = new Theirs.Merged(List.of(edit(ADA, "Edit", edit)), old);
    Recording late =
        agreed(steps().recording(head, edit, merged), LINK, Changes.NONE, Changes.NONE);
    assertInstanceOf(Recorded.Moved.class, ledger().record(late));
    assertEquals(head.commit(), ledger().head().commit());
  }

  @Test
  void answerToAConflictThatIsClosedHasMoved() {
    Head head = steps().record(steps().put("a", "ours"));
    Conflict conflict = steps().conflict("a", "base", "ours", "theirs", NOON);
    Changes answer = changes(head.files(), steps().put("a", "theirs"));
    var resolved = new Theirs.Resolved(edit(BEN, "Resolve a", answer), conflict.id());
    Recording late = with(steps().recording(head, answer, resolved), List.of(), Set.of());
    assertInstanceOf(Recorded.Moved.class, ledger().record(late));
    assertEquals(head.commit(), ledger().head().commit());
  }

  @Test
  void contentsThatWereNeverPutAreADefect() {
    Head head = steps().record(steps().put("a", "1"));
    var missing = FileVersion.regular(ContentId.ofContents(new byte[] {7}));
    mustBeDefect(steps().edit(head, put("b", missing)));
    mustBeDefect(
        agreed(steps().edits(head), LINK, Changes.NONE, changes(head.files(), put("b", missing))));
  }

  private void mustBeDefect(Recording recording) {
    Optional<?> before = ledger().head().commit();
    assertThrows(IllegalArgumentException.class, () -> ledger().record(recording));
    assertEquals(before, ledger().head().commit());
    assertEquals(Instant.EPOCH, ledger().base(LINK).at());
  }
}
