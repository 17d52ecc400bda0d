package dev.syncline.server.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.syncline.core.model.SyncException;
import dev.syncline.core.port.Contents;
import dev.syncline.testkit.ContentsContract;
import dev.syncline.testkit.LedgerSteps;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract of contents, and what becomes of those that wait in a pack in the making. */
final class GitContentsTest extends ContentsContract {

  @TempDir Path directory;
  private GitLedger ledger = placeholder();

  @BeforeEach
  void open() {
    ledger.close();
    ledger = GitLedger.open(directory.resolve("ledger"), settings());
  }

  @AfterEach
  void close() {
    ledger.close();
  }

  @Override
  protected Contents contents() {
    return ledger;
  }

  @Test
  void identicalContentsAreStoredOnce() throws IOException {
    var steps = LedgerSteps.of(ledger);
    byte[] large = new byte[1_000_000];
    steps.file("the same");
    ledger.put(large);
    steps.record(steps.put("a", "the same"), steps.put("b", "other"));
    long before = objects();
    steps.file("the same");
    ledger.put(large);
    steps.record(steps.put("c", "the same"));
    assertEquals(before + 2, objects(), "a tree and a commit");
  }

  @Test
  void contentsThatWereNeverPutCantBeRecorded() {
    var steps = LedgerSteps.of(ledger);
    var other = GitLedger.open(directory.resolve("other"), settings());
    try (other) {
      var elsewhere = LedgerSteps.of(other).put("a", "elsewhere");
      assertThrows(
          IllegalArgumentException.class,
          () -> ledger.record(steps.edit(ledger.head(), elsewhere)));
    }
  }

  @Test
  void whatWasNotRecordedIsForgottenAtTheEnd() throws IOException {
    var id = ledger.put(new byte[100]);
    ledger.close();
    ledger = GitLedger.open(directory.resolve("ledger"), settings());
    assertThrows(SyncException.Corrupt.class, () -> ledger.size(id));
    try (Stream<Path> packs = Files.list(directory.resolve("ledger/objects/pack"))) {
      assertEquals(0, packs.count());
    }
  }

  private GitLedger placeholder() {
    try {
      return GitLedger.open(Files.createTempDirectory("unused"), settings());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private long objects() {
    NativeGit.assume();
    return new NativeGit(directory.resolve("ledger"))
        .run("cat-file", "--batch-all-objects", "--batch-check=%(objectname)", "--unordered")
        .lines()
        .count();
  }

  private static LedgerSettings settings() {
    return LedgerSettings.with(InstantSource.system());
  }
}
