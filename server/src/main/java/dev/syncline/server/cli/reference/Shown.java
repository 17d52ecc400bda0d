package dev.syncline.server.cli.reference;

import java.util.Optional;

/** Puts what others wrote on a line of a terminal: it is cut, and can't command the terminal. */
final class Shown {

  private static final int LONGEST = 100;

  /** What is left of what both have in common, where they are long. */
  private static final int BEFORE = 20;

  private Shown() {}

  /** Two values as they are shown beside one another. */
  record Pair(String old, String current) {}

  static String key(String text) {
    return clean(text);
  }

  /** The part of both that shows how they differ. */
  static Pair pair(Optional<String> old, Optional<String> current) {
    String before = old.map(Shown::clean).orElse("(missing)");
    String now = current.map(Shown::clean).orElse("(missing)");
    int same = 0;
    while (same < Math.min(before.length(), now.length())
        && before.charAt(same) == now.charAt(same)) {
      same++;
    }
    boolean tooLong = Math.max(before.length(), now.length()) > LONGEST;
    int from = tooLong && same > 2 * BEFORE ? same - BEFORE : 0;
    return new Pair(cut(before, from), cut(now, from));
  }

  private static String cut(String text, int from) {
    String begun = from == 0 ? text : "…" + text.substring(Math.min(from, text.length()));
    return begun.length() > LONGEST ? begun.substring(0, LONGEST) + "…" : begun;
  }

  /** On one line, with escapes for what a terminal would obey. */
  private static String clean(String text) {
    var clean = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean space = c == ' ' || c == '\n' || c == '\r' || c == '\t';
      if (space) {
        boolean again = !clean.isEmpty() && clean.charAt(clean.length() - 1) == ' ';
        clean.append(again ? "" : " ");
      } else if (Character.isISOControl(c) || Character.getType(c) == Character.FORMAT) {
        clean.append("\\u%04x".formatted((int) c));
      } else {
        clean.append(c);
      }
    }
    return clean.toString();
  }
}
