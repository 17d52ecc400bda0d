package dev.syncline.server.cli;

import dev.syncline.server.view.Archive;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Puts numbers into words. */
final class Texts {

  private static final int STEP = 1024;

  private Texts() {}

  static String contents(Archive.Contents contents) {
    return "%s (%s, %s), %s and %s"
        .formatted(
            count(contents.documents(), "document"),
            count(contents.changes(), "change"),
            bytes(contents.bytes()),
            count(contents.workspaces(), "workspace"),
            count(contents.tokens(), "token"));
  }

  static String count(long number, String thing) {
    return number + " " + thing + (number == 1 ? "" : "s");
  }

  /** For people: {@code 1.5 MiB}. */
  static String bytes(long bytes) {
    double rest = bytes;
    int unit = 0;
    while (rest >= STEP && unit < 4) {
      rest /= STEP;
      unit++;
    }
    return unit == 0
        ? count(bytes, "byte")
        : String.format(Locale.ROOT, "%.1f %ciB", rest, " KMGT".charAt(unit));
  }

  /** Columns as wide as what stands in them; two spaces between. */
  static String table(List<List<String>> rows) {
    var widths = new ArrayList<Integer>();
    for (List<String> row : rows) {
      for (int i = 0; i < row.size(); i++) {
        if (widths.size() == i) {
          widths.add(0);
        }
        widths.set(i, Math.max(widths.get(i), row.get(i).length()));
      }
    }
    var out = new StringBuilder();
    for (List<String> row : rows) {
      var line = new StringBuilder();
      for (int i = 0; i < row.size(); i++) {
        line.append(row.get(i)).append(" ".repeat(widths.get(i) - row.get(i).length() + 2));
      }
      out.append(line.toString().stripTrailing()).append('\n');
    }
    return out.toString();
  }
}
