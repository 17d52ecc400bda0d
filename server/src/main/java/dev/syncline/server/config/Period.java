package dev.syncline.server.config;

import dev.syncline.core.model.SyncException;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads durations as people write them: {@code 500ms}, {@code 30s}, {@code 2m}, {@code 1h}. */
public final class Period {

  /** For a schema: what {@link #parse} accepts. */
  static final String PATTERN = "^[0-9]+ ?(ms|s|m|h|d)$";

  private static final Pattern WRITTEN = Pattern.compile("([0-9]{1,9}) ?(ms|s|m|h|d)?");

  private Period() {}

  /**
   * @throws SyncException.Invalid if it is no duration
   */
  public static Duration parse(String text) {
    Matcher written = WRITTEN.matcher(text.strip());
    if (!written.matches()) {
      throw new SyncException.Invalid(
          "`" + text + "` is no duration: write a number with ms, s, m, h or d, such as 30s");
    }
    long number = Long.parseLong(written.group(1));
    return switch (written.group(2)) {
      case "ms" -> Duration.ofMillis(number);
      case "s" -> Duration.ofSeconds(number);
      case "m" -> Duration.ofMinutes(number);
      case "h" -> Duration.ofHours(number);
      case "d" -> Duration.ofDays(number);
      case null, default ->
          throw new SyncException.Invalid(
              "`%s` has no unit: write %ss for seconds, or %sms".formatted(text, number, number));
    };
  }

  /** The shortest exact form: {@code 30s}. */
  static String text(Duration duration) {
    long millis = duration.toMillis();
    if (millis % 1000 != 0) {
      return millis + "ms";
    }
    long seconds = millis / 1000;
    if (seconds % 60 != 0 || seconds == 0) {
      return seconds + "s";
    }
    return seconds % 3600 != 0 ? seconds / 60 + "m" : seconds / 3600 + "h";
  }
}
