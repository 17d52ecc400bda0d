package dev.syncline.core.csv;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads CSV as RFC 4180 has it: commas, quotes around a whole cell, quotes in them doubled. Lines
 * may end in any way. Pure; callable from any thread.
 */
public final class CsvReader {

  /** The largest text that is read, in bytes. */
  public static final int LARGEST = 16 << 20;

  private static final int MOST_CELLS = 1_000_000;

  private final String source;
  private final List<CsvRow> rows = new ArrayList<>();
  private List<String> cells = new ArrayList<>();
  private int count;
  private int at;

  private CsvReader(String source) {
    this.source = source;
  }

  /** Reads; refuses what has no first row, too. */
  public static CsvReading read(byte[] contents) {
    if (contents.length > LARGEST) {
      return new CsvReading.Refused("larger than " + (LARGEST >> 20) + " MiB");
    }
    try {
      String source =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(contents)).toString();
      if (source.startsWith("\ufeff")) {
        return new CsvReading.Refused("it begins with a byte order mark");
      }
      return new CsvReader(source).table();
    } catch (CharacterCodingException e) {
      return new CsvReading.Refused("not UTF-8");
    }
  }

  private CsvReading table() {
    while (at < source.length()) {
      if (++count > MOST_CELLS) {
        return new CsvReading.Refused("more than " + MOST_CELLS + " cells");
      }
      int start = at;
      if (!skipCell()) {
        return new CsvReading.Refused(
            "no CSV in row " + (rows.size() + 1) + ": a quote is missing or stands alone");
      }
      cells.add(source.substring(start, at));
      String end = end();
      if (at < source.length() && source.charAt(at) == ',') {
        at++;
        if (at == source.length()) {
          cells.add("");
          endRow("");
        }
      } else {
        at += end.length();
        endRow(end);
      }
    }
    return rows.isEmpty()
        ? new CsvReading.Refused("empty: it has no row with the names of its columns")
        : new CsvReading.Read(new CsvTable(rows.getFirst(), rows.subList(1, rows.size())));
  }

  private void endRow(String end) {
    rows.add(new CsvRow(cells, end));
    cells = new ArrayList<>();
  }

  /** Steps over a cell; false if its quotes are not as they must be. */
  private boolean skipCell() {
    if (at < source.length() && source.charAt(at) == '"') {
      do {
        int quote = source.indexOf('"', at + 1);
        if (quote < 0) {
          return false;
        }
        at = quote + 1;
      } while (at < source.length() && source.charAt(at) == '"');
      return at == source.length() || source.charAt(at) == ',' || !end().isEmpty();
    }
    while (at < source.length() && source.charAt(at) != ',' && end().isEmpty()) {
      at++;
    }
    return true;
  }

  /** The end of a line that is here; empty if there is none. */
  private String end() {
    if (source.startsWith("\r\n", at)) {
      return "\r\n";
    }
    char c = at < source.length() ? source.charAt(at) : 0;
    return c == '\n' || c == '\r' ? String.valueOf(c) : "";
  }
}
