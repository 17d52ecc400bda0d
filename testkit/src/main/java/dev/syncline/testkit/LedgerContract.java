package dev.syncline.testkit;

import static dev.syncline.testkit.LedgerSteps.ADA;
import static dev.syncline.testkit.LedgerSteps.BEN;
import static dev.syncline.testkit.LedgerSteps.LINK;
import static dev.syncline.testkit.LedgerSteps.NOON;
import static dev.syncline.testkit.LedgerSteps.agreed;
import static dev.syncline.testkit.LedgerSteps.changes;
import static dev.syncline.testkit.LedgerSteps.edit;
import static dev.syncline.testkit.LedgerSteps.filesOf;
import static dev.syncline.testkit.LedgerSteps.remove;
import static dev.syncline.testkit.LedgerSteps.with;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.syncline.core.merge.Conflict;
import dev.syncline.core.merge.ConflictId;
import dev.syncline.core.merge.ThreeWay;
import dev.syncline.core.model.Base;
import dev.syncline.core.model.Changes;
import dev.syncline.core.model.CommitId;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.Glob;
import dev.syncline.core.model.LinkName;
import dev.syncline.core.model.PathMapping;
import dev.syncline.core.port.Head;
import dev.syncline.core.port.Recording;
import dev.syncline.core.port.Recording.Agreement;
import dev.syncline.core.port.Recording.Theirs;
import dev.syncline.core.port.Version;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * What every ledger must keep: versions, what links agreed on, and conflicts. A ledger's test
 * extends it and says how to open one.
 */
public abstract class LedgerContract extends LedgerVersionsContract {

  @Test
  void linkThatNeverRanAgreedOnNothing() {
    Base base = ledger().base(LINK);
    assertEquals(MapSnapshot.EMPTY, filesOf(base.files()));
    assertEquals(Changes.NONE, base.offered());
    assertEquals(0, base.count());
    assertEquals(PathMapping.WHOLE, base.mapping());
    assertEquals(Optional.empty(), base.tip());
    assertEquals(Instant.EPOCH, base.at());
  }

  @Test
  void aLinksBaseIsWhatItAgreedOn() throws Exception {
    Head old = steps().record(steps().put("a", "1"), steps().put("b", "1"));
    clock.move(Duration.ofMinutes(3).plusMillis(7));
    Recording edit = steps().edit(old, steps().put("c", "1"), steps().put("d/e", "1"));
    MapSnapshot after = filesOf(old.files()).with(edit.changes());
    Changes behind = changes(after, remove("a"), steps().put("b", "0"), steps().put("gone/x", "0"));
    MapSnapshot agreed = after.with(behind);
    Changes offered =
        changes(agreed, steps().put("a", "1"), steps().put("b", "1"), remove("gone/x"));
    var mapping =
        new PathMapping(
            Optional.of(new FilePath("top \"\\\uDC80")),
            List.of(Glob.of("**/*.md"), Glob.of("x\ny")),
            List.of(Glob.of("*.tmp")),
            List.of(new PathMapping.Renamed(new FilePath("one"), new FilePath("two/three"))));
    var tip = Optional.of(new CommitId("ab".repeat(20)));
    steps().must(agreed(edit, new Agreement(LINK, behind, offered, 42, mapping, tip)));
    reopen();
    Base base = ledger().base(LINK);
    assertEquals(agreed, filesOf(base.files()));
    assertEquals(offered, base.offered());
    assertEquals(42, base.count());
    assertEquals(mapping, base.mapping());
    assertEquals(tip, base.tip());
    assertEquals(clock.instant(), base.at());
    assertEquals(behind.reversed(), ledger().head().files().since(base.files()));
    assertEquals(Instant.EPOCH, ledger().base(new LinkName("other")).at());
  }

  @Test
  void whatWasOfferedComesBackEvenIfNoTreeCouldHoldIt() {
    Head old = steps().record(steps().put("a", "1"));
    Changes offered = changes(old.files(), steps().put("a/b", "1"), steps().put("c", "1"));
    steps().must(agreed(steps().edits(old), LINK, Changes.NONE, offered));
    assertEquals(offered, ledger().base(LINK).offered());
  }

  @Test
  void baseHasNothingOfWhatOthersRecordedMeanwhile() {
    Head old = steps().record(steps().put("a", "1"));
    Recording late =
        agreed(steps().edit(old, steps().put("b", "1")), LINK, Changes.NONE, Changes.NONE);
    steps().record(steps().put("c", "1"));
    steps().must(late);
    assertEquals(
        Set.of(new FilePath("a"), new FilePath("b")),
        filesOf(ledger().base(LINK).files()).files().keySet());
  }

  @Test
  void withoutChangesThereIsNoVersionButTheAgreementCounts() {
    Head head = steps().record(steps().put("a", "1"));
    Head same = steps().must(agreed(steps().edits(head), LINK, Changes.NONE, Changes.NONE));
    assertEquals(head.commit(), same.commit());
    assertEquals(1, history().size());
    assertEquals(filesOf(head.files()), filesOf(ledger().base(LINK).files()));
  }

  @Test
  void agreementCountsEvenIfNothingWasEverRecorded() {
    steps().must(agreed(steps().edits(ledger().head()), LINK, Changes.NONE, Changes.NONE));
    assertEquals(Optional.empty(), ledger().head().commit());
    assertEquals(7, ledger().base(LINK).count());
    Recording edit = steps().edit(ledger().head(), steps().put("a", "1"));
    steps()
        .must(
            agreed(
                steps()
                    .recording(
                        ledger().head(),
                        edit.changes(),
                        new Theirs.Merged(
                            ((Theirs.Edits) edit.theirs()).edits(), ledger().base(LINK))),
                LINK,
                Changes.NONE,
                Changes.NONE));
    assertEquals(Optional.of("1"), steps().text(ledger().head().files(), "a"));
  }

  @Test
  void mergedEditsStayInTheHistoryBesideTheResult() {
    Head start = steps().record(steps().put("a", "base"), steps().put("b", "base"));
    steps().must(agreed(steps().edits(start), LINK, Changes.NONE, Changes.NONE));
    Base base = ledger().base(LINK);
    Head ours = steps().record(steps().put("a", "ours"));
    Changes theirs = changes(base.files(), steps().put("a", "theirs"), steps().put("b", "theirs"));
    Changes result = changes(ours.files(), steps().put("a", "both"), steps().put("b", "theirs"));
    var merged = new Theirs.Merged(List.of(edit(BEN, "Their edit", theirs)), base);
    Head head =
        steps()
            .must(
                agreed(steps().recording(ours, result, merged), LINK, Changes.NONE, Changes.NONE));
    assertEquals(Optional.of("both"), steps().text(head.files(), "a"));
    Version side =
        history().stream()
            .filter(version -> version.author().equals(BEN))
            .findFirst()
            .orElseThrow();
    assertEquals("Their edit", side.message());
    assertEquals(Optional.of("theirs"), steps().text(ledger().at(side.id()), "a"));
    assertTrue(ids(history()).containsAll(ids(head, ours, start)));
    assertEquals(4, history().size());
  }

  @Test
  void conflictsWaitOldestFirstUntilTheyAreClosed() throws Exception {
    Head head = steps().record(steps().put("a", "ours"));
    Conflict late = steps().conflict("b", "0", "1", "2", NOON.plusSeconds(1));
    Conflict early = steps().conflict("a", "0", "1", "2", NOON);
    var one = new ThreeWay(Optional.empty(), Optional.empty(), late.sides().theirs());
    Conflict sparse =
        new Conflict(
            new LinkName("z"), new FilePath("x/\uDC80\n"), one, "", NOON.minusNanos(1), ADA);
    steps().must(with(steps().edits(head), List.of(late, early, sparse), Set.of()));
    assertEquals(List.of(sparse, early, late), ledger().conflicts());
    Conflict newer = steps().conflict("b", "0", "1", "3", NOON.plusSeconds(1));
    steps().must(with(steps().edits(head), List.of(newer), Set.of(early.id())));
    reopen();
    assertEquals(List.of(sparse, newer), ledger().conflicts());
    assertEquals("3", steps().text(newer.sides().theirs().orElseThrow().content()));
    steps()
        .must(
            with(
                steps().edits(ledger().head()),
                List.of(),
                Set.of(newer.id(), sparse.id(), ConflictId.of(LINK, new FilePath("never")))));
    assertEquals(List.of(), ledger().conflicts());
  }

  @Test
  void answerClosesAConflictAndIsAVersion() {
    Head head = steps().record(steps().put("a", "ours"));
    Conflict conflict = steps().conflict("a", "base", "ours", "theirs", NOON);
    steps().must(with(steps().edits(head), List.of(conflict), Set.of()));
    Changes answer = changes(head.files(), steps().put("a", "theirs"));
    var resolved = new Theirs.Resolved(edit(BEN, "Resolve a", answer), conflict.id());
    Head after =
        steps()
            .must(
                with(steps().recording(head, answer, resolved), List.of(), Set.of(conflict.id())));
    assertEquals(List.of(), ledger().conflicts());
    assertEquals(Optional.of("theirs"), steps().text(after.files(), "a"));
    assertEquals("Resolve a", history().getFirst().message());
    assertEquals(BEN, history().getFirst().author());
  }

  @Test
  void forgottenLinkHasNoBaseAndNoConflicts() {
    Head head = steps().record(steps().put("a", "1"));
    var other = new LinkName("other");
    Conflict conflict = steps().conflict("a", "0", "1", "2", NOON);
    Conflict others = new Conflict(other, new FilePath("a"), conflict.sides(), "why", NOON, ADA);
    steps()
        .must(
            with(
                agreed(steps().edits(head), LINK, Changes.NONE, Changes.NONE),
                List.of(conflict, others),
                Set.of()));
    steps().must(agreed(steps().edits(head), other, Changes.NONE, Changes.NONE));
    ledger().forget(LINK);
    ledger().forget(new LinkName("never"));
    assertEquals(0, ledger().base(LINK).count());
    assertEquals(7, ledger().base(other).count());
    assertEquals(List.of(others), ledger().conflicts());
    assertEquals(head.commit(), ledger().head().commit());
  }
}
