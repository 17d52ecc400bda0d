package dev.syncline.core.model;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A pattern of paths in the manner of gitignore: {@code *} and {@code ?} stay inside a name, {@code
 * **} spans folders, {@code [a-z]} is one of a set, {@code {a,b}} one of several. A pattern without
 * a slash speaks of a name in any folder, one with a slash of the whole path. Upper and lower case
 * differ.
 */
public final class Glob {

  private final String text;
  private final Pattern pattern;

  private Glob(String text, Pattern pattern) {
    this.text = text;
    this.pattern = pattern;
  }

  /**
   * Reads a pattern.
   *
   * @throws SyncException.Invalid if a bracket is left open or the pattern is empty
   */
  public static Glob of(String text) {
    String body = text.startsWith("/") ? text.substring(1) : text;
    if (body.isEmpty()) {
      throw new SyncException.Invalid("\"" + text + "\" is no pattern of paths");
    }
    String regex = new Translation(body).regex();
    if (text.indexOf('/') < 0) {
      regex = "(?:.*/)?" + regex;
    }
    try {
      return new Glob(text, Pattern.compile(regex, Pattern.DOTALL));
    } catch (PatternSyntaxException e) {
      throw new SyncException.Invalid(
          "\"" + text + "\" is no pattern of paths: " + e.getDescription(), e);
    }
  }

  /** The pattern that one path fits, and no other. */
  public static Glob only(FilePath path) {
    return of("/" + path.value().replaceAll("[\\\\*?\\[{]", "\\\\$0"));
  }

  public boolean matches(FilePath path) {
    return matches(path.value());
  }

  /** Whether a path, as text, is meant. */
  public boolean matches(String path) {
    return pattern.matcher(path).matches();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Glob glob && glob.text.equals(text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /** As it was written. */
  @Override
  public String toString() {
    return text;
  }

  /** Turns a pattern into a regular expression, one piece at a time. */
  private static final class Translation {
    private final String body;
    private final StringBuilder regex = new StringBuilder();
    private int at;
    private int alternatives;

    Translation(String body) {
      this.body = body;
    }

    String regex() {
      while (at < body.length()) {
        piece(body.charAt(at++));
      }
      if (alternatives > 0) {
        throw new SyncException.Invalid("\"" + body + "\": a { is not closed");
      }
      return regex.toString();
    }

    private void piece(char c) {
      switch (c) {
        case '*' -> star();
        case '?' -> regex.append("[^/]");
        case '[' -> set();
        case '{' -> {
          alternatives++;
          regex.append("(?:");
        }
        case '}' -> {
          boolean closes = alternatives > 0;
          alternatives -= closes ? 1 : 0;
          regex.append(closes ? ")" : "\\}");
        }
        case ',' -> regex.append(alternatives > 0 ? "|" : ",");
        case '\\' -> literal(at < body.length() ? body.charAt(at++) : '\\');
        default -> literal(c);
      }
    }

    private void star() {
      if (at >= body.length() || body.charAt(at) != '*') {
        regex.append("[^/]*");
        return;
      }
      at++;
      boolean startsName = at == 2 || body.charAt(at - 3) == '/';
      if (startsName && at < body.length() && body.charAt(at) == '/') {
        at++;
        regex.append("(?:.*/)?");
      } else {
        regex.append(".*");
      }
    }

    private void set() {
      int close = body.indexOf(']', at + 1);
      if (close < 0) {
        throw new SyncException.Invalid("\"" + body + "\": a [ is not closed");
      }
      String members = body.substring(at, close);
      at = close + 1;
      boolean none = members.startsWith("!") || members.startsWith("^");
      regex.append("(?!/)[").append(none ? "^" : "");
      regex.append((none ? members.substring(1) : members).replaceAll("[\\[\\]\\\\&^]", "\\\\$0"));
      regex.append(']');
    }

    private void literal(char c) {
      if ("\\.[]{}()+-^$|*?&~#@".indexOf(c) >= 0) {
        regex.append('\\');
      }
      regex.append(c);
    }
  }
}
