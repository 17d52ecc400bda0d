package dev.syncline.server.document.store.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.syncline.core.model.DocumentId;
import dev.syncline.core.model.SyncException;
import dev.syncline.core.port.ChunkStore;
import dev.syncline.server.document.QuietLog;
import dev.syncline.testkit.SettableClock;
import dev.syncline.testkit.ToldAppend;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is set aside is whole, or is set aside again: the log that had it is dropped afterwards. */
@ExtendWith(QuietLog.class)
final class DamagedShelfTest {

  private static final Path STORE = Path.of("/store");
  private static final Path SEGMENT = STORE.resolve("log").resolve("00000001.log");

  @Test
  void copyThatWasInterruptedIsMadeAgain() throws IOException {
    for (int call = 0; call < 25; call++) {
      var disk = new SimulatedDisk(new Random(call));
      byte[] damaged = leaveDamagedRecord(disk);
      disk.fail(call, 1, "No space left on device");
      try {
        open(disk).close();
      } catch (SyncException.Unavailable _) {
        // The next start has to do it.
      }
      disk.mend();
      open(disk).close();
      List<String> names = disk.list(STORE.resolve("damaged"));
      String copy = names.stream().filter(name -> name.endsWith(".bin")).findAny().orElseThrow();
      assertArrayEquals(damaged, read(disk, STORE.resolve("damaged").resolve(copy)), copy);
      byte[] report = read(disk, STORE.resolve("damaged").resolve("report.txt"));
      assertTrue(new String(report, StandardCharsets.UTF_8).contains("copied to " + copy), copy);
      assertEquals(2, names.size());
    }
  }

  /** Answers what the record is from now on. */
  private static byte[] leaveDamagedRecord(SimulatedDisk disk) throws IOException {
    int begin;
    int end;
    try (ChunkStore store = open(disk)) {
      begin = read(disk, SEGMENT).length;
      assertTrue(ToldAppend.to(store, new DocumentId(1, 1), new byte[200_000]).isDurable());
      end = read(disk, SEGMENT).length;
      assertTrue(ToldAppend.to(store, new DocumentId(2, 2), new byte[10]).isDurable());
      disk.cutPower(0);
    }
    disk.restartProgramOnly();
    try (Disk.OpenFile segment = disk.write(SEGMENT)) {
      segment.write(ByteBuffer.wrap(new byte[] {1}), begin + 100_000);
    }
    ByteBuffer damaged = ByteBuffer.wrap(read(disk, SEGMENT), begin, end - begin).slice();
    byte[] bytes = new byte[damaged.remaining()];
    damaged.get(bytes);
    return bytes;
  }

  private static byte[] read(SimulatedDisk disk, Path path) throws IOException {
    try (Disk.OpenFile file = disk.read(path)) {
      var bytes = ByteBuffer.allocate((int) file.size());
      file.read(bytes, 0);
      return bytes.array();
    }
  }

  private static FileChunkStore open(Disk disk) {
    return FileChunkStore.open(FileStoreSettings.in(STORE), disk, new SettableClock());
  }
}
