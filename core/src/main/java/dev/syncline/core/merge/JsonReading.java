package dev.syncline.core.merge;

/** What reading some bytes as JSON gave. */
sealed interface JsonReading {

  record Read(JsonDocument document) implements JsonReading {}

  /**
   * They can't be merged by field.
   *
   * @param reason in a few words
   */
  record Refused(String reason) implements JsonReading {}
}
