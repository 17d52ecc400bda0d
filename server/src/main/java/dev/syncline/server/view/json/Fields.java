package dev.syncline.server.view.json;

import dev.syncline.core.model.SyncException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads the fields of an object; one that is missing or of another type is {@link
 * SyncException.Invalid}, by its name. {@code null} counts as missing.
 *
 * @param node the object
 */
public record Fields(JsonNode node) {

  public Fields {
    if (!node.isObject()) {
      throw new SyncException.Invalid("a JSON object is expected here");
    }
  }

  /** A new object. */
  static ObjectNode object() {
    return JsonMapper.shared().createObjectNode();
  }

  /** Refuses every field that is none of these. */
  public Fields knowsOnly(Set<String> keys) {
    node.propertyNames().stream()
        .filter(key -> !keys.contains(key))
        .findFirst()
        .ifPresent(key -> {
          throw new SyncException.Invalid(
              "there is no `" + key + "` here, but " + String.join(", ", new TreeSet<>(keys)));
        });
    return this;
  }

  public boolean has(String key) {
    return node.hasNonNull(key);
  }

  /** A field that may be missing. */
  public <T> Optional<T> maybe(String key, Function<JsonNode, T> reading) {
    return has(key) ? Optional.of(reading.apply(node.path(key))) : Optional.empty();
  }

  /** A text that may be missing. */
  public Optional<String> maybeText(String key) {
    return has(key) ? Optional.of(text(key)) : Optional.empty();
  }

  public String text(String key) {
    JsonNode value = node.path(key);
    if (!value.isString()) {
      throw new SyncException.Invalid("`" + key + "` is missing, or not a text");
    }
    return value.stringValue();
  }

  long number(String key) {
    JsonNode value = node.path(key);
    if (!value.canConvertToLong()) {
      throw new SyncException.Invalid("`" + key + "` is missing, or not a whole number");
    }
    return value.asLong();
  }

  int count(String key) {
    JsonNode value = node.path(key);
    if (!value.canConvertToInt()) {
      throw new SyncException.Invalid("`" + key + "` is missing, or not a whole number");
    }
    return value.asInt();
  }

  /** Whether it says so; it does not if it is missing. */
  public boolean isSet(String key) {
    return has(key) && node.path(key).asBoolean();
  }

  Instant moment(String key) {
    return time(key, Instant::parse);
  }

  Optional<Instant> maybeMoment(String key) {
    return has(key) ? Optional.of(moment(key)) : Optional.empty();
  }

  Duration duration(String key) {
    return time(key, Duration::parse);
  }

  /** A constant, by its name in small letters. */
  public <E extends Enum<E>> E constant(String key, Class<E> type) {
    String name = text(key);
    try {
      return Enum.valueOf(type, name.toUpperCase(Locale.ROOT).replace('-', '_'));
    } catch (IllegalArgumentException e) {
      throw new SyncException.Invalid("`" + key + "` can't be `" + name + "`", e);
    }
  }

  /** How {@link #constant} finds it. */
  public static String name(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The object of a field. */
  public Fields section(String key) {
    return new Fields(node.path(key));
  }

  /** The items of a list; none if it is missing. */
  public <T> List<T> list(String key, Function<JsonNode, T> reading) {
    JsonNode list = node.path(key);
    if (has(key) && !list.isArray()) {
      throw new SyncException.Invalid("`" + key + "` is a list");
    }
    var items = new ArrayList<T>();
    list.forEach(item -> items.add(reading.apply(item)));
    return List.copyOf(items);
  }

  private <T> T time(String key, Function<String, T> reading) {
    try {
      return reading.apply(text(key));
    } catch (DateTimeException e) {
      throw new SyncException.Invalid("`" + key + "` is not a time as ISO 8601 writes it", e);
    }
  }
}
