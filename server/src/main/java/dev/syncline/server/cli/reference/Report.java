package dev.syncline.server.cli.reference;

import dev.syncline.core.records.RecordComparison;

/** What is said about the drift of one category after the other. */
public sealed interface Report permits TextReport, JsonReport {

  void add(String category, RecordComparison comparison);

  /**
   * After the last one.
   *
   * @param unusable how many categories could not be compared
   */
  void end(int unusable);
}
