package dev.syncline.core.csv;

/** What reading some bytes as CSV gave. */
public sealed interface CsvReading {

  record Read(CsvTable table) implements CsvReading {}

  /**
   * They are no CSV.
   *
   * @param reason in a few words
   */
  record Refused(String reason) implements CsvReading {}
}
