package dev.syncline.server.document.store.sql;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waits for what another thread brings about and nobody announces. */
final class Await {

  private Await() {}

  static void that(BooleanSupplier condition) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < end, "it didn't come to pass");
      Thread.onSpinWait();
    }
  }
}
