package dev.syncline.server.cli;

import dev.syncline.core.flow.Health;
import dev.syncline.core.model.CommitId;
import dev.syncline.server.view.Workspaces;
import dev.syncline.server.view.json.JsonText;
import dev.syncline.server.view.json.StatusForm;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A workspace's status, for people and for programs. */
final class StatusText {

  private StatusText() {}

  /** A line for each link. */
  static String text(Workspaces.Status status) {
    var rows = new ArrayList<List<String>>();
    status
        .links()
        .forEach((link, state) ->
            rows.add(
                List.of(
                    "  " + link,
                    state.health().condition().name().toLowerCase(Locale.ROOT),
                    state.place(),
                    told(state.health(), status.at()))));
    String version = status.version().map(CommitId::brief).orElse("nothing yet");
    return status.workspace()
        + " at "
        + version
        + (status.conflicts() > 0 ? ", " + Texts.count(status.conflicts(), "conflict") : "")
        + "\n"
        + Texts.table(rows);
  }

  /** All that is known, as the API says it. */
  static String json(Workspaces.Status status) {
    return JsonText.of(StatusForm.write(status));
  }

  private static String told(Health health, Instant now) {
    if (!health.reason().isEmpty()) {
      return health.reason();
    }
    return health
        .equalSince()
        .map(since -> "equal " + ago(Duration.between(since, now)) + " ago")
        .orElse("");
  }

  private static String ago(Duration time) {
    if (time.toSeconds() < 120) {
      return Math.max(0, time.toSeconds()) + " s";
    }
    return time.toMinutes() < 120 ? time.toMinutes() + " min" : time.toHours() + " h";
  }
}
