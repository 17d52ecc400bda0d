package dev.syncline.testkit.workspace;

import dev.syncline.core.port.Ledger;
import dev.syncline.testkit.SettableClock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Plays one random history after another, each on a ledger of its own. {@code
 * -Dsyncline.histories=1000000} plays more; a failure tells its story, and the seed that {@code
 * -Dsyncline.seed} plays again.
 *
 * @param ledgers opens an empty one that goes by a clock
 * @param disguises one for each ledger
 */
public record Histories(
    Function<SettableClock, Ledger> ledgers, Function<Ledger, Disguise> disguises) {

  /** Histories without a disguise. */
  public Histories(Function<SettableClock, Ledger> ledgers) {
    this(ledgers, Disguise::none);
  }

  /**
   * Plays them.
   *
   * @param usual how many, if nobody says otherwise
   * @throws AssertionError if an invariant doesn't hold
   */
  public void play(int usual) {
    long first = Long.getLong("syncline.seed", 1L);
    long end = first + Integer.getInteger("syncline.histories", usual);
    for (long seed = first; seed < end; seed++) {
      try {
        play(seed, Simulation.Telling.SILENT, new ArrayList<>());
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError(
            "-Dsyncline.seed=" + seed + ": " + e.getMessage() + "\n" + story(seed), e);
      }
    }
  }

  /** The same history again, with every event. */
  private String story(long seed) {
    var story = new ArrayList<String>();
    try {
      play(seed, Simulation.Telling.ALOUD, story);
    } catch (AssertionError | RuntimeException e) {
      return String.join("\n", story);
    }
    return "and went well when it was played again";
  }

  private void play(long seed, Simulation.Telling telling, List<String> story) {
    var clock = new SettableClock();
    try (Ledger ledger = ledgers.apply(clock)) {
      var simulation = new Simulation(seed, telling, clock, ledger, disguises.apply(ledger));
      try {
        simulation.play();
      } finally {
        story.addAll(simulation.story());
      }
    }
  }
}
