package dev.syncline.core.csv;

import java.util.List;

/**
 * A CSV text with the names of its columns in the first row, as it is written.
 *
 * @param before what stands before the header: a byte order mark, empty lines
 * @param header the first row that is not empty
 * @param rows all others, in order; an empty line is one, too
 */
public record CsvTable(String before, CsvRow header, List<CsvRow> rows) {
  public CsvTable {
    rows = List.copyOf(rows);
  }

  /** The names of the columns. */
  public List<String> columns() {
    return header.values();
  }
}
