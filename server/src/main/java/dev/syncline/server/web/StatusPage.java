package dev.syncline.server.web;

import dev.syncline.server.view.DocumentMetrics;
import dev.syncline.server.view.ServerStatus;
import dev.syncline.server.view.ServerView;
import dev.syncline.server.view.StorageMetrics;
import dev.syncline.server.web.connect.Traffic;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** How the server is, for a person with a browser. Needs nothing but itself: no script, no font. */
final class StatusPage {

  /** The page's own style, and nothing else from anywhere. */
  static final String SECURITY_POLICY =
      "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; form-action 'none'";

  private static final String STYLE =
      """
      :root { color-scheme: light dark; --line: #8884; --bad: #c62828; --good: #2e7d32 }
      @media (prefers-color-scheme: dark) { :root { --bad: #ff8a80; --good: #81c784 } }
      body { font: 1rem/1.5 system-ui, sans-serif; max-width: 40rem; margin: 0 auto; padding: 1rem }
      h1 { font-size: 1.5rem; margin: .5rem 0 }
      .good { color: var(--good) } .bad { color: var(--bad) }
      dl { margin: 1rem 0 } dl div { display: flex; flex-wrap: wrap; gap: 0 1rem;
        justify-content: space-between; padding: .4rem 0; border-top: 1px solid var(--line) }
      dt { opacity: .75 } dd { margin: 0; font-variant-numeric: tabular-nums;
        overflow-wrap: anywhere }
      """;

  private final ServerView server;
  private final Traffic traffic;
  private final Instant now;

  StatusPage(ServerView server, Traffic traffic, Instant now) {
    this.server = server;
    this.traffic = traffic;
    this.now = now;
  }

  /** The whole page. */
  String html() {
    ServerStatus status = server.status();
    var html = new StringBuilder(4 << 10);
    html.append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
        .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
        .append("<title>Syncline</title>\n<style>\n")
        .append(STYLE)
        .append("</style>\n</head>\n<body>\n<h1>Syncline</h1>\n");
    state(html, status.notReady());
    html.append("<dl>\n");
    row(html, "Version", status.version());
    row(html, "Running since", moment(status.started()) + " (" + age(status.started()) + ")");
    row(html, "Documents are kept in", status.storage());
    numbers(html, server.documents(), server.storage());
    status
        .lastProblem()
        .ifPresent(problem ->
            row(
                html,
                "Last problem",
                problem.sentence()
                    + " ("
                    + moment(problem.at())
                    + ", "
                    + age(problem.at())
                    + " ago)"));
    html.append("</dl>\n<p><a href=\"workspaces\">Workspaces</a></p>\n</body>\n</html>\n");
    return html.toString();
  }

  private static void state(StringBuilder html, List<String> notReady) {
    if (notReady.isEmpty()) {
      html.append("<p class=\"good\">👍 Ready: documents are synced and stored.</p>\n");
    }
    for (String reason : notReady) {
      html.append("<p class=\"bad\" role=\"alert\">").append(escaped(reason)).append("</p>\n");
    }
  }

  private void numbers(StringBuilder html, DocumentMetrics documents, StorageMetrics storage) {
    row(html, "Stored", bytes(storage.status().storedBytes()));
    row(html, "Documents in memory", count(documents.open().documents()));
    row(html, "Peers", count(documents.open().peers()));
    row(
        html,
        "Connections",
        count(traffic.limits().connections()) + " of at most " + count(traffic.limits().most()));
    row(html, "Changes stored since start", count(documents.changes()));
    long rejected = documents.rejected().values().stream().mapToLong(Long::longValue).sum();
    whenAny(html, "Messages refused", rejected);
    whenAny(html, "Changes without permission", documents.trouble().changesDenied());
    whenAny(html, "Chunks that can’t be read yet", documents.trouble().chunksUnreadable());
    whenAny(html, "Failures of the storage", documents.trouble().storeFailures());
    whenAny(html, "Damaged chunks set aside", storage.status().damaged());
  }

  /** What did not happen takes no room. */
  private static void whenAny(StringBuilder html, String label, long count) {
    if (count > 0) {
      row(html, label, count(count));
    }
  }

  private static void row(StringBuilder html, String label, String value) {
    html.append("<div><dt>")
        .append(escaped(label))
        .append("</dt><dd>")
        .append(escaped(value))
        .append("</dd></div>\n");
  }

  private static String moment(Instant moment) {
    return moment.truncatedTo(ChronoUnit.SECONDS).toString().replace('T', ' ').replace("Z", " UTC");
  }

  private String age(Instant since) {
    Duration age = Duration.between(since, now);
    if (age.toDays() > 0) {
      return age.toDays() + " d " + age.toHoursPart() + " h";
    }
    if (age.toHours() > 0) {
      return age.toHours() + " h " + age.toMinutesPart() + " min";
    }
    return age.toMinutes() > 0 ? age.toMinutes() + " min" : Math.max(0, age.toSeconds()) + " s";
  }

  private static String count(long count) {
    var digits = new StringBuilder(Long.toString(count));
    for (int at = digits.length() - 3; at > 0; at -= 3) {
      digits.insert(at, '\u202f');
    }
    return digits.toString();
  }

  private static String bytes(long bytes) {
    if (bytes < 1 << 10) {
      return bytes + " B";
    }
    int power = (63 - Long.numberOfLeadingZeros(bytes)) / 10;
    long tenths = Math.round(bytes * 10.0 / (1L << (10 * power)));
    return tenths / 10 + "." + tenths % 10 + " " + "KMGTPE".charAt(power - 1) + "iB";
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
