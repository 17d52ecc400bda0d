package dev.syncline.server.config;

import java.util.Locale;
import java.util.Optional;

/**
 * One thing that can be decided: everything that files, variables, flags, the sample, the schema
 * and the documentation need to know of it.
 *
 * @param key its name in the file, sections and all: {@code server.port}
 * @param preset what holds where nothing is said, as it would be written; nothing if empty
 * @param example a value for the sample, where there is no preset
 * @param sentences what it decides, in Markdown
 */
public record Setting<T>(
    String key, ValueType<T> type, Optional<String> preset, String example, String sentences) {

  private static final String HOME_SECTION = "server.";

  static <T> Setting<T> preset(String key, ValueType<T> type, String preset, String sentences) {
    return new Setting<>(key, type, Optional.of(preset), preset, sentences);
  }

  static <T> Setting<T> optional(String key, ValueType<T> type, String example, String sentences) {
    return new Setting<>(key, type, Optional.empty(), example, sentences);
  }

  /** {@code SYNCLINE_SERVER_PORT}. */
  public String variable() {
    return Environment.PREFIX + key.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
  }

  /**
   * {@code --port}: the key with dashes for its dots, without the section {@code server}. None for
   * a secret, since everybody on a machine sees its command lines.
   */
  public Optional<String> flag() {
    if (isSecret()) {
      return Optional.empty();
    }
    String name = key.startsWith(HOME_SECTION) ? key.substring(HOME_SECTION.length()) : key;
    return Optional.of("--" + name.replace('.', '-'));
  }

  /** What may be written, in a few words. */
  public String described() {
    return type.described();
  }

  boolean isSecret() {
    return type instanceof Text text && text.audience() == Text.Audience.NOBODY;
  }

  @Override
  public String toString() {
    return key;
  }
}
