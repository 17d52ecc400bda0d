package dev.syncline.server.endpoint.git;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.syncline.core.model.Author;
import dev.syncline.core.model.Changes;
import dev.syncline.core.model.CommitId;
import dev.syncline.core.model.ContentId;
import dev.syncline.core.model.FileChange;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.FileVersion;
import dev.syncline.core.model.SyncException;
import dev.syncline.core.port.Applied;
import dev.syncline.core.port.Delivery;
import dev.syncline.core.port.Edit;
import dev.syncline.core.port.Hints;
import dev.syncline.core.port.Observed;
import dev.syncline.core.port.RemoteBranch.Pushed;
import dev.syncline.testkit.MapSnapshot;
import dev.syncline.testkit.MemoryContents;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What a branch is seen as, and how a push ends for each path. */
final class GitEndpointTest {

  private static final CommitId OLD = new CommitId("1".repeat(40));
  private static final CommitId NEW = new CommitId("2".repeat(40));
  private static final CommitId VERSION = new CommitId("3".repeat(40));
  private static final FileVersion ONE = file("one");
  private static final FileVersion TWO = file("two");

  private final MemoryBranch branch = new MemoryBranch();
  private final MemoryContents contents = new MemoryContents();
  private Optional<CommitId> agreed = Optional.empty();

  @Test
  void nothingIsSeenWhereNoBranchIsYet() {
    assertEquals(List.of(), look(MapSnapshot.EMPTY).edits());
    assertEquals(Optional.empty(), look(MapSnapshot.EMPTY).tip());
  }

  @Test
  void whatWasCommittedIsTheNewestCommitsEdit() {
    branch.commit(NEW, Map.of("a", TWO), OLD);
    Observed seen = look(snapshot(Map.of("a", ONE)));
    assertEquals(
        List.of(
            new Edit(
                new Author("Anna", "anna@example.org"),
                MemoryBranch.AT,
                "commit 2",
                changes(Map.of("a", new FileChange.Modified(ONE, TWO))))),
        seen.edits());
    assertEquals(Optional.of(NEW), seen.tip());
    assertEquals(Optional.empty(), seen.alarm());
  }

  @Test
  void aBranchThatHoldsTheBaseHasNoChanges() {
    branch.commit(NEW, Map.of("a", ONE), OLD);
    Observed seen = look(snapshot(Map.of("a", ONE)));
    assertEquals(List.of(), seen.edits());
    assertEquals(Optional.of(NEW), seen.tip());
  }

  @Test
  void aHistoryThatGoesOnIsNoAlarm() {
    branch.commit(NEW, Map.of("a", TWO), OLD);
    agreed = Optional.of(OLD);
    assertEquals(Optional.empty(), look(MapSnapshot.EMPTY).alarm());
    agreed = Optional.of(NEW);
    assertEquals(Optional.empty(), look(MapSnapshot.EMPTY).alarm());
  }

  @Test
  void aHistoryThatWasRewrittenIsAnAlarm() {
    branch.commit(NEW, Map.of("a", TWO));
    agreed = Optional.of(OLD);
    String alarm = look(MapSnapshot.EMPTY).alarm().orElseThrow();
    assertTrue(alarm.contains("rewritten") && alarm.contains(OLD.brief()), alarm);
    assertEquals(Optional.of(NEW), look(MapSnapshot.EMPTY).tip());
  }

  @Test
  void aBranchThatIsGoneIsNeverTakenForAnEmptyOne() {
    agreed = Optional.of(OLD);
    assertThrows(SyncException.Unavailable.class, () -> look(snapshot(Map.of("a", ONE, "b", TWO))));
  }

  @Test
  void everyPathOfAPushEndsAsThePushDoes() {
    Changes changes =
        changes(Map.of("a", new FileChange.Modified(ONE, TWO), "b", new FileChange.Removed(ONE)));
    var delivery = new Delivery(changes, VERSION, Optional.of(NEW));
    branch.willEnd(new Pushed.Done());
    assertEquals(
        new Applied(both(new Applied.Result.Done()), Optional.of(VERSION)), apply(delivery));
    assertEquals(List.of(VERSION + " on " + NEW), branch.pushes());
    branch.willEnd(new Pushed.Moved());
    assertEquals(new Applied(both(new Applied.Result.Moved()), Optional.empty()), apply(delivery));
    branch.willEnd(new Pushed.Refused("protected"));
    assertEquals(
        new Applied(both(new Applied.Result.Refused("protected")), Optional.empty()),
        apply(delivery));
  }

  @Test
  void theHostIsNotAskedWhereOnlyTheLedgerMoved() {
    branch.commit(OLD, Map.of("a", ONE));
    var ledgerMoved = new Hints.At(Set.of());
    var base = snapshot(Map.of("a", ONE));
    try (var endpoint = new GitEndpoint(branch, () -> agreed)) {
      assertEquals(Optional.of(OLD), endpoint.observe(base, ledgerMoved, contents).tip());
      assertEquals(1, branch.fetches(), "who has seen nothing yet has to look");
      Observed seen = endpoint.observe(base, ledgerMoved, contents);
      assertEquals(Optional.of(OLD), seen.tip());
      assertEquals(List.of(), seen.edits());
      assertEquals(1, branch.fetches());

      var changes = changes(Map.of("a", new FileChange.Modified(ONE, TWO)));
      endpoint.apply(new Delivery(changes, VERSION, Optional.of(OLD)), contents);
      branch.commit(VERSION, Map.of("a", TWO), OLD);
      var pushed = snapshot(Map.of("a", TWO));
      assertEquals(Optional.of(VERSION), endpoint.observe(pushed, ledgerMoved, contents).tip());
      assertEquals(1, branch.fetches());

      branch.willEnd(new Pushed.Moved());
      endpoint.apply(new Delivery(changes, NEW, Optional.of(VERSION)), contents);
      branch.commit(NEW, Map.of("a", ONE), VERSION);
      assertEquals(Optional.of(NEW), endpoint.observe(pushed, ledgerMoved, contents).tip());
      assertEquals(2, branch.fetches(), "it moved");
      endpoint.observe(pushed, new Hints.Everywhere(), contents);
      assertEquals(3, branch.fetches());
    }
  }

  private Observed look(MapSnapshot base) {
    try (var endpoint = new GitEndpoint(branch, () -> agreed)) {
      return endpoint.observe(base, new Hints.Everywhere(), contents);
    }
  }

  private Applied apply(Delivery delivery) {
    try (var endpoint = new GitEndpoint(branch, () -> agreed)) {
      return endpoint.apply(delivery, contents);
    }
  }

  private static Map<FilePath, Applied.Result> both(Applied.Result result) {
    return Map.of(new FilePath("a"), result, new FilePath("b"), result);
  }

  private static FileVersion file(String text) {
    return FileVersion.regular(ContentId.ofContents(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static MapSnapshot snapshot(Map<String, FileVersion> files) {
    return MemoryBranch.snapshot(files);
  }

  private static Changes changes(Map<String, FileChange> changes) {
    var byPath = new TreeMap<FilePath, FileChange>();
    changes.forEach((path, change) -> byPath.put(new FilePath(path), change));
    return new Changes(byPath);
  }
}
