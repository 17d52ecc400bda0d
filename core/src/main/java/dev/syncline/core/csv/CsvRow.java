package dev.syncline.core.csv;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/**
 * A row of a CSV text (RFC 4180), as it is written.
 *
 * @param cells as they are written, with their quotes
 * @param end what ends its line: CR and LF, LF, CR, or nothing
 */
public record CsvRow(List<String> cells, String end) {
  public CsvRow {
    cells = List.copyOf(cells);
  }

  /** A row that holds these values, with quotes where it needs them. */
  public static CsvRow of(List<String> values, String end) {
    return new CsvRow(values.stream().map(CsvRow::quoted).toList(), end);
  }

  /** What the cells hold. */
  public List<String> values() {
    var values = new ArrayList<String>(cells.size());
    cells.forEach(cell -> values.add(value(cell)));
    return values;
  }

  /** Whether it is an empty line, or one of nothing but space. */
  public boolean isEmpty() {
    return cells.size() == 1 && cells.getFirst().isBlank();
  }

  /** What a cell holds; nothing if the row is shorter. */
  public String value(int column) {
    return column < cells.size() ? value(cells.get(column)) : "";
  }

  /** What the cells hold, by the names of their columns. */
  public SequencedMap<String, String> by(List<String> columns) {
    var values = new LinkedHashMap<String, String>();
    for (int column = 0; column < columns.size(); column++) {
      values.put(columns.get(column), value(column));
    }
    return values;
  }

  /** The same with another value in a cell; a row that is too short is filled up. */
  public CsvRow with(int column, String value) {
    var changed = new ArrayList<>(cells);
    while (changed.size() <= column) {
      changed.add("");
    }
    changed.set(column, quoted(value));
    return new CsvRow(changed, end);
  }

  /** The same with another end of its line. */
  public CsvRow ending(String other) {
    return new CsvRow(cells, other);
  }

  /** As it is written, with the end of its line. */
  public String text() {
    return cells.stream().collect(Collectors.joining(",", "", end));
  }

  private static String value(String written) {
    int last = written.length() - 1;
    return written.startsWith("\"") ? written.substring(1, last).replace("\"\"", "\"") : written;
  }

  private static String quoted(String value) {
    boolean needed = value.chars().anyMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n');
    return needed ? '"' + value.replace("\"", "\"\"") + '"' : value;
  }
}
