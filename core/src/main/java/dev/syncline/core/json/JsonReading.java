package dev.syncline.core.json;

/** What reading some bytes as JSON gave. */
public sealed interface JsonReading {

  record Read(JsonDocument document) implements JsonReading {}

  /**
   * They are no JSON, or more than is read.
   *
   * @param reason in a few words
   */
  record Refused(String reason) implements JsonReading {}
}
