package dev.syncline.server.endpoint.jsonapi;

import dev.syncline.core.merge.ByRecord;
import java.util.Set;

/** What the records of a category are as a file. Pure; callable from any thread. */
public interface RecordForm {

  /**
   * The file.
   *
   * @param records a JSON text: an object of objects by their names, or an array of objects
   * @throws IllegalArgumentException with a sentence, if they are not as this form needs them
   */
  byte[] file(byte[] records);

  /** How such a file holds its records, so that they can be merged. */
  ByRecord.Records records();

  /** What tells the records of such a file apart; none if it can't be read. */
  Set<String> ids(byte[] file);
}
