package dev.syncline.server.endpoint.proposal;

import dev.syncline.core.model.Changes;
import dev.syncline.core.records.Differences;
import dev.syncline.core.records.RecordComparison;
import dev.syncline.server.endpoint.proposal.Drift.FileDrift;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a pull request says about a drift.
 *
 * @param wording the texts
 * @param longest of a body, in characters of UTF-16
 */
record ProposalText(Wording wording, int longest) {

  /** In a body, where the differences are. */
  static final String DIFFERENCES = "{differences}";

  private static final int LONGEST_TITLE = 200;

  /** For what is cut, and the mark. */
  private static final int SPARE = 1_000;

  /** In characters; people and pages of hosts have enough of it long before. */
  private static final int LONGEST_REPORT = 4_000_000;

  private static final String REPORT_END =
      "all of it is in the files, and what `syncline reference diff` shows.";

  /** The whole text, and a report if that has more. */
  Said of(Drift drift, Changes changes, Comparing comparing) {
    String title =
        Form.shortened(
            Form.oneLine(filled(wording.title(), drift).replace(DIFFERENCES, "")), LONGEST_TITLE);
    String around = filled(wording.body(), drift);
    var body = new Page(Form.BODY, longest - around.length() - SPARE);
    var report = new Page(Form.REPORT, LONGEST_REPORT);
    report.line("# " + title);
    report.line("");
    for (Page page : List.of(body, report)) {
      table(drift, page);
    }
    changes
        .byPath()
        .forEach((path, change) ->
            comparing
                .changed(path, change)
                .ifPresent(
                    it -> show(path.value() + ": " + sentence(it.counts()), it, body, report)));
    changes
        .byPath()
        .forEach((path, change) ->
            comparing
                .kept(path, change)
                .ifPresent(it ->
                    show(
                        path.value()
                            + ": edited here and not at the source, and kept ("
                            + it.counts().total()
                            + ")",
                        it,
                        body,
                        report)));
    boolean hasMore = !body.isWhole() && around.contains(DIFFERENCES);
    return new Said(
        title,
        around,
        body,
        hasMore ? Optional.of(report.text(REPORT_END)) : Optional.empty(),
        drift.fingerprint());
  }

  /** Each difference once, on both pages. */
  private static void show(String heading, RecordComparison comparison, Page body, Page report) {
    List<Page> pages = List.of(body, report);
    int most = Form.REPORT.mostRecords;
    pages.forEach(page -> page.begin(heading));
    comparison.added(most, key -> pages.forEach(page -> page.record("added", key)));
    comparison.removed(most, key -> pages.forEach(page -> page.record("removed", key)));
    comparison.modified(most, record -> pages.forEach(page -> page.changed(record)));
    pages.forEach(page -> page.end(comparison));
  }

  /** The subject and body of a commit. */
  static String commit(Drift drift) {
    var message = new StringBuilder("Sync " + names(drift) + "\n");
    drift
        .files()
        .forEach((path, file) ->
            message.append('\n').append(path.value()).append(": ").append(sentence(file)));
    return message.toString();
  }

  /** What is said below a pull request whose branch somebody else committed to. */
  static String toPeople(Drift drift, String by) {
    return (drift.isEmpty()
            ? "Nothing differs any more, so there is nothing left of ours to propose."
            : "The data differ in other records now (" + names(drift) + ": " + drift.count() + ").")
        + " This branch has commits of "
        + Form.BODY.code(by)
        + ", so it stays as it is: merge it, or delete it and a new pull request is opened."
        + "\n\n"
        + Marker.of(drift.fingerprint());
  }

  private static void table(Drift drift, Page into) {
    into.line("| file | added | removed | changed |");
    into.line("|---|---|---|---|");
    drift
        .files()
        .forEach((path, file) ->
            into.line(
                switch (file) {
                  case FileDrift.Whole(String what, String _) ->
                      "| " + Form.BODY.code(path.value()) + " | " + what + " | | |";
                  case FileDrift.Records(Differences.Counts counts, String _) ->
                      "| %s | %d | %d | %d |"
                          .formatted(
                              Form.BODY.code(path.value()),
                              counts.added(),
                              counts.removed(),
                              counts.modified());
                }));
    into.line("");
  }

  private static String sentence(FileDrift drift) {
    return switch (drift) {
      case FileDrift.Whole(String what, String _) -> what;
      case FileDrift.Records(Differences.Counts counts, String _) -> sentence(counts);
    };
  }

  private static String sentence(Differences.Counts counts) {
    return "%d added, %d removed, %d changed"
        .formatted(counts.added(), counts.removed(), counts.modified());
  }

  /** With all but the differences. */
  private String filled(String template, Drift drift) {
    return template
        .replace("{files}", names(drift))
        .replace("{added}", Integer.toString(drift.sum(Differences.Counts::added)))
        .replace("{removed}", Integer.toString(drift.sum(Differences.Counts::removed)))
        .replace("{modified}", Integer.toString(drift.sum(Differences.Counts::modified)))
        .replace("{total}", Integer.toString(drift.count()))
        .replace("{source}", wording.source());
  }

  private static String names(Drift drift) {
    return drift.files().keySet().stream()
        .map(path -> path.value().substring(path.value().lastIndexOf('/') + 1))
        .map(name -> name.contains(".") ? name.substring(0, name.lastIndexOf('.')) : name)
        .distinct()
        .collect(Collectors.joining(", "));
  }
}
