package dev.syncline.core.merge;

import java.util.Random;
import java.util.function.Consumer;

/**
 * Runs a rule on generated input, and says with which seed it failed. {@code -Dsyncline.full=true}
 * tries {@value #FULL} times as many; {@code -Dsyncline.seed=N} repeats one.
 */
final class Seeds {

  private static final int FULL = 50;

  private Seeds() {}

  static void each(int count, Consumer<Random> rule) {
    Long only = Long.getLong("syncline.seed");
    if (only != null) {
      rule.accept(new Random(only));
      return;
    }
    int all = Boolean.getBoolean("syncline.full") ? count * FULL : count;
    for (long seed = 0; seed < all; seed++) {
      try {
        rule.accept(new Random(seed));
      } catch (RuntimeException | StackOverflowError | AssertionError e) {
        throw new AssertionError("seed " + seed + ": -Dsyncline.seed=" + seed, e);
      }
    }
  }
}
