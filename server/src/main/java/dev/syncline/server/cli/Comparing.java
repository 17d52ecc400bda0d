package dev.syncline.server.cli;

import dev.syncline.core.model.SyncException;
import dev.syncline.core.records.RecordComparison;
import dev.syncline.core.records.RecordProblem;
import dev.syncline.core.records.RecordRules;
import dev.syncline.server.cli.reference.Category;
import dev.syncline.server.cli.reference.JsonReport;
import dev.syncline.server.cli.reference.Report;
import dev.syncline.server.cli.reference.TextReport;
import java.util.List;

/** Compares categories and prints what differs. */
record Comparing(Console console) {

  /** Compares categories, reports, and says how it ended. */
  ExitCode compare(List<Category> categories, RecordRules rules, Arguments given) {
    Report report =
        given.has("--json")
            ? new JsonReport(console.out())
            : new TextReport(console.out(), paint(given));
    var ended = ExitCode.OK;
    int unusable = 0;
    for (Category category : categories) {
      if (!category.remark().isEmpty()) {
        console.err().println("syncline: " + category.remark());
      }
      try {
        RecordComparison comparison =
            RecordComparison.of(category.source(), category.target(), rules);
        warn(comparison);
        report.add(category.name(), comparison);
        boolean drift = ended == ExitCode.OK && comparison.counts().total() > 0;
        ended = drift ? ExitCode.DRIFT : ended;
      } catch (SyncException.Invalid e) {
        // The others can be compared all the same.
        unusable++;
        ended = unusable(e);
      }
    }
    report.end(unusable);
    return ended;
  }

  private void warn(RecordComparison comparison) {
    for (RecordProblem problem : comparison.problems()) {
      console.err().println("syncline: " + problem.sentence());
    }
    int more = comparison.problemCount() - comparison.problems().size();
    if (more > 0) {
      console.err().println("syncline: … and " + more + " more like these");
    }
  }

  private TextReport.Paint paint(Arguments given) {
    boolean terminal =
        console.screen() == Console.Screen.TERMINAL
            && console.environment().getOrDefault("NO_COLOR", "").isEmpty();
    return given.has("--color") || terminal ? TextReport.Paint.COLOURS : TextReport.Paint.PLAIN;
  }

  private ExitCode unusable(SyncException e) {
    console.err().println("syncline: " + e.getMessage());
    return ExitCode.SOURCE;
  }
}
