package dev.syncline.server.document.store.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.syncline.core.model.DocumentId;
import dev.syncline.core.model.SyncException;
import dev.syncline.core.port.ChunkStore;
import dev.syncline.server.document.QuietLog;
import dev.syncline.testkit.SettableClock;
import dev.syncline.testkit.ToldAppend;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a store says and does while its disk refuses, and that it heals by itself. */
@ExtendWith(QuietLog.class)
final class FullDiskTest {

  private static final DocumentId DOCUMENT = new DocumentId(1, 1);
  private static final String FULL = "No space left on device";
  private static final long FOR_EVER = Long.MAX_VALUE / 2;

  @Test
  void problemSaysWhatToDoAndIsGoneAfterwards() {
    var history = new CrashHistory(1);
    try (ChunkStore store = history.open()) {
      assertTrue(ToldAppend.to(store, DOCUMENT, new byte[10]).isDurable());
      history.disk.fail(0, FOR_EVER, FULL);
      assertFalse(ToldAppend.to(store, DOCUMENT, new byte[10]).isDurable());
      String problem = store.status().problem().orElse("");
      assertTrue(problem.contains("is full: free space"), problem);
      history.disk.mend();
      while (store.status().problem().isPresent()) {
        Thread.onSpinWait();
      }
      assertTrue(ToldAppend.to(store, DOCUMENT, new byte[10]).isDurable());
      assertEquals(2, count(store));
    }
  }

  @Test
  void documentsCanBeReadWhileTheDiskIsReadOnly() {
    var history = new CrashHistory(2);
    try (ChunkStore store = history.open()) {
      assertTrue(ToldAppend.to(store, DOCUMENT, new byte[10]).isDurable());
      history.disk.fail(0, FOR_EVER, "Read-only file system");
      assertFalse(ToldAppend.to(store, DOCUMENT, new byte[10]).isDurable());
      assertTrue(store.status().problem().orElse("").contains("let this user write there"));
      assertEquals(1, count(store));
      history.disk.mend();
    }
  }

  @Test
  void appendsCalledBeforeAFailureIsToldFailToo() throws Exception {
    for (int seed = 0; seed < 200; seed++) {
      var history = new CrashHistory(seed);
      try (ChunkStore store = history.open()) {
        history.disk.fail(history.random.nextInt(30), 2, "Input/output error");
        List<Watched> appends = appendAll(store, 60);
        for (int i = 0; i < appends.size(); i++) {
          Watched failed = appends.get(i);
          if (failed.durable) {
            continue;
          }
          for (Watched behind : appends.subList(i, Math.max(i, failed.calledBefore))) {
            assertFalse(behind.durable, "stored without those before it, seed " + seed);
          }
        }
        assertEquals(appends.stream().filter(one -> one.durable).count(), count(store));
      }
    }
  }

  @Test
  void appendCalledAfterAFailureWasToldIsTried() {
    var disk = new SimulatedDisk(new Random(3));
    // So large that no checkpoint meets the failures instead.
    var settings = FileStoreSettings.in(Path.of("/store"));
    try (ChunkStore store = FileChunkStore.open(settings, disk, new SettableClock())) {
      for (int round = 0; round < 500; round++) {
        disk.fail(0, 1, "Input/output error");
        assertFalse(ToldAppend.to(store, DOCUMENT, new byte[10]).isDurable());
        assertTrue(ToldAppend.to(store, DOCUMENT, new byte[10]).isDurable(), "round " + round);
      }
    }
  }

  private static List<Watched> appendAll(ChunkStore store, int count) throws Exception {
    var called = new AtomicInteger();
    var told = new CountDownLatch(count);
    var appends = new ArrayList<Watched>();
    for (int i = 0; i < count; i++) {
      var append = new Watched(called, told);
      appends.add(append);
      store.append(DOCUMENT, List.of(new byte[10]), append);
      called.incrementAndGet();
    }
    assertTrue(told.await(60, TimeUnit.SECONDS), "everybody is told");
    return appends;
  }

  private static int count(ChunkStore store) {
    var count = new AtomicInteger();
    store.scan(DOCUMENT, (position, chunk) -> count.incrementAndGet());
    return count.get();
  }

  private static final class Watched implements ChunkStore.Append {
    private final AtomicInteger called;
    private final CountDownLatch told;
    private volatile boolean durable;
    private volatile int calledBefore;

    Watched(AtomicInteger called, CountDownLatch told) {
      this.called = called;
      this.told = told;
    }

    @Override
    public void durable(long[] positions) {
      durable = true;
      told.countDown();
    }

    @Override
    public void failed(SyncException cause) {
      calledBefore = called.get();
      told.countDown();
    }
  }
}
