package dev.syncline.server.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.syncline.core.model.SyncException;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class QuantityTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "1234, 1234",
    "7B, 7",
    "1kB, 1000",
    "1KiB, 1024",
    "64MB, 64000000",
    "64MiB, 67108864",
    "64 mib, 67108864",
    "2GiB, 2147483648",
    "3TB, 3000000000000"
  })
  void sizes(String text, long bytes) {
    assertEquals(bytes, ByteSize.parse(text));
    assertEquals(bytes, ByteSize.parse(ByteSize.text(bytes)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "1.5MiB", "64M", "MiB", "1PB", "9999999999999TiB", "1 2"})
  void notSizes(String text) {
    assertThrows(SyncException.Invalid.class, () -> ByteSize.parse(text));
  }

  @ParameterizedTest
  @CsvSource({"500ms, PT0.5S", "30s, PT30S", "90s, PT1M30S", "2m, PT2M", "1h, PT1H", "7d, PT168H"})
  void durations(String text, Duration duration) {
    assertEquals(duration, Period.parse(text));
    assertEquals(duration, Period.parse(Period.text(duration)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "30", "s", "-1s", "1.5s", "1w", "PT30S"})
  void notDurations(String text) {
    assertThrows(SyncException.Invalid.class, () -> Period.parse(text));
  }
}
