package dev.syncline.testkit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Shows whatever time a test sets; jumps as clocks do. Thread-safe. */
public final class SettableClock implements InstantSource {

  private static final Instant START = Instant.parse("2026-11-21T08:00:00Z");

  private volatile Instant now = START;

  @Override
  public Instant instant() {
    return now;
  }

  /** Moves on, or back if negative. */
  public synchronized void move(Duration by) {
    now = now.plus(by);
  }
}
