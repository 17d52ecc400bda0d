package dev.syncline.core.csv;

import dev.syncline.core.model.SyncException;
import dev.syncline.core.text.ByteWindow;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Optional;

/**
 * Reads CSV as RFC 4180 has it, row by row: commas, quotes around a whole cell, quotes in them
 * doubled. Lines may end with CRLF, LF or CR. All that is wrong is a {@link SyncException.Invalid}
 * that says where. Confined to one thread.
 */
public final class CsvRows {

  /** The largest row, in bytes. */
  static final int LARGEST = 16 << 20;

  static final int MOST_CELLS = 1_000_000;

  private final ByteWindow in;
  private final StringBuilder cell = new StringBuilder();
  private long start;

  public CsvRows(ByteWindow in) {
    this.in = in;
  }

  /** Reads the row with the names of the columns, which all are different. */
  public CsvRow header() {
    CsvRow row =
        filled()
            .orElseThrow(() -> in.wrong("is empty: not even the names of its columns are there"));
    if (new HashSet<>(row.values()).size() < row.cells().size()) {
      throw in.wrongAt(start, "names a column twice");
    }
    return row;
  }

  /** Reads the next row that isn't empty; none at the end. */
  public Optional<CsvRow> filled() {
    Optional<CsvRow> row = next();
    while (row.isPresent() && row.get().isEmpty()) {
      row = next();
    }
    return row;
  }

  /** Reads the next row, be it an empty line; none at the end. */
  public Optional<CsvRow> next() {
    start = in.offset();
    if (in.peek() == ByteWindow.END) {
      return Optional.empty();
    }
    var cells = new ArrayList<String>();
    do {
      if (cells.size() == MOST_CELLS) {
        throw in.wrongAt(start, "has a row of more than " + MOST_CELLS + " cells");
      }
      cells.add(cell());
    } while (in.takes(','));
    return Optional.of(new CsvRow(cells, end()));
  }

  /** Where the row begins that was read. */
  public long start() {
    return start;
  }

  private String cell() {
    cell.setLength(0);
    if (in.peek() == '"') {
      quoted();
    } else {
      while (!endsCell(in.peek())) {
        append(in.next());
      }
    }
    return cell.toString();
  }

  private void quoted() {
    long open = in.offset();
    do {
      append(in.next());
      while (in.peek() != '"') {
        if (in.peek() == ByteWindow.END) {
          throw in.wrongAt(open, "has a quote that is never closed");
        }
        append(in.next());
      }
      append(in.next());
    } while (in.peek() == '"');
    if (!endsCell(in.peek())) {
      throw in.wrong("has something behind a closing quote");
    }
  }

  private void append(int c) {
    if (in.offset() - start > LARGEST) {
      throw in.wrongAt(start, "has a row of more than " + (LARGEST >> 20) + " MiB");
    }
    if (c < 0x80) {
      cell.append((char) c);
    } else {
      cell.appendCodePoint(in.character(c));
    }
  }

  private String end() {
    if (in.takes('\n')) {
      return "\n";
    }
    if (!in.takes('\r')) {
      return "";
    }
    return in.takes('\n') ? "\r\n" : "\r";
  }

  private static boolean endsCell(int c) {
    return c == ',' || c == '\n' || c == '\r' || c == ByteWindow.END;
  }
}
