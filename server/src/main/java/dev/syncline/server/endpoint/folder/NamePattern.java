package dev.syncline.server.endpoint.folder;

import java.util.Map;
import java.util.function.IntPredicate;

/** Wildcards inside one name: {@code *}, {@code ?}, {@code [a-z]}, {@code [[:digit:]]}. */
final class NamePattern {

  private static final Map<String, IntPredicate> CLASSES =
      Map.ofEntries(
          Map.entry("alnum", c -> c < 0x80 && Character.isLetterOrDigit(c)),
          Map.entry("alpha", c -> c < 0x80 && Character.isLetter(c)),
          Map.entry("blank", c -> c == ' ' || c == '\t'),
          Map.entry("cntrl", c -> c < ' ' || c == 0x7F),
          Map.entry("digit", c -> c >= '0' && c <= '9'),
          Map.entry("graph", c -> c > ' ' && c < 0x7F),
          Map.entry("lower", c -> c >= 'a' && c <= 'z'),
          Map.entry("print", c -> c >= ' ' && c < 0x7F),
          Map.entry("punct", c -> c > ' ' && c < 0x7F && !Character.isLetterOrDigit(c)),
          Map.entry("space", c -> c == ' ' || (c >= '\t' && c <= '\r')),
          Map.entry("upper", c -> c >= 'A' && c <= 'Z'),
          Map.entry("xdigit", c -> c < 0x80 && Character.digit(c, 16) >= 0));

  private final String pattern;
  private int at;

  private NamePattern(String pattern, int at) {
    this.pattern = pattern;
    this.at = at;
  }

  /** Whether a pattern matches a whole name. Takes time in proportion to both lengths at most. */
  static boolean matches(String pattern, String name) {
    int p = 0;
    int n = 0;
    int starPattern = -1;
    int starName = -1;
    while (n < name.length()) {
      int c = name.codePointAt(n);
      if (p < pattern.length() && pattern.charAt(p) == '*') {
        starPattern = p++;
        starName = n;
        continue;
      }
      int next = p < pattern.length() ? new NamePattern(pattern, p).one(c) : -1;
      if (next >= 0) {
        p = next;
        n += Character.charCount(c);
      } else if (starPattern >= 0) {
        p = starPattern + 1;
        starName += Character.charCount(name.codePointAt(starName));
        n = starName;
      } else {
        return false;
      }
    }
    while (p < pattern.length() && pattern.charAt(p) == '*') {
      p++;
    }
    return p == pattern.length();
  }

  /** Where the pattern goes on if the piece here matches a character; -1 if it doesn't. */
  private int one(int c) {
    int piece = pattern.codePointAt(at);
    at += Character.charCount(piece);
    return switch (piece) {
      case '?' -> at;
      case '[' -> set(c) ? at : -1;
      case '\\' -> at < pattern.length() && literal() == c ? at : -1;
      default -> piece == c ? at : -1;
    };
  }

  private int literal() {
    int c = pattern.codePointAt(at);
    at += Character.charCount(c);
    return c;
  }

  /** Reads a set to its end; one that is never closed matches nothing. */
  private boolean set(int c) {
    boolean not = at < pattern.length() && "!^".indexOf(pattern.charAt(at)) >= 0;
    at += not ? 1 : 0;
    boolean found = false;
    boolean first = true;
    while (at < pattern.length() && (first || pattern.charAt(at) != ']')) {
      first = false;
      int close = pattern.startsWith("[:", at) ? pattern.indexOf(":]", at + 2) : -1;
      if (close > 0) {
        IntPredicate members = CLASSES.get(pattern.substring(at + 2, close));
        if (members == null) {
          return false;
        }
        found |= members.test(c);
        at = close + 2;
        continue;
      }
      int from = member();
      int to = from;
      boolean range =
          at + 1 < pattern.length() && pattern.charAt(at) == '-' && pattern.charAt(at + 1) != ']';
      if (range) {
        at++;
        to = member();
      }
      found |= c >= from && c <= to;
    }
    if (at >= pattern.length()) {
      return false;
    }
    at++;
    return found != not;
  }

  private int member() {
    int c = literal();
    return c == '\\' && at < pattern.length() ? literal() : c;
  }
}
