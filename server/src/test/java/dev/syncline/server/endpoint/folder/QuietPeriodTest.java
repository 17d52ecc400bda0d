package dev.syncline.server.endpoint.folder;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.syncline.core.model.FilePath;
import dev.syncline.core.port.Hints;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** When changes are told. */
final class QuietPeriodTest {

  private static final FilePath A = new FilePath("a");
  private static final FilePath B = new FilePath("b");

  private final QuietPeriod period = new QuietPeriod(Duration.ofNanos(20), Duration.ofNanos(500));

  @Test
  void nothingIsTold() {
    assertEquals(Optional.empty(), period.dueIn(0));
    assertEquals(Optional.empty(), period.take(1_000));
  }

  @Test
  void changesAreToldTogetherOnceItIsQuiet() {
    period.add(A, 100);
    period.add(B, 115);
    assertEquals(Optional.of(20L), period.dueIn(115));
    assertEquals(Optional.empty(), period.take(134));
    assertEquals(Optional.of(new Hints.At(Set.of(A, B))), period.take(135));
    assertEquals(Optional.empty(), period.take(200), "once");
  }

  @Test
  void whatNeverEndsIsToldNowAndThen() {
    int told = 0;
    for (long now = 0; now < 10_000; now += 10) {
      period.add(A, now);
      told += period.take(now).isPresent() ? 1 : 0;
    }
    assertEquals(19, told);
  }

  @Test
  void everywhereIsMoreThanAnyPath() {
    period.add(A, 0);
    period.addEverywhere(5);
    period.add(B, 10);
    assertEquals(Optional.of(new Hints.Everywhere()), period.take(30));
    period.add(B, 40);
    assertEquals(Optional.of(new Hints.At(Set.of(B))), period.take(60));
  }

  @Test
  void aMassOfPathsIsEverywhere() {
    for (int i = 0; i <= 10_000; i++) {
      period.add(new FilePath("f" + i), 0);
    }
    assertEquals(Optional.of(new Hints.Everywhere()), period.take(20));
  }
}
