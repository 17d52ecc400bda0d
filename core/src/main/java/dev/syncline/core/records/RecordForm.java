package dev.syncline.core.records;

import java.util.Locale;
import java.util.Optional;

/**
 * How records are written, and what tells one from another: its key. UTF-8; a byte order mark is
 * passed over.
 */
public sealed interface RecordForm {

  /** What tells records apart, where their form doesn't: a field's name. */
  Optional<String> id();

  /**
   * JSON (RFC 8259): an object with the records by their keys, or an array of objects.
   *
   * @param id the field of an array's objects that holds their keys: text, or a number as it is
   *     written. An object of records needs none.
   */
  record Json(Optional<String> id) implements RecordForm {}

  /**
   * CSV (RFC 4180): a row of names, and a row for each record. Fields are text, and a row that ends
   * early lacks the fields behind. Empty rows are passed over.
   *
   * @param id the column that holds the keys; the first if empty
   */
  record Csv(Optional<String> id) implements RecordForm {}

  /** The form that a file's name promises: CSV for {@code .csv}, else JSON. */
  static RecordForm ofFile(String name, Optional<String> id) {
    return name.toLowerCase(Locale.ROOT).endsWith(".csv") ? new Csv(id) : new Json(id);
  }
}
