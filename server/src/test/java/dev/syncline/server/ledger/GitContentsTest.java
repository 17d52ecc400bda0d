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
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract of contents, and what becomes of those that wait in a pack in the making. */
final class GitContentsTest extends ContentsContract {

  @TempDir Path directory;
  private Optional<GitLedger> open = Optional.empty();

  @BeforeEach
  void open() {
    open = Optional.of(GitLedger.open(directory.resolve("ledger"), settings()));
  }

  @AfterEach
  void close() {
    open.ifPresent(GitLedger::close);
  }

  @Override
  protected Contents contents() {
    return open.orElseThrow();
  }

  @Test
  void identicalContentsAreStoredOnce() throws IOException {
    var steps = LedgerSteps.of(open.orElseThrow());
    byte[] large = new byte[1_000_000];
    steps.file("the same");
    contents().put(large);
    steps.record(steps.put("a", "the same"), steps.put("b", "other"));
    long before = objects();
    steps.file("the same");
    contents().put(large);
    steps.record(steps.put("c", "the same"));
    assertEquals(before + 2, objects(), "a tree and a commit");
  }

  @Test
  void contentsThatWereNeverPutCantBeRecorded() {
    var steps = LedgerSteps.of(open.orElseThrow());
    var other = GitLedger.open(directory.resolve("other"), settings());
    try (other) {
      var elsewhere = LedgerSteps.of(other).put("a", "elsewhere");
      assertThrows(IllegalArgumentException.class, () -> steps.record(elsewhere));
    }
  }

  @Test
  void whatWasNotRecordedIsForgottenAtTheEnd() throws IOException {
    var id = contents().put(new byte[100]);
    close();
    open();
    assertThrows(SyncException.Corrupt.class, () -> contents().size(id));
    try (Stream<Path> packs = Files.list(directory.resolve("ledger/objects/pack"))) {
      assertEquals(0, packs.count());
    }
  }

  private long objects() {
    NativeGit.need("git");
    return new NativeGit(directory.resolve("ledger"))
        .run("cat-file", "--batch-all-objects", "--batch-check=%(objectname)", "--unordered")
        .lines()
        .count();
  }

  private static LedgerSettings settings() {
    return LedgerSettings.with(InstantSource.system());
  }
}
