package dev.syncline.server.config;

import dev.syncline.core.model.SyncException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads sizes as people write them: {@code 64MiB}, {@code 64MB} or plain bytes. */
final class ByteSize {

  /** For a schema: what {@link #parse} accepts. */
  static final String PATTERN = "^[0-9]+ ?([kKmMgGtT][iI]?[bB]|[bB])?$";

  private static final Pattern WRITTEN =
      Pattern.compile("([0-9]{1,18}) ?(?:(?<prefix>[kmgt])(?<binary>i)?)?(?<unit>b)?");

  private ByteSize() {}

  /**
   * @throws SyncException.Invalid if it is no size
   */
  static long parse(String text) {
    Matcher written = WRITTEN.matcher(text.strip().toLowerCase(Locale.ROOT));
    if (!written.matches()) {
      throw new SyncException.Invalid(
          "`" + text + "` is no size: write bytes, or a number with KiB, MiB, GiB, kB, MB or GB");
    }
    String prefix = written.group("prefix");
    if (prefix == null) {
      return Long.parseLong(written.group(1));
    }
    if (written.group("unit") == null) {
      // 64M is 64,000,000 to some and 67,108,864 to others: neither may be surprised.
      String letter = prefix.toUpperCase(Locale.ROOT);
      throw new SyncException.Invalid(
          "`%s` can be read in two ways: write %s%siB for steps of 1024, or %s%sB for 1000"
              .formatted(text, written.group(1), letter, written.group(1), letter));
    }
    long step = written.group("binary") == null ? 1000 : 1024;
    long size = Long.parseLong(written.group(1));
    try {
      for (int i = 0; i <= "kmgt".indexOf(prefix); i++) {
        size = Math.multiplyExact(size, step);
      }
    } catch (ArithmeticException e) {
      throw new SyncException.Invalid("`" + text + "` is more than any machine has", e);
    }
    return size;
  }

  /** The shortest exact form: {@code 64MiB}. */
  static String text(long bytes) {
    String[] units = {"", "KiB", "MiB", "GiB", "TiB"};
    int unit = 0;
    long rest = bytes;
    while (rest != 0 && rest % 1024 == 0 && unit < units.length - 1) {
      rest /= 1024;
      unit++;
    }
    return rest + units[unit];
  }
}
