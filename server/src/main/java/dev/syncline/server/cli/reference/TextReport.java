package dev.syncline.server.cli.reference;

import dev.syncline.core.records.Differences.Counts;
import dev.syncline.core.records.FieldChange;
import dev.syncline.core.records.RecordChange;
import dev.syncline.core.records.RecordComparison;
import java.io.PrintStream;

/** The first differences of each category, for people, and how many there are. */
public final class TextReport implements Report {

  /** How it is written. */
  public enum Paint {
    COLOURS("\u001b[32m", "\u001b[31m", "\u001b[33m", "\u001b[0m"),
    PLAIN("", "", "", "");

    private final String green;
    private final String red;
    private final String yellow;
    private final String end;

    Paint(String green, String red, String yellow, String end) {
      this.green = green;
      this.red = red;
      this.yellow = yellow;
      this.end = end;
    }
  }

  /** Of added, removed and modified records each, in a category; and of a record's fields. */
  private static final int MOST = 50;

  private final PrintStream out;
  private final Paint paint;
  private int categories;
  private int drifted;
  private Counts sum = new Counts(0, 0, 0);

  public TextReport(PrintStream out, Paint paint) {
    this.out = out;
    this.paint = paint;
  }

  @Override
  public void add(String category, RecordComparison comparison) {
    Counts counts = comparison.counts();
    categories++;
    drifted += counts.total() > 0 ? 1 : 0;
    sum =
        new Counts(
            sum.added() + counts.added(),
            sum.removed() + counts.removed(),
            sum.modified() + counts.modified());
    String order = comparison.reordered() ? "; the records stand in another order" : "";
    String found = counts.total() == 0 ? "no drift" : words(counts);
    out.println(Shown.key(category) + ": " + found + order);
    comparison.added(MOST, key -> line(paint.green, "+ ", key));
    more(counts.added(), "added");
    comparison.removed(MOST, key -> line(paint.red, "- ", key));
    more(counts.removed(), "removed");
    comparison.modified(MOST, this::record);
    more(counts.modified(), "modified");
  }

  @Override
  public void end(int unusable) {
    String found =
        drifted == 0
            ? "No drift in " + words(categories)
            : "Drift in %d of %s: %s".formatted(drifted, words(categories), words(sum));
    String rest = unusable == 0 ? "" : "; " + words(unusable) + " can't be compared";
    out.println(found + rest + ".");
  }

  private void record(RecordChange change) {
    line(paint.yellow, "~ ", change.key());
    for (FieldChange field : change.fields().subList(0, Math.min(MOST, change.fields().size()))) {
      Shown.Pair pair = Shown.pair(field.old(), field.current());
      String path = field.path().isEmpty() ? "(the record)" : Shown.key(field.path());
      out.println(
          "      %s  %s → %s"
              .formatted(
                  path, painted(paint.red, pair.old()), painted(paint.green, pair.current())));
    }
    if (change.fields().size() > MOST) {
      out.println("      … and " + (change.fields().size() - MOST) + " more fields");
    }
  }

  private void line(String colour, String sign, String key) {
    out.println("  " + painted(colour, sign + Shown.key(key)));
  }

  private void more(int count, String what) {
    if (count > MOST) {
      out.println("  … and " + (count - MOST) + " more " + what + " (--json names all)");
    }
  }

  private String painted(String colour, String text) {
    return colour + text + paint.end;
  }

  private static String words(int categories) {
    return categories == 1 ? "1 category" : categories + " categories";
  }

  private static String words(Counts counts) {
    return "%d added, %d removed, %d modified"
        .formatted(counts.added(), counts.removed(), counts.modified());
  }
}
