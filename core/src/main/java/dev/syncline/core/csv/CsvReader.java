package dev.syncline.core.csv;

import dev.syncline.core.model.SyncException;
import dev.syncline.core.text.ByteSource;
import dev.syncline.core.text.ByteWindow;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Optional;

/** Reads a whole CSV text, with its layout. Pure; callable from any thread. */
public final class CsvReader {

  /** The largest text that is read as a whole, in bytes. */
  private static final int LARGEST = 16 << 20;

  private CsvReader() {}

  /** Reads; refuses what has no first row, too. */
  public static CsvReading read(byte[] contents) {
    if (contents.length > LARGEST) {
      return new CsvReading.Refused("larger than " + (LARGEST >> 20) + " MiB");
    }
    try {
      return table(contents);
    } catch (SyncException.Invalid e) {
      return new CsvReading.Refused(String.valueOf(e.getMessage()));
    }
  }

  private static CsvReading table(byte[] contents) {
    var rows = new CsvRows(ByteWindow.over("it", ByteSource.of(contents)));
    CsvRow header = rows.header();
    String before = new String(contents, 0, (int) rows.start(), StandardCharsets.UTF_8);
    var below = new ArrayList<CsvRow>();
    int cells = header.cells().size();
    for (Optional<CsvRow> row = rows.next(); row.isPresent(); row = rows.next()) {
      cells += row.get().cells().size();
      if (cells > CsvRows.MOST_CELLS) {
        return new CsvReading.Refused("more than " + CsvRows.MOST_CELLS + " cells");
      }
      below.add(row.get());
    }
    return new CsvReading.Read(new CsvTable(before, header, below));
  }
}
