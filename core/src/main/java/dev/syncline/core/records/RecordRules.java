package dev.syncline.core.records;

import java.util.Set;

/**
 * What makes no difference. A field is named by its name in the record, or by a JSON Pointer (RFC
 * 6901) that leaves out the positions in lists: {@code /config/files/path}.
 *
 * @param ignored fields that are not looked at
 * @param unordered lists whose order says nothing
 */
public record RecordRules(Set<String> ignored, Set<String> unordered) {

  /** Everything makes a difference. */
  public static final RecordRules NONE = new RecordRules(Set.of(), Set.of());

  public RecordRules {
    ignored = Set.copyOf(ignored);
    unordered = Set.copyOf(unordered);
  }
}
