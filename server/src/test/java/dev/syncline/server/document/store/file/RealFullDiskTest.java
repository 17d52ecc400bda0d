package dev.syncline.server.document.store.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.syncline.core.model.DocumentId;
import dev.syncline.core.port.ChunkStore;
import dev.syncline.server.SmallDisk;
import dev.syncline.server.document.QuietLog;
import dev.syncline.testkit.ToldAppend;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A file system of one megabyte that fills up; needs the right to mount one. */
@ExtendWith(QuietLog.class)
final class RealFullDiskTest {

  private static final DocumentId DOCUMENT = new DocumentId(1, 1);

  @TempDir Path directory;
  private SmallDisk disk;
  private Path small;

  @BeforeEach
  void mount() throws IOException {
    small = directory.resolve("small");
    disk = new SmallDisk(small);
    disk.mount("size=1m");
  }

  @AfterEach
  void unmount() {
    disk.close();
  }

  @Test
  void fullDiskLosesNothingAndIsUsedAgainOnceThereIsRoom() throws IOException {
    Path ballast = Files.write(small.resolve("ballast"), new byte[600_000]);
    var settings =
        FileStoreSettings.in(small.resolve("store"))
            .withTimes(Duration.ofMillis(20), Duration.ofMillis(20));
    int durable = 0;
    try (ChunkStore store = FileChunkStore.open(settings, InstantSource.system())) {
      while (ToldAppend.to(store, DOCUMENT, new byte[5_000]).isDurable()) {
        durable++;
      }
      String problem = store.status().problem().orElse("");
      assertTrue(problem.contains("is full: free space"), problem);
      assertEquals(durable, count(store));
      Files.delete(ballast);
      while (store.status().problem().isPresent()) {
        Thread.onSpinWait();
      }
      assertTrue(ToldAppend.to(store, DOCUMENT, new byte[5_000]).isDurable());
      durable++;
      assertEquals(durable, count(store));
    }
    try (ChunkStore store = FileChunkStore.open(settings, InstantSource.system())) {
      assertEquals(durable, count(store));
      assertEquals(0, store.status().damaged());
    }
  }

  private static int count(ChunkStore store) {
    var count = new AtomicInteger();
    store.scan(DOCUMENT, (position, chunk) -> count.incrementAndGet());
    return count.get();
  }
}
