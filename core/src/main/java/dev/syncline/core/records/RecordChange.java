package dev.syncline.core.records;

import java.util.List;

/** A record that both sets have, with other values. */
public record RecordChange(String key, List<FieldChange> fields) {

  public RecordChange {
    fields = List.copyOf(fields);
  }
}
