package dev.syncline.server.app;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

@NullMarked
final class ReliefTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final long MUCH = 10 << 20;

  private final Relief relief = new Relief(START);

  @Test
  void comesOnceWhenDocumentsAreLeft() {
    assertFalse(relief.isDue(MUCH, START.plusSeconds(70)));
    assertFalse(relief.isDue(MUCH - 1, START.plusSeconds(71)));
    assertTrue(relief.isDue(0, START.plusSeconds(72)));
    assertFalse(relief.isDue(0, START.plusSeconds(300)));
  }

  @Test
  void littleIsNotWorthIt() {
    assertFalse(relief.isDue(1000, START.plusSeconds(70)));
    assertFalse(relief.isDue(0, START.plusSeconds(80)));
  }

  @Test
  void comesNoMoreThanOnceAMinuteAndIsNotForgotten() {
    assertFalse(relief.isDue(MUCH, START.plusSeconds(1)));
    assertFalse(relief.isDue(0, START.plusSeconds(30)));
    assertTrue(relief.isDue(0, START.plusSeconds(60)));
  }

  @Test
  void aClockThatIsSetBackDelaysItByAMinuteAtMost() {
    assertFalse(relief.isDue(MUCH, START.minusSeconds(3600)));
    assertTrue(relief.isDue(0, START.minusSeconds(3540)));
  }
}
