package dev.syncline.core.records;

import dev.syncline.core.text.ByteSource;

/**
 * One category of records, in one place.
 *
 * @param name how messages call it, such as its file's name
 */
public record RecordSet(String name, ByteSource bytes, RecordForm form) {

  /** One that is in memory. */
  public static RecordSet of(String name, byte[] bytes, RecordForm form) {
    return new RecordSet(name, ByteSource.of(bytes), form);
  }
}
