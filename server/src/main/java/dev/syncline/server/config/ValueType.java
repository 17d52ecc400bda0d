package dev.syncline.server.config;

import dev.syncline.core.model.SyncException;
import java.util.Map;

/**
 * How a setting is written, and what that means.
 *
 * @param <T> what it means
 */
sealed interface ValueType<T>
    permits AddressRanges, Choice, LocalPath, Host, PostgresAddress, Quantity, Text, WebAddress {

  /**
   * Reads a value as it stands in a file, a variable or a flag.
   *
   * @throws SyncException.Invalid if it can't be one, in words that say how to write it; without
   *     the value where that may be secret
   */
  T parse(String text);

  /** For people: what may be written, in a few words. */
  String described();

  /** For editors: a JSON Schema of the value in YAML. */
  Map<String, Object> schema();

  /** The value as it may be shown to anybody. */
  default String shown(String text) {
    return text;
  }
}
