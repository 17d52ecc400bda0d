package dev.syncline.core.merge;

import java.util.Optional;

/**
 * The three versions of a text as lines, without the lines at both ends that are the same in all.
 *
 * @param head how many bytes at the beginning are the same in all and in none of the lines
 * @param tail the same at the end
 */
record ThreeTexts(Lines base, Lines ours, Lines theirs, int head, int tail) {

  /** Lines that may differ, of one version: all three together take some 150 MB at worst. */
  private static final int MOST_LINES = 500_000;

  /** Splits; empty if too many lines are left after the ends. */
  static Optional<ThreeTexts> of(byte[] base, byte[] ours, byte[] theirs, Lines.Compared compared) {
    int head = head(base, ours, theirs);
    int tail = tail(base, ours, theirs, head);
    for (byte[] text : new byte[][] {base, ours, theirs}) {
      if (Lines.count(text, head, text.length - tail) > MOST_LINES) {
        return Optional.empty();
      }
    }
    var numbering = new Lines.Numbering(compared);
    return Optional.of(
        new ThreeTexts(
            numbering.split(base, head, base.length - tail),
            numbering.split(ours, head, ours.length - tail),
            numbering.split(theirs, head, theirs.length - tail),
            head,
            tail));
  }

  private static int head(byte[] base, byte[] ours, byte[] theirs) {
    int most = Math.min(base.length, Math.min(ours.length, theirs.length));
    int lines = 0;
    for (int i = 0; i < most && base[i] == ours[i] && base[i] == theirs[i]; i++) {
      if (base[i] == '\n') {
        lines = i + 1;
      }
    }
    return lines;
  }

  private static int tail(byte[] base, byte[] ours, byte[] theirs, int head) {
    int most = Math.min(base.length, Math.min(ours.length, theirs.length)) - head;
    int lines = 0;
    for (int i = 1; i <= most; i++) {
      byte b = base[base.length - i];
      if (b != ours[ours.length - i] || b != theirs[theirs.length - i]) {
        break;
      }
      // What follows a line's end begins a line in all three; what follows anything else may not.
      if (b == '\n') {
        lines = i - 1;
      }
    }
    return lines;
  }
}
