package dev.syncline.core.merge;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** One version as lines, each with a number that is the same for equal lines of all versions. */
final class Lines {

  /** What of a line counts when two are compared. */
  enum Compared {
    ALL_BYTES,
    /** A last line without a terminator equals the same line with one. */
    WITHOUT_TERMINATOR
  }

  private static final byte LF = '\n';
  private static final byte CR = '\r';

  private final byte[] text;
  private final int[] starts;
  private final int[] ids;

  private Lines(byte[] text, int[] starts, int[] ids) {
    this.text = text;
    this.starts = starts;
    this.ids = ids;
  }

  int count() {
    return ids.length;
  }

  /** The numbers of the lines. */
  int[] ids() {
    return ids;
  }

  int id(int line) {
    return ids[line];
  }

  byte[] text() {
    return text;
  }

  /** Where a line begins in the text; that after the last is where the lines end. */
  int start(int line) {
    return starts[line];
  }

  boolean isBlank(int line) {
    for (int i = starts[line]; i < starts[line + 1]; i++) {
      if (text[i] > ' ' || text[i] < 0) {
        return false;
      }
    }
    return true;
  }

  boolean hasSameBytes(int line, Lines other, int otherLine) {
    return Arrays.equals(
        text,
        starts[line],
        starts[line + 1],
        other.text,
        other.starts[otherLine],
        other.starts[otherLine + 1]);
  }

  boolean hasSameLines(Span span, Lines other, Span otherSpan) {
    return Arrays.equals(ids, span.from(), span.to(), other.ids, otherSpan.from(), otherSpan.to());
  }

  /** The line ending of the first line that has one. */
  static byte[] ending(byte[]... versions) {
    for (byte[] text : versions) {
      for (int i = 0; i < text.length; i++) {
        if (text[i] == LF) {
          return i > 0 && text[i - 1] == CR ? new byte[] {CR, LF} : new byte[] {LF};
        }
      }
    }
    return new byte[] {LF};
  }

  /** How many lines are in a part of a text. */
  static int count(byte[] text, int from, int to) {
    int count = 0;
    for (int i = from; i < to; i++) {
      if (text[i] == LF || i == to - 1) {
        count++;
      }
    }
    return count;
  }

  /** Gives equal lines equal numbers. Strings, since their maps withstand hostile collisions. */
  static final class Numbering {
    private final Map<String, Integer> numbers = new HashMap<>();
    private final Compared compared;

    Numbering(Compared compared) {
      this.compared = compared;
    }

    /** Splits a part of a text. */
    Lines split(byte[] text, int from, int to) {
      int count = count(text, from, to);
      int[] starts = new int[count + 1];
      int[] ids = new int[count];
      int start = from;
      for (int line = 0; line < count; line++) {
        starts[line] = start;
        int end = start;
        while (end < to && text[end] != LF) {
          end++;
        }
        end = Math.min(end + 1, to);
        ids[line] = number(text, start, end);
        start = end;
      }
      starts[count] = to;
      return new Lines(text, starts, ids);
    }

    private int number(byte[] text, int from, int end) {
      int to = end;
      if (compared == Compared.WITHOUT_TERMINATOR && to > from && text[to - 1] == LF) {
        to--;
        to -= to > from && text[to - 1] == CR ? 1 : 0;
      }
      var line = new String(text, from, to - from, StandardCharsets.ISO_8859_1);
      return numbers.computeIfAbsent(line, _ -> numbers.size());
    }
  }
}
