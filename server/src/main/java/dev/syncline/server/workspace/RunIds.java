package dev.syncline.server.workspace;

import dev.syncline.core.model.RunId;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * New names for runs: when, to the second, in UTC, and four letters of chance.
 *
 * @param random thread-safe
 */
record RunIds(InstantSource clock, RandomGenerator random) implements Supplier<RunId> {

  private static final DateTimeFormatter FORM = DateTimeFormatter.ofPattern("uuuuMMdd-HHmmss");
  private static final String LETTERS = "abcdefghijkmnpqrstuvwxyz23456789";
  private static final int CHANCE = 5;

  @Override
  public RunId get() {
    var name = new StringBuilder(clock.instant().atOffset(ZoneOffset.UTC).format(FORM)).append('-');
    for (int at = 0; at < CHANCE; at++) {
      name.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return new RunId(name.toString());
  }
}
