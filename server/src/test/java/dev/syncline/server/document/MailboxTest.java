package dev.syncline.server.document;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@NullMarked
final class MailboxTest {

  private final Turns turns = new Turns();
  private final Mailbox mailbox = new Mailbox(turns);
  private final List<Object> seen = new ArrayList<>();
  private final Thread.UncaughtExceptionHandler before =
      Thread.currentThread().getUncaughtExceptionHandler();

  @BeforeEach
  void listenForBugs() {
    Thread.currentThread().setUncaughtExceptionHandler((_, bug) -> seen.add(bug));
  }

  @AfterEach
  void listenNoMore() {
    Thread.currentThread().setUncaughtExceptionHandler(before);
  }

  /** As a room does whose caller doesn't do the work. */
  private void post(Runnable task) {
    if (mailbox.post(task)) {
      turns.execute(mailbox);
    }
  }

  @Test
  void tasksRunInTheOrderInWhichTheyWerePosted() {
    for (int i = 0; i < 1000; i++) {
      int number = i;
      post(() -> seen.add(number));
    }
    turns.giveAll();
    assertEquals(1000, seen.size());
    for (int i = 0; i < 1000; i++) {
      assertEquals(i, seen.get(i));
    }
  }

  @Test
  void anErrorIsReportedAndTheNextTaskRunsAllTheSame() {
    var error = new StackOverflowError("on purpose");
    post(() -> {
      throw error;
    });
    post(() -> seen.add("next"));
    turns.giveAll();
    assertEquals(List.of(error, "next"), seen);
  }

  @Test
  void whatIsPostedAfterAnErrorRuns() {
    post(() -> {
      throw new LinkageError("on purpose");
    });
    turns.giveAll();
    post(() -> seen.add("later"));
    turns.giveAll();
    assertEquals("later", seen.getLast());
  }

  @Test
  void aHandlerThatFailsItselfStopsNothing() {
    Thread.currentThread()
        .setUncaughtExceptionHandler((_, _) -> {
          throw new IllegalStateException("on purpose");
        });
    post(() -> {
      throw new IllegalStateException("on purpose");
    });
    post(() -> seen.add("next"));
    turns.giveAll();
    assertEquals(List.of("next"), seen);
  }

  @Test
  void aTaskKnowsWhetherAnotherOneWaits() {
    post(() -> seen.add(mailbox.isLast()));
    post(() -> seen.add(mailbox.isLast()));
    turns.giveAll();
    assertEquals(List.of(false, true), seen);
  }

  @Test
  void aBusyMailboxGivesItsTurnBack() {
    for (int i = 0; i < 1000; i++) {
      post(() -> seen.add(""));
    }
    turns.give(0);
    assertFalse(turns.isEmpty());
    assertTrue(seen.size() < 1000);
  }

  @Test
  void neverTwoTasksAtATimeHoweverManyThreadsPost() throws InterruptedException {
    var inside = new AtomicInteger();
    var done = new CountDownLatch(4 * 5000);
    int[] counted = {0};
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var real = new Mailbox(threads);
      for (int thread = 0; thread < 4; thread++) {
        threads.execute(() -> {
          for (int i = 0; i < 5000; i++) {
            boolean idle =
                real.post(() -> {
                  // Not atomic on purpose: the mailbox orders its tasks.
                  counted[0] += inside.incrementAndGet();
                  inside.decrementAndGet();
                  done.countDown();
                });
            if (idle) {
              real.run();
            }
          }
        });
      }
      done.await();
    }
    assertEquals(4 * 5000, counted[0]);
  }
}
