package dev.syncline.core.merge;

import java.nio.charset.StandardCharsets;

/**
 * What differs between two texts, for people: changed lines with {@code -} and {@code +}, each hunk
 * after a line that says where, as {@code diff -U0} writes it.
 */
public final class TextDiff {

  private TextDiff() {}

  /** Every hunk, in order; empty if the texts are the same. */
  public static String between(byte[] before, byte[] after) {
    var numbering = new Lines.Numbering(Lines.Compared.ALL_BYTES);
    Lines old = numbering.split(before, 0, before.length);
    Lines fresh = numbering.split(after, 0, after.length);
    var out = new StringBuilder();
    for (Hunk hunk : LineDiff.between(old, fresh)) {
      out.append("@@ -").append(place(hunk.base())).append(" +").append(place(hunk.side()));
      out.append(" @@\n");
      lines(out, '-', old, hunk.base());
      lines(out, '+', fresh, hunk.side());
    }
    return out.toString();
  }

  /** An empty span is named by the line before it. */
  private static String place(Span span) {
    int first = span.length() == 0 ? span.from() : span.from() + 1;
    return span.length() == 1 ? String.valueOf(first) : first + "," + span.length();
  }

  private static void lines(StringBuilder out, char sign, Lines all, Span span) {
    for (int line = span.from(); line < span.to(); line++) {
      int from = all.start(line);
      var text = new String(all.text(), from, all.start(line + 1) - from, StandardCharsets.UTF_8);
      out.append(sign).append(text);
      if (!text.endsWith("\n")) {
        out.append("\n\\ No newline at end of file\n");
      }
    }
  }
}
