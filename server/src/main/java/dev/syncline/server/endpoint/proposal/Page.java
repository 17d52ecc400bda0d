package dev.syncline.server.endpoint.proposal;

import dev.syncline.core.records.FieldChange;
import dev.syncline.core.records.RecordChange;
import dev.syncline.core.records.RecordComparison;

/** Differences as lines, as many as there is room for. Confined to one thread. */
final class Page {

  private static final String FOLD_END = "</details>";

  private final Form form;
  private final int room;
  private final StringBuilder text = new StringBuilder();
  private int left;
  private int shown;
  private boolean isWhole = true;
  private boolean isFolded;

  /**
   * @param room in characters of UTF-16
   */
  Page(Form form, int room) {
    this.form = form;
    this.room = room;
  }

  void line(String line) {
    if (left > 0 || text.length() + line.length() + 1 > room) {
      left += line.isEmpty() ? 0 : 1;
      isWhole = false;
    } else {
      text.append(line).append('\n');
    }
  }

  /** The records of another file follow. */
  void begin(String heading) {
    shown = 0;
    line(form.heading(heading));
    isFolded = left == 0 && form == Form.BODY;
    line("");
  }

  /** A record that came or went. */
  void record(String what, String key) {
    if (fits()) {
      line(form.record(what, key));
    }
  }

  void changed(RecordChange record) {
    if (fits()) {
      line(form.record("", record.key()));
      for (FieldChange field : record.fields()) {
        line(form.field(field.path(), field.old(), field.current()));
      }
    }
  }

  private boolean fits() {
    return ++shown <= form.mostRecords;
  }

  /** That was all of a file. */
  void end(RecordComparison comparison) {
    if (comparison.reordered()) {
      line(form.remark("records stand in another order"));
    }
    int total = comparison.counts().total();
    if (total > form.mostRecords) {
      isWhole = false;
      line(form.remark("… and " + (total - form.mostRecords) + " records more"));
    }
    line("");
    if (isFolded) {
      text.append('\n').append(FOLD_END).append('\n'); // There is spare room for it.
    }
  }

  /** Whether all is in here that was brought. */
  boolean isWhole() {
    return isWhole;
  }

  /**
   * All that fits.
   *
   * @param elsewhere where the rest is
   */
  String text(String elsewhere) {
    if (isWhole) {
      return text.toString();
    }
    String more = left == 0 ? "more than fits in here: " : left + " lines more than fit in here: ";
    return text + "\n… and " + more + elsewhere + "\n";
  }
}
