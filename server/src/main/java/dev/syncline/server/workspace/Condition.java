package dev.syncline.server.workspace;

import dev.syncline.core.flow.Health;
import dev.syncline.core.model.Finding;
import dev.syncline.core.model.LinkName;
import java.util.Locale;

/** What a link's condition means to somebody who looks for trouble. */
final class Condition {

  private static final String SUBJECT = "condition";

  private Condition() {}

  static Finding of(LinkName link, Health health) {
    String word = health.condition().name().toLowerCase(Locale.ROOT);
    String sentence = health.reason().isEmpty() ? word : word + ": " + health.reason();
    Finding finding =
        switch (health.condition()) {
          case IDLE, SYNCING, WAITING -> Finding.ok(SUBJECT, sentence);
          case HELD ->
              Finding.warning(
                  SUBJECT, sentence, "syncline log names the run, syncline approve lets it go on.");
          case CONFLICT -> Finding.warning(SUBJECT, sentence, "syncline conflicts list");
          case PAUSED -> Finding.warning(SUBJECT, sentence, "syncline workspace resume");
          case UNREACHABLE, DENIED, HALTED ->
              Finding.wrong(SUBJECT, sentence, "Mend that; to try at once: syncline sync");
        };
    return finding.of("link " + link);
  }
}
