package dev.syncline.server.config;

import dev.syncline.core.model.SyncException;
import java.util.Map;

/** Any text that is not blank, which may be for everybody's eyes or not. */
record Text(Audience audience) implements ValueType<String> {

  /** Who may see it. */
  enum Audience {
    ANYBODY,
    NOBODY
  }

  @Override
  public String parse(String text) {
    if (text.isBlank()) {
      throw new SyncException.Invalid("is blank: write a value, or leave it out");
    }
    return text;
  }

  @Override
  public String described() {
    return switch (audience) {
      case ANYBODY -> "text";
      case NOBODY -> "text, secret";
    };
  }

  @Override
  public Map<String, Object> schema() {
    return Map.of("type", "string");
  }

  @Override
  public String shown(String text) {
    return switch (audience) {
      case ANYBODY -> text;
      case NOBODY -> Secret.MASK;
    };
  }
}
