package dev.syncline.testkit;

import static dev.syncline.testkit.LedgerSteps.ADA;
import static dev.syncline.testkit.LedgerSteps.BEN;
import static dev.syncline.testkit.LedgerSteps.LINK;
import static dev.syncline.testkit.LedgerSteps.NOON;
import static dev.syncline.testkit.LedgerSteps.agreed;
import static dev.syncline.testkit.LedgerSteps.changes;
import static dev.syncline.testkit.LedgerSteps.edit;
import static dev.syncline.testkit.LedgerSteps.filesOf;
import static dev.syncline.testkit.LedgerSteps.put;
import static dev.syncline.testkit.LedgerSteps.remove;
import static dev.syncline.testkit.LedgerSteps.with;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.syncline.core.model.Changes;
import dev.syncline.core.model.CommitId;
import dev.syncline.core.model.ContentId;
import dev.syncline.core.model.FileChange;
import dev.syncline.core.model.FileMode;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.FileVersion;
import dev.syncline.core.model.SyncException;
import dev.syncline.core.port.Head;
import dev.syncline.core.port.Recorded;
import dev.syncline.core.port.Recording;
import dev.syncline.core.port.Version;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What every ledger must keep of files and their versions, whoever records them at once. */
abstract class LedgerVersionsContract extends LedgerTreesContract {

  @Test
  void emptyLedgerHasNoVersionAndNoFiles() {
    Head head = ledger().head();
    assertEquals(Optional.empty(), head.commit());
    assertEquals(MapSnapshot.EMPTY, filesOf(head.files()));
    assertEquals(List.of(), ledger().history(Optional.empty(), Optional.empty(), 10));
    assertEquals(List.of(), ledger().conflicts());
    assertThrows(SyncException.Invalid.class, () -> ledger().at(new CommitId("0".repeat(40))));
  }

  @Test
  void recordedFilesAreInTheNewestVersion() throws Exception {
    Head head = steps().record(steps().put("a.txt", "one"), steps().put("docs/deep/b.txt", "two"));
    assertEquals(head.commit(), ledger().head().commit());
    assertEquals(Optional.of("one"), steps().text(head.files(), "a.txt"));
    assertEquals(Optional.of("two"), steps().text(head.files(), "docs/deep/b.txt"));
    assertEquals(Optional.empty(), head.files().at(new FilePath("docs")));
    assertEquals(Optional.empty(), head.files().at(new FilePath("docs/deep/b.txt/c")));
    assertTrue(head.files().isFolder(new FilePath("docs/deep")));
    assertFalse(head.files().isFolder(new FilePath("a.txt")));
    assertFalse(head.files().isFolder(new FilePath("none")));
    if (reopen()) {
      assertEquals(head.commit(), ledger().head().commit());
      assertEquals(
          filesOf(head.files()).files().keySet(),
          filesOf(ledger().head().files()).files().keySet());
    }
  }

  @Test
  void editsBecomeVersionsOfTheirAuthorsNewestFirst() {
    Head empty = ledger().head();
    Changes first = changes(empty.files(), steps().put("a", "1"));
    Changes second = changes(empty.files(), steps().put("b", "2"));
    Head head =
        steps()
            .must(
                steps()
                    .edits(empty, edit(ADA, "Add a\n\nFor b.", first), edit(BEN, "Add b", second)));
    List<Version> history = ledger().history(Optional.empty(), Optional.empty(), 10);
    assertEquals(2, history.size());
    assertEquals(head.commit(), Optional.of(history.getFirst().id()));
    assertEquals(BEN, history.get(0).author());
    assertEquals("Add b", history.get(0).message());
    assertEquals(ADA, history.get(1).author());
    assertEquals("Add a\n\nFor b.", history.get(1).message());
    assertEquals(clock.instant(), history.get(1).at());
    assertEquals(Optional.empty(), ledger().at(history.get(1).id()).at(new FilePath("b")));
  }

  @Test
  void historyOfAPathHasOnlyVersionsThatChangedIt() {
    Head one = steps().record(steps().put("docs/a", "1"), steps().put("docs/b", "1"));
    Head two = steps().record(steps().put("docs/b", "2"));
    Head three = steps().record(remove("docs/a"));
    var a = Optional.of(new FilePath("docs/a"));
    assertEquals(ids(three, one), ids(ledger().history(a, Optional.empty(), 10)));
    assertEquals(ids(three), ids(ledger().history(a, Optional.empty(), 1)));
    assertEquals(ids(one), ids(ledger().history(a, two.commit(), 10)));
    assertEquals(ids(two, one), ids(ledger().history(Optional.empty(), two.commit(), 10)));
    assertEquals(
        List.of(), ledger().history(Optional.of(new FilePath("docs/c")), Optional.empty(), 9));
    var unknown = Optional.of(new CommitId("1".repeat(40)));
    assertThrows(SyncException.Invalid.class, () -> ledger().history(Optional.empty(), unknown, 1));
  }

  @Test
  void decidedOnAnOlderVersionItIsPutOnTopOfTheNewest() {
    Head old = steps().record(steps().put("a", "1"), steps().put("b", "1"));
    Recording late = steps().edit(old, steps().put("a", "2"), steps().put("new/c", "3"));
    steps().record(steps().put("b", "2"));
    Head head = steps().must(late);
    assertEquals(Optional.of("2"), steps().text(head.files(), "a"));
    assertEquals(Optional.of("2"), steps().text(head.files(), "b"));
    assertEquals(Optional.of("3"), steps().text(head.files(), "new/c"));
  }

  @Test
  void movedWhenAPathChangedSinceAndNothingIsRecorded() {
    Head old = steps().record(steps().put("a", "1"), steps().put("b", "1"));
    Recording late =
        with(
            agreed(
                steps().edit(old, steps().put("a", "2"), steps().put("b", "2")),
                LINK,
                Changes.NONE,
                Changes.NONE),
            List.of(steps().conflict("x", "0", "1", "2", NOON)),
            Set.of());
    Head now = steps().record(steps().put("a", "3"));
    assertInstanceOf(Recorded.Moved.class, ledger().record(late));
    assertEquals(now.commit(), ledger().head().commit());
    assertEquals(Optional.of("1"), steps().text(ledger().head().files(), "b"));
    assertEquals(Instant.EPOCH, ledger().base(LINK).at());
    assertEquals(List.of(), ledger().conflicts());
  }

  @Test
  void movedWhenAFileIsAFolderNowOrAFolderAFile() {
    Head old = steps().record(steps().put("a", "1"));
    Recording file = steps().edit(old, steps().put("x", "2"));
    Recording folder = steps().edit(old, steps().put("y/z", "2"));
    steps().record(steps().put("x/y", "3"), steps().put("y", "4"));
    assertInstanceOf(Recorded.Moved.class, ledger().record(file));
    assertInstanceOf(Recorded.Moved.class, ledger().record(folder));
  }

  @Test
  void folderWithoutFilesIsGone() {
    steps().record(steps().put("a/b/c", "1"), steps().put("d", "1"));
    Head head = steps().record(remove("a/b/c"));
    assertFalse(head.files().isFolder(new FilePath("a")));
    assertEquals(Set.of(new FilePath("d")), filesOf(head.files()).files().keySet());
    steps().record(steps().put("a", "a file"));
    Head none = steps().record(remove("a"), remove("d"));
    assertEquals(MapSnapshot.EMPTY, filesOf(none.files()));
    assertTrue(none.commit().isPresent());
    steps().record(steps().put("again", "1"));
  }

  @Test
  void fileAndFolderChangePlacesInOneStep() {
    steps().record(steps().put("a", "file"), steps().put("b/c", "1"), steps().put("b/d", "2"));
    Head head =
        steps()
            .record(
                remove("a"),
                steps().put("a/x", "3"),
                remove("b/c"),
                remove("b/d"),
                steps().put("b", "4"));
    assertEquals(
        Set.of(new FilePath("a/x"), new FilePath("b")), filesOf(head.files()).files().keySet());
    assertEquals(5, head.files().since(ledger().at(history().getLast().id())).byPath().size());
  }

  @Test
  void everyKindOfFileAndEveryNameComesBackInOrder() {
    var versions = new TreeMap<FilePath, FileVersion>();
    FileVersion file = steps().file("x");
    for (String path :
        List.of(
            "a",
            "a.b",
            "a/b",
            "a-b",
            "a0",
            "A",
            "ü",
            "日本/語",
            "😀/smile",
            "\uDC80raw",
            "\uDCFF/y",
            "z\uDC80",
            "zz",
            "tab\there",
            "line\nbreak",
            "quote\"d",
            "\uFFFD",
            "e\u0301",
            "-",
            " b ")) {
      versions.put(new FilePath(path), file);
    }
    versions.put(new FilePath("run"), new FileVersion(file.content(), FileMode.EXECUTABLE));
    versions.put(new FilePath("link"), new FileVersion(file.content(), FileMode.SYMLINK));
    ContentId commit = ContentId.parse("1234567890123456789012345678901234567890");
    versions.put(new FilePath("sub/module"), new FileVersion(commit, FileMode.GITLINK));
    versions.remove(new FilePath("a"));
    Head head =
        steps()
            .record(
                versions.entrySet().stream()
                    .map(entry -> put(entry.getKey().value(), entry.getValue()))
                    .toArray(LedgerSteps.Put[]::new));
    var shown = new ArrayList<FilePath>();
    head.files()
        .forEach((path, version) -> {
          shown.add(path);
          assertEquals(versions.get(path), version);
          assertEquals(Optional.of(version), head.files().at(path));
        });
    assertEquals(List.copyOf(versions.keySet()), shown);
  }

  @Test
  void manyThreadsRecordTogether() throws Exception {
    int count = 200;
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var all = new ArrayList<Future<Head>>();
      for (int i = 0; i < count; i++) {
        String path = "d" + i % 7 + "/f" + i;
        all.add(threads.submit(() -> steps().record(steps().put(path, path))));
      }
      for (var one : all) {
        Optional<CommitId> commit = one.get().commit();
        assertTrue(commit.isPresent());
      }
    }
    assertEquals(count, filesOf(ledger().head().files()).files().size());
    assertEquals(count, ledger().history(Optional.empty(), Optional.empty(), count * 2).size());
  }

  @Test
  void oneOfManyThatChangeTheSamePathWins() throws Exception {
    Head start = steps().record(steps().put("a", "0"));
    int won = 0;
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var all = new ArrayList<Future<Recorded>>();
      for (int i = 1; i <= 50; i++) {
        Recording edit =
            steps().edit(start, steps().put("a", "" + i), steps().put("b" + i, "" + i));
        all.add(threads.submit(() -> ledger().record(edit)));
      }
      for (var one : all) {
        won += one.get() instanceof Recorded.Committed ? 1 : 0;
      }
    }
    assertEquals(1, won);
    assertEquals(2, filesOf(ledger().head().files()).files().size());
  }

  /** What changed between two versions is what the maps of both differ in. */
  @Test
  void sinceShowsWhatDiffersInEitherDirection() {
    Head one =
        steps().record(steps().put("a/1", "x"), steps().put("a/2", "x"), steps().put("b", "x"));
    Head two = steps().record(steps().put("a/1", "y"), remove("b"), steps().put("c/d", "x"));
    assertEquals(filesOf(two.files()).since(filesOf(one.files())), two.files().since(one.files()));
    assertEquals(filesOf(one.files()).since(filesOf(two.files())), one.files().since(two.files()));
    assertEquals(Changes.NONE, two.files().since(ledger().head().files()));
    var added = two.files().since(ledger().base(LINK).files());
    assertEquals(3, added.byPath().size());
    assertTrue(added.byPath().values().stream().allMatch(FileChange.Added.class::isInstance));
  }
}
