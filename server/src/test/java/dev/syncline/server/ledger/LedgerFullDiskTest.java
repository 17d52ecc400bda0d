package dev.syncline.server.ledger;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.syncline.core.model.ContentId;
import dev.syncline.core.model.FileVersion;
import dev.syncline.core.model.SyncException;
import dev.syncline.server.SmallDisk;
import dev.syncline.testkit.LedgerSteps;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file system of two megabytes that fills up; needs the right to mount one. */
final class LedgerFullDiskTest {

  @TempDir Path directory;
  private SmallDisk disk;
  private Path small;

  @BeforeEach
  void mount() throws IOException {
    small = directory.resolve("small");
    disk = new SmallDisk(small);
    NativeGit.need("git");
    disk.mount("size=2m");
  }

  @AfterEach
  void unmount() {
    disk.close();
  }

  @Test
  void fullDiskLosesNothingAndIsUsedAgainOnceThereIsRoom() throws IOException {
    Path folder = small.resolve("ledger");
    var random = new Random(3);
    int recorded = 0;
    int failed = 0;
    try (var ledger = open(folder)) {
      var steps = LedgerSteps.of(ledger);
      // Less room than a pack needs, than its index, than the refs, and enough.
      for (int room = 0; room < 20; room++) {
        byte[] bytes = bytes(random, 9_000);
        ContentId waiting = ledger.put(bytes);
        var put = LedgerSteps.put("f" + room, FileVersion.regular(waiting));
        Path filler = fillBut(room * 2_048);
        try {
          steps.record(put);
        } catch (SyncException.Unavailable e) {
          failed++;
          assertTrue(message(e).contains("is full: free space"), message(e));
          assertArrayEquals(bytes, ledger.read(waiting), "what was put is still there");
          assertEquals(recorded, count(ledger));
          Files.delete(filler);
          steps.record(put);
        }
        Files.deleteIfExists(filler);
        recorded++;
        assertEquals(recorded, count(ledger));
      }
      Path filler = fillBut(0);
      assertThrows(SyncException.Unavailable.class, () -> ledger.put(bytes(random, 1_500_000)));
      assertThrows(SyncException.Unavailable.class, () -> ledger.put(bytes(random, 200_000)));
      Files.delete(filler);
      ledger.put(bytes(random, 200_000));
    }
    assertTrue(failed > 2 && failed < 20, failed + " failed");
    try (var ledger = open(folder)) {
      assertEquals(recorded, count(ledger));
      assertEquals(recorded, ledger.history(Optional.empty(), Optional.empty(), 1_000).size());
    }
    new NativeGit(folder).mustBeSound();
  }

  private static int count(GitLedger ledger) {
    return LedgerSteps.filesOf(ledger.head().files()).files().size();
  }

  /** Fills the disk; answers the file to delete again. */
  private Path fillBut(int room) throws IOException {
    Path filler = disk.fill();
    try (var out = new RandomAccessFile(filler.toFile(), "rw")) {
      out.setLength(Math.max(0, out.length() - room));
    }
    return filler;
  }

  private static byte[] bytes(Random random, int size) {
    byte[] bytes = new byte[size];
    random.nextBytes(bytes);
    return bytes;
  }

  private static GitLedger open(Path folder) {
    return GitLedger.open(
        folder, LedgerSettings.with(InstantSource.system()).withSmallPacks(1_000));
  }

  private static String message(SyncException thrown) {
    return String.valueOf(thrown.getMessage());
  }
}
