package dev.syncline.server.document.store.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.syncline.core.model.DocumentId;
import dev.syncline.testkit.ToldAppend;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class TaskQueueTest {

  private final TaskQueue queue = new TaskQueue(1_000);

  /** Otherwise small ones, which always fit, could keep it waiting for ever. */
  @Test
  void longTaskGoesInAsSoonAsThereIsRoomAtAll() {
    assertTrue(queue.put(task(100)));
    assertTrue(queue.put(task(5_000)));
    assertEquals(2, queue.take().size());
  }

  @Test
  void whoComesToAFullQueueWaits() throws InterruptedException {
    assertTrue(queue.put(task(1_000)));
    Thread late = Thread.ofPlatform().start(() -> queue.put(task(1)));
    while (late.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    assertEquals(1, queue.take().size());
    late.join();
    assertEquals(1, queue.take().size());
  }

  @Test
  void closedQueueTakesNothingAndLetsGoOfWhoWaits() throws InterruptedException {
    assertTrue(queue.put(task(1_000)));
    var taken = new AtomicBoolean(true);
    Thread late = Thread.ofPlatform().start(() -> taken.set(queue.put(task(1))));
    while (late.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    queue.close();
    late.join();
    assertFalse(taken.get());
    assertFalse(queue.isClosed(), "what is in it comes out first");
    assertEquals(1, queue.take().size());
    assertTrue(queue.isClosed());
  }

  private static Task task(int bytes) {
    return new Task.Append(
        new DocumentId(1, 1),
        List.of(new byte[bytes]),
        new ToldAppend(),
        System.nanoTime(),
        new AtomicBoolean());
  }
}
