package dev.syncline.server.config;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The value that holds for each setting, and where it comes from. Immutable. */
public final class Values {

  private final Map<Setting<?>, Given> given;

  Values(Map<Setting<?>, Given> given) {
    this.given = new LinkedHashMap<>(given);
  }

  /** The value as it was written, or the preset; empty if there is neither. */
  public Optional<Given> given(Setting<?> setting) {
    return Optional.ofNullable(given.get(setting))
        .or(() -> setting.preset().map(text -> new Given(setting, text, Origin.PRESET)));
  }

  /** What the value means, for a setting that may have none. */
  <T> Optional<T> find(Setting<T> setting) {
    return given(setting).map(value -> setting.type().parse(value.text()));
  }

  /** What the value means, for a setting that has a preset. */
  <T> T get(Setting<T> setting) {
    return find(setting).orElseThrow();
  }
}
