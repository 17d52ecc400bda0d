package dev.syncline.core.merge;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Makes up texts and changes of them. */
final class RandomText {

  private final Random random;
  private final int words;
  private int fresh;

  private RandomText(Random random, int words) {
    this.random = random;
    this.words = words;
  }

  /** Every new line is like no other, so that there is one right way to compare. */
  static RandomText ofUniqueLines(Random random) {
    return new RandomText(random, Integer.MAX_VALUE);
  }

  /** Few different lines, as in code with its braces and blank lines. */
  static RandomText ofFewWords(Random random) {
    return new RandomText(random, random.nextInt(1, 6));
  }

  List<String> lines(int most) {
    var lines = new ArrayList<String>();
    for (int i = random.nextInt(most + 1); i > 0; i--) {
      lines.add(line());
    }
    return lines;
  }

  /** Replaces, deletes and inserts here and there. */
  List<String> changed(List<String> lines) {
    var changed = new ArrayList<String>();
    int rarity = random.nextInt(2, 12);
    for (String line : lines) {
      switch (random.nextInt(rarity * 3)) {
        case 0 -> changed.add(line());
        case 1 -> {}
        case 2 -> {
          changed.add(line);
          changed.addAll(lines(3));
        }
        default -> changed.add(line);
      }
    }
    if (random.nextInt(rarity) == 0) {
      changed.addAll(lines(3));
    }
    return changed;
  }

  private String line() {
    return words == Integer.MAX_VALUE ? "line " + fresh++ : "w" + random.nextInt(words);
  }

  /** With a terminator behind each line, but for the last of some texts. */
  byte[] joined(List<String> lines) {
    String text = String.join("\n", lines);
    boolean terminated = !lines.isEmpty() && random.nextInt(4) > 0;
    return (terminated ? text + "\n" : text).getBytes(UTF_8);
  }
}
