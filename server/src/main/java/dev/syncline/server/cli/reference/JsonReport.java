package dev.syncline.server.cli.reference;

import dev.syncline.core.json.JsonText;
import dev.syncline.core.records.Differences;
import dev.syncline.core.records.FieldChange;
import dev.syncline.core.records.RecordChange;
import dev.syncline.core.records.RecordComparison;
import java.io.PrintStream;
import java.util.function.Consumer;
import java.util.function.Function;

/** All that differs, as JSON; written while it is found, however much it is. */
public final class JsonReport implements Report {

  private final PrintStream out;
  private boolean first = true;

  public JsonReport(PrintStream out) {
    this.out = out;
    out.print("{\"categories\": {");
  }

  @Override
  public void add(String category, RecordComparison comparison) {
    out.print((first ? "\n" : ",\n") + JsonText.quoted(category) + ": {");
    first = false;
    out.print("\n \"added\": [");
    var added = new Items();
    comparison.added(Integer.MAX_VALUE, key -> added.print(JsonText.quoted(key)));
    out.print("],\n \"removed\": [");
    var removed = new Items();
    comparison.removed(Integer.MAX_VALUE, key -> removed.print(JsonText.quoted(key)));
    out.print("],\n \"modified\": [");
    var modified = new Items();
    comparison.modified(Integer.MAX_VALUE, modified.of(JsonReport::form));
    Differences.Counts counts = comparison.counts();
    out.print(
        """
        ],
         "reordered": %b,
         "counts": {"added": %d, "removed": %d, "modified": %d, "total": %d}}\
        """
            .formatted(
                comparison.reordered(),
                counts.added(),
                counts.removed(),
                counts.modified(),
                counts.total()));
  }

  @Override
  public void end(int unusable) {
    out.println("\n}}");
  }

  private static String form(RecordChange change) {
    var form = new StringBuilder("{\"key\": " + JsonText.quoted(change.key()) + ", \"fields\": [");
    String comma = "";
    for (FieldChange field : change.fields()) {
      form.append(comma).append("{\"path\": ").append(JsonText.quoted(field.path()));
      field.old().ifPresent(old -> form.append(", \"old\": ").append(old));
      field.current().ifPresent(current -> form.append(", \"new\": ").append(current));
      form.append('}');
      comma = ", ";
    }
    return form.append("]}").toString();
  }

  /** Commas between, and a line for each. */
  private final class Items {
    private String comma = "";

    void print(String item) {
      out.print(comma + "\n  " + item);
      comma = ",";
    }

    <T> Consumer<T> of(Function<T, String> form) {
      return item -> print(form.apply(item));
    }
  }
}
