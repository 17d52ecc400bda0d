package dev.syncline.server.config;

import dev.syncline.core.model.SyncException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Something that is counted or measured, between two bounds.
 *
 * @param name what it is: {@code whole number}
 * @param reading from text to value
 * @param writing from value to text, for the bounds
 * @param pattern of the text, where it is more than digits
 */
record Quantity<T extends Comparable<T>>(
    String name,
    Function<String, T> reading,
    Function<T, String> writing,
    Optional<String> pattern,
    Range<T> range)
    implements ValueType<T> {

  /** Both bounds belong to it. */
  record Range<T>(T least, T most) {}

  private static final int DIGITS = 9;

  static Quantity<Integer> number(int least, int most) {
    return new Quantity<>(
        "whole number",
        Quantity::digits,
        String::valueOf,
        Optional.empty(),
        new Range<>(least, most));
  }

  static Quantity<Long> size(long least, long most) {
    return new Quantity<>(
        "size",
        ByteSize::parse,
        ByteSize::text,
        Optional.of(ByteSize.PATTERN),
        new Range<>(least, most));
  }

  /** A duration whose number may stand without a unit: then it counts seconds. */
  static Quantity<Duration> seconds(Duration least, Duration most) {
    return new Quantity<>(
        "duration",
        text -> Period.parse(text.strip().matches("[0-9]+") ? text.strip() + "s" : text),
        Period::text,
        Optional.of("^[0-9]+ ?(ms|s|m|h|d)?$"),
        new Range<>(least, most));
  }

  static Quantity<Duration> duration(Duration least, Duration most) {
    return new Quantity<>(
        "duration",
        Period::parse,
        Period::text,
        Optional.of(Period.PATTERN),
        new Range<>(least, most));
  }

  @Override
  public T parse(String text) {
    T value = reading.apply(text);
    if (value.compareTo(range.least()) < 0 || value.compareTo(range.most()) > 0) {
      throw new SyncException.Invalid("`" + text + "` is not " + bounds());
    }
    return value;
  }

  @Override
  public String described() {
    return name + ", " + bounds();
  }

  @Override
  public Map<String, Object> schema() {
    var schema = new LinkedHashMap<String, Object>();
    boolean counts = range.least() instanceof Number;
    // Bounds bind numbers and patterns bind strings, so that both can stand side by side.
    schema.put(
        "type", pattern.isEmpty() ? "integer" : counts ? List.of("integer", "string") : "string");
    if (counts) {
      schema.put("minimum", range.least());
      schema.put("maximum", range.most());
    }
    pattern.ifPresent(text -> schema.put("pattern", text));
    return schema;
  }

  private String bounds() {
    return writing.apply(range.least()) + " to " + writing.apply(range.most());
  }

  private static int digits(String text) {
    String digits = text.strip();
    if (!digits.matches("-?[0-9]{1," + DIGITS + "}")) {
      throw new SyncException.Invalid("`" + text + "` is no whole number");
    }
    return Integer.parseInt(digits);
  }
}
