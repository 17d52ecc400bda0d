package dev.syncline.server.cli;

import dev.syncline.core.flow.Health;
import dev.syncline.core.model.CommitId;
import dev.syncline.core.model.LinkName;
import dev.syncline.server.view.Workspaces;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

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

  /** All that is known. */
  static Map<String, Object> json(Workspaces.Status status) {
    var json = new LinkedHashMap<String, Object>();
    json.put("workspace", status.workspace().value());
    json.put("version", status.version().map(CommitId::hex).orElse(""));
    json.put("conflicts", status.conflicts());
    var links = new LinkedHashMap<String, Object>();
    for (Map.Entry<LinkName, Workspaces.LinkStatus> link : status.links().entrySet()) {
      links.put(link.getKey().value(), link(link.getValue()));
    }
    json.put("links", links);
    return json;
  }

  private static Map<String, Object> link(Workspaces.LinkStatus status) {
    Health health = status.health();
    var json = new LinkedHashMap<String, Object>();
    json.put("place", status.place());
    json.put("state", health.condition().name().toLowerCase(Locale.ROOT));
    json.put("reason", health.reason());
    json.put("provenEqual", moment(health.equalSince()));
    json.put("lastIn", moment(health.lastIn()));
    json.put("lastOut", moment(health.lastOut()));
    json.put("nextTry", moment(health.retry()));
    json.put("consecutiveFailures", health.failures());
    json.put("runs", health.totals().runs());
    json.put("failures", health.totals().failures());
    json.put("averageMillis", average(health.totals()));
    json.put("conflictsResolved", health.totals().conflictsResolved());
    return json;
  }

  private static long average(Health.Totals totals) {
    return totals.runs() == 0 ? 0 : totals.time().toMillis() / totals.runs();
  }

  private static String moment(Optional<Instant> at) {
    return at.map(Instant::toString).orElse("");
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
