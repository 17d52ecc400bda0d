package dev.syncline.core.json;

/**
 * Steps over the smallest parts of a JSON text, and tells whether they are written as they must.
 */
final class JsonScanner {

  private final String source;
  private int at;

  JsonScanner(String source) {
    this.source = source;
  }

  int at() {
    return at;
  }

  boolean isAtEnd() {
    return at == source.length();
  }

  /** The next character; NUL at the end, which no JSON may have where this is asked. */
  char peek() {
    return at < source.length() ? source.charAt(at) : 0;
  }

  String since(int start) {
    return source.substring(start, at);
  }

  void skipSpace() {
    while (JsonText.isSpace(peek())) {
      at++;
    }
  }

  boolean takes(char expected) {
    if (isAtEnd() || source.charAt(at) != expected) {
      return false;
    }
    at++;
    return true;
  }

  /** Steps over a string, from quote to quote. */
  boolean skipString() {
    at++;
    while (!isAtEnd()) {
      char c = source.charAt(at++);
      if (c == '"') {
        return true;
      }
      if (c < ' ' || (c == '\\' && !skipEscape())) {
        return false;
      }
    }
    return false;
  }

  private boolean skipEscape() {
    char c = peek();
    at++;
    if (c != 'u') {
      return c != 0 && "\"\\/bfnrt".indexOf(c) >= 0;
    }
    for (int i = 0; i < 4; i++, at++) {
      if (Character.digit(peek(), 16) < 0 || peek() > 'f') {
        return false;
      }
    }
    return true;
  }

  boolean skipNumberOrWord() {
    return switch (peek()) {
      case 't' -> skipWord("true");
      case 'f' -> skipWord("false");
      case 'n' -> skipWord("null");
      default -> skipNumber();
    };
  }

  private boolean skipWord(String word) {
    boolean there = source.startsWith(word, at);
    at += there ? word.length() : 0;
    return there;
  }

  private boolean skipNumber() {
    takes('-');
    if (!takes('0') && !skipDigits()) {
      return false;
    }
    if (takes('.') && !skipDigits()) {
      return false;
    }
    if (takes('e') || takes('E')) {
      if (!takes('+')) {
        takes('-');
      }
      return skipDigits();
    }
    return true;
  }

  private boolean skipDigits() {
    int start = at;
    while (peek() >= '0' && peek() <= '9') {
      at++;
    }
    return at > start;
  }
}
