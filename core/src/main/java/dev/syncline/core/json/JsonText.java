package dev.syncline.core.json;

import java.util.HexFormat;

/** What scalars mean, whatever way they are written. They have been read: they are well written. */
public final class JsonText {

  /** Longer exponents are compared as they are written: no arithmetic on what an attacker chose. */
  private static final int LONGEST_EXPONENT = 9;

  private JsonText() {}

  /** Whether JSON allows a character between its values, where it says nothing. */
  public static boolean isSpace(char c) {
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
  }

  /** The characters of a string that is written between quotes. */
  public static String decoded(String written) {
    if (written.isEmpty()) {
      return "";
    }
    int escape = written.indexOf('\\');
    if (escape < 0) {
      return written.substring(1, written.length() - 1);
    }
    var decoded = new StringBuilder(written.length());
    int from = 1;
    for (; escape >= 0; escape = written.indexOf('\\', from)) {
      decoded.append(written, from, escape);
      char kind = written.charAt(escape + 1);
      boolean unicode = kind == 'u';
      from = escape + (unicode ? 6 : 2);
      decoded.append(
          unicode ? (char) Integer.parseInt(written, escape + 2, from, 16) : meant(kind));
    }
    return decoded.append(written, from, written.length() - 1).toString();
  }

  /** A string, written between quotes; with nothing escaped that need not be. */
  public static String quoted(String characters) {
    var written = new StringBuilder(characters.length() + 2).append('"');
    for (int i = 0; i < characters.length(); i++) {
      char c = characters.charAt(i);
      switch (c) {
        case '"', '\\' -> written.append('\\').append(c);
        case '\n' -> written.append("\\n");
        case '\r' -> written.append("\\r");
        case '\t' -> written.append("\\t");
        default -> {
          // Half a surrogate pair has no UTF-8.
          if (c < ' ' || (Character.isSurrogate(c) && !isPaired(characters, i))) {
            written.append("\\u").append(HexFormat.of().toHexDigits(c));
          } else {
            written.append(c);
          }
        }
      }
    }
    return written.append('"').toString();
  }

  private static boolean isPaired(String characters, int at) {
    return Character.isHighSurrogate(characters.charAt(at))
        ? at + 1 < characters.length() && Character.isLowSurrogate(characters.charAt(at + 1))
        : at > 0 && Character.isHighSurrogate(characters.charAt(at - 1));
  }

  private static char meant(char escaped) {
    return switch (escaped) {
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      default -> escaped;
    };
  }

  /**
   * One text for all ways to write a number: digits without zeros at the ends, and an exponent. In
   * linear time, and exact: what differs in the hundredth digit differs. Only minus zero is not
   * zero, since some programs tell them apart.
   */
  public static String number(String written) {
    int e = Math.max(written.indexOf('e'), written.indexOf('E'));
    String mantissa = e < 0 ? written : written.substring(0, e);
    String exponent = e < 0 ? "0" : written.substring(e + 1);
    String sign = mantissa.startsWith("-") ? "-" : "";
    int point = mantissa.indexOf('.');
    int decimals = point < 0 ? 0 : mantissa.length() - point - 1;
    String digits = mantissa.substring(sign.length()).replace(".", "");
    int from = 0;
    int to = digits.length();
    while (from < to && digits.charAt(from) == '0') {
      from++;
    }
    while (to > from && digits.charAt(to - 1) == '0') {
      to--;
    }
    if (from == to) {
      return sign + "0";
    }
    if (exponent.length() > LONGEST_EXPONENT) {
      return written;
    }
    long power = Long.parseLong(exponent) - decimals + (digits.length() - to);
    return sign + digits.substring(from, to) + "e" + power;
  }
}
