package dev.syncline.core.records;

import dev.syncline.core.json.JsonDocument;
import dev.syncline.core.json.JsonNode;
import dev.syncline.core.json.JsonReader;
import dev.syncline.core.json.JsonReading;
import dev.syncline.core.model.SyncException;
import dev.syncline.core.text.ByteWindow;
import java.util.function.Consumer;

/** Reads a set's records: all of them once, and later one of them again. */
sealed interface Records permits JsonRecords, CsvRecords {

  /** The largest record, in bytes: it is read as a whole when it has changed. */
  int LARGEST = JsonReader.LARGEST - 2;

  /**
   * Reads all records, from front to back.
   *
   * @throws SyncException.Invalid if they are not written as they must; says where
   */
  void each(Consumer<Found> visitor);

  /** Reads one again that was found. */
  Written at(long offset, int length);

  /**
   * Where a record is, and what it means: in two halves each, see {@link Meaning}.
   *
   * @param repeats whether an object in it has a name twice
   */
  record Found(
      long keyOne,
      long keyTwo,
      long meaningOne,
      long meaningTwo,
      long offset,
      int length,
      boolean repeats) {}

  /** A record as it is written; that of CSV as an object of texts. */
  record Written(String key, JsonNode value) {}

  static Records of(RecordSet set, Rule rule) {
    return switch (set.form()) {
      case RecordForm.Json json -> new JsonRecords(set, json.id(), rule);
      case RecordForm.Csv csv -> new CsvRecords(set, csv.id(), rule);
    };
  }

  /** How long the record is that begins at {@code start} and ends where the window is. */
  static int length(ByteWindow in, long start) {
    long length = in.offset() - start;
    if (length > LARGEST) {
      throw in.wrongAt(start, "has a record of more than " + (JsonReader.LARGEST >> 20) + " MiB");
    }
    return (int) length;
  }

  /** Reads bytes that were there before. */
  static byte[] slice(RecordSet set, long offset, int length) {
    byte[] slice = new byte[length];
    for (int at = 0; at < length; ) {
      int count = set.bytes().read(offset + at, slice, at, length - at);
      if (count < 0) {
        throw changed(set, "it became shorter");
      }
      at += count;
    }
    return slice;
  }

  static JsonNode read(RecordSet set, byte[] json) {
    return switch (JsonReader.read(json, JsonReader.Repeated.READ)) {
      case JsonReading.Read(JsonDocument document) -> document.root();
      case JsonReading.Refused(String reason) -> throw changed(set, reason);
    };
  }

  private static SyncException changed(RecordSet set, String reason) {
    return new SyncException.Unavailable(
        set.name()
            + " has a record that can't be read again ("
            + reason
            + "): was it changed meanwhile? Then compare once more");
  }
}
