package dev.syncline.server.config;

import dev.syncline.core.model.SyncException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What was found while reading a configuration, good and bad: reading goes on after a problem, so
 * that a person hears of all of them at once. Not thread-safe.
 */
final class Findings {

  private final Map<Setting<?>, Given> winners = new LinkedHashMap<>();
  private final List<Problem> problems = new ArrayList<>();

  /** Takes a value; of several for one setting, the one from the higher layer stays. */
  void give(Given given) {
    try {
      given.setting().type().parse(given.text());
    } catch (SyncException.Invalid e) {
      problem(given.origin().place(), given.setting().key() + ": " + e.getMessage());
    }
    winners.merge(
        given.setting(),
        given,
        (before, after) -> before.origin().winsOver(after.origin()) ? before : after);
  }

  void problem(String place, String sentence) {
    problems.add(new Problem(place, sentence));
  }

  /** What stands in place of a value that was given. */
  Values values() {
    return new Values(winners);
  }

  List<Problem> problems() {
    return List.copyOf(problems);
  }
}
