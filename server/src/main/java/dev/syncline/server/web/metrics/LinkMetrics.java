package dev.syncline.server.web.metrics;

import dev.syncline.core.flow.Health;
import dev.syncline.core.model.LinkName;
import dev.syncline.core.model.SyncException;
import dev.syncline.core.model.WorkspaceName;
import dev.syncline.server.view.Workspaces;
import dev.syncline.server.web.metrics.MetricsText.Sample;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** What Prometheus is told of the links of workspaces. Confined to one thread. */
final class LinkMetrics {

  private static final double MILLIS = 1e3;

  private final List<Seen> links = new ArrayList<>();

  /** A link at the moment of the scrape. */
  private record Seen(
      WorkspaceName workspace,
      LinkName name,
      Workspaces.LinkStatus status,
      Workspaces.Status whole) {
    Health health() {
      return status.health();
    }

    Health.Totals totals() {
      return health().totals();
    }
  }

  LinkMetrics(Workspaces workspaces) {
    for (WorkspaceName name : workspaces.names()) {
      try {
        Workspaces.Status status = workspaces.status(name);
        status.links().forEach((link, its) -> links.add(new Seen(name, link, its, status)));
      } catch (SyncException e) {
        // It could not be started, or was removed just now: it has no numbers.
      }
    }
  }

  void writeTo(MetricsText text) {
    if (links.isEmpty()) {
      return;
    }
    text.samples(
        "syncline_link_state",
        "gauge",
        "1 for the word that says how a link is.",
        links.stream()
            .map(link ->
                Sample.of("workspace", link.workspace(), 1)
                    .with("link", link.name())
                    .with("state", link.health().condition().name().toLowerCase(Locale.ROOT)))
            .toList());
    counter(text, "syncs", "Runs that ended.", link -> link.totals().runs());
    counter(
        text,
        "successes",
        "Runs that did not fail.",
        link -> link.totals().runs() - link.totals().failures());
    counter(text, "failures", "Runs that failed.", link -> link.totals().failures());
    counter(
        text,
        "sync_seconds",
        "Time that runs took; divided by their number, the average.",
        link -> link.totals().time().toMillis() / MILLIS);
    counter(
        text,
        "conflicts_resolved",
        "Conflicts that people settled.",
        link -> link.totals().conflictsResolved());
    gauge(text, "conflicts", "Conflicts that wait.", link -> link.status().conflicts());
    gauge(
        text,
        "pending_changes",
        "Files that are known to have yet to be carried.",
        link -> link.status().pending());
    gauge(
        text,
        "consecutive_failures",
        "Runs that failed since one did not.",
        link -> link.health().failures());
    text.samples(
        "syncline_link_equal_age_seconds",
        "gauge",
        "Since when nobody has proven that both sides are equal; missing if nobody ever has.",
        links.stream()
            .filter(link -> link.health().equalSince().isPresent())
            .map(link -> sample(link, LinkMetrics::age))
            .toList());
  }

  private static double age(Seen link) {
    return link.health()
        .equalSince()
        .map(since -> Duration.between(since, link.whole().at()).toMillis() / MILLIS)
        .orElse(0.0);
  }

  private void counter(MetricsText text, String name, String help, ToDoubleFunction<Seen> value) {
    write(text, "syncline_link_" + name + "_total", "counter", help, value);
  }

  private void gauge(MetricsText text, String name, String help, ToDoubleFunction<Seen> value) {
    write(text, "syncline_link_" + name, "gauge", help, value);
  }

  private void write(
      MetricsText text, String name, String type, String help, ToDoubleFunction<Seen> value) {
    text.samples(name, type, help, links.stream().map(link -> sample(link, value)).toList());
  }

  private static Sample sample(Seen link, ToDoubleFunction<Seen> value) {
    return Sample.of("workspace", link.workspace(), value.applyAsDouble(link))
        .with("link", link.name());
  }
}
