package dev.syncline.testkit.workspace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.syncline.core.flow.Submission;
import dev.syncline.core.flow.Submission.Submitted;
import dev.syncline.core.merge.ThreeWay;
import dev.syncline.core.model.Author;
import dev.syncline.core.model.Changes;
import dev.syncline.core.model.CommitId;
import dev.syncline.core.model.ContentId;
import dev.syncline.core.model.FileChange;
import dev.syncline.core.model.FileMode;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.FileVersion;
import dev.syncline.core.model.RunId;
import dev.syncline.core.model.SyncException;
import dev.syncline.core.port.Edit;
import dev.syncline.core.port.Recording;
import dev.syncline.testkit.MemoryLedger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class SubmissionTest {

  private static final Author ADA = new Author("Ada", "");
  private static final FilePath A = new FilePath("a");
  private static final FilePath B = new FilePath("b");

  private final MemoryLedger ledger = new MemoryLedger(InstantSource.fixed(Instant.EPOCH));

  @Test
  void aFileThatOnlyTheyChangedBecomesWhatTheyWant() {
    CommitId base = done(submit(Optional.empty(), Map.of(A, "1", B, "1")));
    done(submit(Optional.empty(), Map.of(B, "2")));
    done(submit(Optional.of(base), Map.of(A, "2")));
    assertEquals(Optional.of(file("2")), ledger.head().files().at(A));
    assertEquals(Optional.of(file("2")), ledger.head().files().at(B));
  }

  @Test
  void whatTheyLeaveAsItWasStaysAsOthersMadeIt() {
    CommitId base = done(submit(Optional.empty(), Map.of(A, "1")));
    CommitId newest = done(submit(Optional.empty(), Map.of(A, "2")));
    assertEquals(newest, done(submit(Optional.of(base), Map.of(A, "1"))));
    assertEquals(Optional.of(file("2")), ledger.head().files().at(A));
  }

  @Test
  void whatBothChangedIsRefusedAndNothingElseIsDone() {
    CommitId base = done(submit(Optional.empty(), Map.of(A, "1")));
    CommitId newest = done(submit(Optional.empty(), Map.of(A, "2")));
    var moved =
        assertInstanceOf(
            Submitted.Moved.class, submit(Optional.of(base), Map.of(A, "3", B, "new")));
    assertEquals(Optional.of(newest), moved.version());
    assertEquals(
        Map.of(
            A,
            new ThreeWay(Optional.of(file("1")), Optional.of(file("2")), Optional.of(file("3")))),
        moved.paths());
    assertEquals(Optional.of(newest), ledger.head().commit());
  }

  @Test
  void aDeletionAgainstAChangeIsRefused() {
    CommitId base = done(submit(Optional.empty(), Map.of(A, "1")));
    done(submit(Optional.empty(), Map.of(A, "2")));
    assertInstanceOf(Submitted.Moved.class, delete(Optional.of(base), A));
    done(delete(Optional.empty(), A));
    assertEquals(Optional.empty(), ledger.head().files().at(A));
    assertInstanceOf(Submitted.Moved.class, submit(Optional.of(base), Map.of(A, "3")));
  }

  @Test
  void aScriptStaysAScriptAndALinkBecomesAFile() {
    ContentId content = ledger.put("1".getBytes(StandardCharsets.UTF_8));
    record(A, new FileVersion(content, FileMode.EXECUTABLE));
    record(B, new FileVersion(content, FileMode.SYMLINK));
    done(submit(Optional.empty(), Map.of(A, "2", B, "2")));
    assertEquals(
        Optional.of(new FileVersion(file("2").content(), FileMode.EXECUTABLE)),
        ledger.head().files().at(A));
    assertEquals(Optional.of(file("2")), ledger.head().files().at(B));
  }

  @Test
  void aFileMayTakeThePlaceOfOneThatIsDeletedWithIt() {
    done(submit(Optional.empty(), Map.of(A, "1")));
    var below = new FilePath("a/b");
    var files = new TreeMap<FilePath, Optional<ContentId>>();
    files.put(A, Optional.empty());
    files.put(below, Optional.of(put("2")));
    done(submission(Optional.empty(), files).into(ledger, new RunId("run")));
    assertEquals(Optional.of(file("2")), ledger.head().files().at(below));
  }

  @Test
  void aFileThatHasNoPlaceIsRefused() {
    done(submit(Optional.empty(), Map.of(new FilePath("folder/x"), "1", A, "1")));
    for (String path : List.of("folder", "a/below", "a/far/below")) {
      assertThrows(
          SyncException.Invalid.class,
          () -> submit(Optional.empty(), Map.of(new FilePath(path), "1")),
          path);
    }
    assertThrows(
        SyncException.Invalid.class,
        () ->
            submit(
                Optional.empty(),
                Map.of(
                    new FilePath("n"), "1",
                    new FilePath("n.txt"), "1",
                    new FilePath("n/x"), "1")));
  }

  @Test
  void nothingAndTheDeletionOfNothingAreNoVersion() {
    assertThrows(SyncException.Invalid.class, () -> submit(Optional.empty(), Map.of()));
    assertThrows(SyncException.Invalid.class, () -> delete(Optional.empty(), A));
    var nowhere = Optional.of(new CommitId("0".repeat(40)));
    assertThrows(SyncException.Invalid.class, () -> submit(nowhere, Map.of(A, "1")));
  }

  private Submitted submit(Optional<CommitId> base, Map<FilePath, String> texts) {
    var files = new TreeMap<FilePath, Optional<ContentId>>();
    texts.forEach((path, text) -> files.put(path, Optional.of(put(text))));
    return submission(base, files).into(ledger, new RunId("run"));
  }

  private Submitted delete(Optional<CommitId> base, FilePath path) {
    var files = new TreeMap<FilePath, Optional<ContentId>>(Map.of(path, Optional.empty()));
    return submission(base, files).into(ledger, new RunId("run"));
  }

  private static Submission submission(
      Optional<CommitId> base, SortedMap<FilePath, Optional<ContentId>> files) {
    return new Submission(files, base, ADA, Instant.EPOCH, "Why");
  }

  private static CommitId done(Submitted submitted) {
    return assertInstanceOf(Submitted.Done.class, submitted).version();
  }

  private ContentId put(String text) {
    return ledger.put(text.getBytes(StandardCharsets.UTF_8));
  }

  private static FileVersion file(String text) {
    return FileVersion.regular(ContentId.ofContents(text.getBytes(StandardCharsets.UTF_8)));
  }

  private void record(FilePath path, FileVersion file) {
    var changes = Changes.of(Map.of(path, new FileChange.Added(file)));
    ledger.record(
        new Recording(
            new RunId("before"),
            ledger.head(),
            changes,
            new Recording.Theirs.Edits(List.of(new Edit(ADA, Instant.EPOCH, "Add", changes))),
            Optional.empty(),
            List.of(),
            Set.of()));
  }
}
