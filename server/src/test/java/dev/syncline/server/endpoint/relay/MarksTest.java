package dev.syncline.server.endpoint.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.syncline.core.model.SyncException;
import dev.syncline.core.port.Notices.Notice;
import dev.syncline.testkit.MemoryNotices;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** When it is time to look at what, by a clock that the test moves. */
final class MarksTest {

  private static final String RELAY = UUID.randomUUID().toString();
  private static final RelayId ONE = new RelayId(RELAY, UUID.randomUUID().toString());
  private static final RelayId TWO = new RelayId(RELAY, UUID.randomUUID().toString());
  private static final Duration QUIET = Duration.ofSeconds(2);
  private static final Duration LONGEST = Duration.ofSeconds(10);

  // Clocks of this kind may begin anywhere, and pass from the greatest number to the least.
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - Duration.ofSeconds(3).toNanos());
  private final MemoryNotices notices = new MemoryNotices();
  private Marks marks = open();

  private Marks open() {
    return new Marks(notices, QUIET, LONGEST, nanos::get);
  }

  @Test
  void itIsTimeWhenNobodyHasTypedForAWhile() {
    assertFalse(isDue());
    add(ONE, "ada");
    pass(1900);
    assertFalse(isDue());
    add(TWO, "ada");
    pass(1900);
    assertFalse(isDue(), "somebody typed meanwhile");
    pass(100);
    assertTrue(isDue());
    assertFalse(isDue(), "it is said once");
  }

  @Test
  void peopleWhoNeverPauseAreLookedAtAllTheSame() {
    for (int i = 0; i < 10; i++) {
      add(ONE, "ada");
      assertFalse(isDue(), "after " + i + " s");
      pass(1000);
    }
    assertTrue(isDue());
    add(ONE, "ada");
    pass(1000);
    assertFalse(isDue(), "the interval begins anew");
    pass(1000);
    assertTrue(isDue());
  }

  @Test
  void withoutAQuietPeriodItIsTimeAtOnce() {
    marks = new Marks(notices, Duration.ZERO, LONGEST, nanos::get);
    add(ONE, "ada");
    assertTrue(isDue());
  }

  @Test
  void aThousandWordsAreOneMark() {
    for (int i = 0; i < 1000; i++) {
      add(ONE, "ada");
      add(ONE, "bob");
      add(TWO, "");
    }
    assertEquals(3, notices.keeps());
    assertEquals(
        Map.of(ONE.resource(), Set.of("ada", "bob"), TWO.resource(), Set.of()), marks.take());
  }

  @Test
  void whatWasSeenIsForgotten() {
    add(ONE, "ada");
    add(TWO, "bob");
    marks.take();
    marks.ended(true);
    assertEquals(List.of(), notices.all());
    assertEquals(Map.of(), marks.take());
    assertTrue(isDueAfter(QUIET));
    assertFalse(isDueAfter(Duration.ofDays(1)));
  }

  @Test
  void aWordDuringALookIsLookedAtAgain() {
    add(ONE, "ada");
    pass(2000);
    assertTrue(isDue());
    marks.take();
    add(ONE, "ada");
    assertEquals(2, notices.keeps());
    marks.ended(true);
    assertEquals(1, notices.all().size(), "only what was taken is forgotten");
    assertTrue(isDueAfter(QUIET));
    assertEquals(Map.of(ONE.resource(), Set.of("ada")), marks.take());
    marks.ended(true);
    assertEquals(List.of(), notices.all());
  }

  @Test
  void whatARunFailedToRecordIsTakenAgain() {
    add(ONE, "ada");
    marks.take();
    add(ONE, "bob");
    marks.ended(false);
    assertEquals(2, notices.all().size());
    assertEquals(Map.of(ONE.resource(), Set.of("ada", "bob")), marks.take());
    marks.ended(true);
    assertEquals(List.of(), notices.all());
  }

  @Test
  void aLookThatNobodyEndedIsPartOfTheNext() {
    add(ONE, "ada");
    marks.take();
    add(TWO, "bob");
    assertEquals(
        Map.of(ONE.resource(), Set.of("ada"), TWO.resource(), Set.of("bob")), marks.take());
  }

  @Test
  void aDocumentThatCouldNotBeReadIsKeptForLater() {
    add(ONE, "ada");
    add(TWO, "ada");
    marks.take();
    marks.keep(ONE.resource(), Duration.ofSeconds(5));
    marks.ended(true);
    assertEquals(List.of(ONE.resource()), notices.all().stream().map(Notice::topic).toList());
    assertTrue(isDueAfter(QUIET));
    assertEquals(Map.of(), marks.take());
    assertTrue(isDueAfter(Duration.ofSeconds(3)));
    assertEquals(Map.of(ONE.resource(), Set.of("ada")), marks.take());
  }

  @Test
  void aDocumentThatNobodySpokeOfCanBeLookedAtLater() {
    marks.keep(ONE.resource(), Duration.ofMinutes(1));
    marks.keep(TWO.resource(), Duration.ofSeconds(5));
    assertFalse(isDue());
    assertTrue(isDueAfter(Duration.ofSeconds(5)));
    assertTrue(marks.take().containsKey(TWO.resource()));
    assertEquals(List.of(), notices.all(), "it is nobody's news");
  }

  @Test
  void newsDoesNotHastenADocumentThatIsToWait() {
    marks.keep(ONE.resource(), Duration.ofMinutes(1));
    add(TWO, "ada");
    assertTrue(isDueAfter(QUIET));
    assertEquals(Set.of(TWO.resource()), marks.documents());
    assertEquals(Map.of(TWO.resource(), Set.of("ada")), marks.take());
    marks.ended(true);
    assertFalse(isDueAfter(Duration.ofSeconds(57)));
    assertTrue(isDueAfter(Duration.ofSeconds(1)));
    assertEquals(Map.of(ONE.resource(), Set.of()), marks.take());
  }

  @Test
  void whoLooksEverywhereWaitsForNothing() {
    marks.keep(ONE.resource(), Duration.ofMinutes(1));
    marks.hasten();
    assertEquals(Map.of(ONE.resource(), Set.of()), marks.take());
    assertFalse(isDueAfter(Duration.ofDays(1)));
  }

  @Test
  void newsOfADocumentThatIsToWaitEndsItsWait() {
    marks.keep(ONE.resource(), Duration.ofMinutes(10));
    add(ONE, "ada");
    assertTrue(isDueAfter(QUIET));
    assertEquals(Map.of(ONE.resource(), Set.of("ada")), marks.take());
    marks.ended(true);
    assertFalse(isDueAfter(Duration.ofDays(1)));
  }

  @Test
  void whatAnEarlierProcessLeftIsMarked() {
    add(ONE, "ada");
    add(TWO, "");
    marks.take();
    marks = open();
    assertEquals(Map.of(ONE.resource(), Set.of("ada"), TWO.resource(), Set.of()), marks.take());
    add(ONE, "ada");
    marks.ended(true);
    assertEquals(1, notices.all().size(), "its number is greater than those of before");
  }

  @Test
  void whatCouldNotBeKeptIsKeptWithTheNextWord() {
    notices.setBroken(true);
    assertThrows(SyncException.Unavailable.class, () -> add(ONE, "ada"));
    assertThrows(SyncException.Unavailable.class, () -> add(ONE, "ada"), "it is still not kept");
    assertTrue(isDueAfter(QUIET), "it is looked at all the same");
    notices.setBroken(false);
    add(ONE, "ada");
    assertEquals(1, notices.all().size());
    assertEquals(Map.of(ONE.resource(), Set.of("ada")), marks.take());
    marks.ended(true);
    assertEquals(List.of(), notices.all());
  }

  private void add(RelayId document, String by) {
    marks.add(document, Optional.of(by).filter(it -> !it.isEmpty()));
  }

  private void pass(long millis) {
    nanos.addAndGet(Duration.ofMillis(millis).toNanos());
  }

  private boolean isDueAfter(Duration wait) {
    pass(wait.toMillis());
    return isDue();
  }

  /** Who is interrupted doesn't wait. */
  private boolean isDue() {
    Thread.currentThread().interrupt();
    try {
      marks.awaitDue();
      return true;
    } catch (InterruptedException e) {
      return false;
    } finally {
      Thread.interrupted();
    }
  }
}
