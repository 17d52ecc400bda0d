package dev.syncline.core.records;

import dev.syncline.core.json.JsonReader;
import dev.syncline.core.json.JsonText;
import dev.syncline.core.text.ByteWindow;
import java.util.Optional;

/**
 * Steps over JSON values, and works out what each means on the way: space, the order of members,
 * escapes and the way a number is written say nothing. Holds the open objects' members and nothing
 * else. Confined to one thread.
 */
final class MeaningScanner {

  /** With their names; {@link JsonReader} reads no more either when a record has changed. */
  private static final int MOST_VALUES = JsonReader.MOST_VALUES - 2;

  private static final String TOO_DEEP = "is nested deeper than " + JsonReader.DEEPEST;

  private final ByteWindow in;
  private final Members members = new Members();
  private final StringBuilder number = new StringBuilder();
  private int values;
  private long one;
  private long two;
  private char kind;
  private long textOne;
  private long textTwo;
  private Optional<String> id = Optional.empty();
  private long idOne;
  private boolean hasKey;
  private long keyOne;
  private long keyTwo;

  MeaningScanner(ByteWindow in) {
    this.in = in;
  }

  /** One that finds out each record's key. */
  static MeaningScanner byField(ByteWindow in, String id) {
    var scanner = new MeaningScanner(in);
    scanner.id = Optional.of(id);
    scanner.idOne = Meaning.textOne(id);
    return scanner;
  }

  /** Whether both JSON values mean the same. */
  static boolean same(byte[] left, byte[] right, Rule rule) {
    var a = new MeaningScanner(ByteWindow.over(left));
    var b = new MeaningScanner(ByteWindow.over(right));
    a.value(rule);
    b.value(rule);
    return a.one == b.one && a.two == b.two;
  }

  /** What the last value means, or the last text's characters: the first half. */
  long one() {
    return one;
  }

  long two() {
    return two;
  }

  /** The characters of the last record's key. */
  long keyOne() {
    return keyOne;
  }

  long keyTwo() {
    return keyTwo;
  }

  /** Whether an object had a name twice since this was last asked. */
  boolean hadRepeated() {
    return members.hadRepeated();
  }

  /** Steps over space and a value. */
  void value(Rule rule) {
    values = 0;
    value(rule, 0);
  }

  /** Steps over space and an object with a key. */
  void record(Rule rule) {
    in.skipSpace();
    if (in.peek() != '{') {
      throw missing("has a record that is no object");
    }
    long start = in.offset();
    hasKey = false;
    value(rule);
    if (!hasKey) {
      throw in.wrongAt(
          start, "has a record without text or a number in its field `" + id.orElse("") + "`");
    }
  }

  /** Steps over space, a name and its colon. */
  void name() {
    in.skipSpace();
    if (in.peek() != '"') {
      throw missing("has no name in quotes where one must be");
    }
    text();
    in.skipSpace();
    if (!in.takes(':')) {
      throw missing("lacks a colon");
    }
  }

  /** Steps over space, and a comma or the end of a container; true for a comma. */
  boolean another(char end) {
    in.skipSpace();
    if (in.takes(',')) {
      return true;
    }
    if (!in.takes(end)) {
      throw missing("lacks a comma or `" + end + "`");
    }
    return false;
  }

  private void value(Rule rule, int depth) {
    in.skipSpace();
    if (++values > MOST_VALUES) {
      throw in.wrong("has a record of more than " + MOST_VALUES + " values");
    }
    switch (in.peek()) {
      case '{' -> object(rule, depth);
      case '[' -> array(rule, depth);
      case '"' -> {
        text();
        textOne = one;
        textTwo = two;
        kind('"');
      }
      case 't' -> word("true");
      case 'f' -> word("false");
      case 'n' -> word("null");
      default -> number();
    }
  }

  private void object(Rule rule, int depth) {
    open(depth);
    int from = members.count();
    in.skipSpace();
    if (!in.takes('}')) {
      do {
        name();
        values++;
        long nameOne = one;
        long nameTwo = two;
        Rule inside = rule.inside(nameOne);
        value(inside, depth + 1);
        if (depth == 0 && nameOne == idOne) {
          hasKey = kind == '"' || kind == '#';
          keyOne = textOne;
          keyTwo = textTwo;
        }
        if (!inside.isIgnored()) {
          members.add(nameOne, nameTwo, one, two);
        }
      } while (another('}'));
    }
    members.close(from);
    one = members.one();
    two = members.two();
    kind('{');
  }

  private void array(Rule rule, int depth) {
    open(depth);
    long allOne = Meaning.ONE;
    long allTwo = Meaning.TWO;
    in.skipSpace();
    if (!in.takes(']')) {
      do {
        value(rule, depth + 1);
        boolean unordered = rule.isUnordered();
        allOne = unordered ? allOne + Meaning.one(one, 1) : Meaning.one(allOne, one);
        allTwo = unordered ? allTwo + Meaning.two(two, 1) : Meaning.two(allTwo, two);
      } while (another(']'));
    }
    one = allOne;
    two = allTwo;
    kind('[');
  }

  private void open(int depth) {
    if (depth == JsonReader.DEEPEST) {
      throw in.wrong(TOO_DEEP);
    }
    in.next();
  }

  private void text() {
    long a = Meaning.ONE;
    long b = Meaning.TWO;
    in.next();
    while (true) {
      int c = in.next();
      if (c == '"') {
        break;
      }
      if (c < ' ') {
        throw c == ByteWindow.END ? cutOff() : in.wrong("has a control character in quotes");
      }
      if (c == '\\') {
        c = escaped();
      } else if (c >= 0x80) {
        c = in.character(c);
        if (c >= Character.MIN_SUPPLEMENTARY_CODE_POINT) {
          a = Meaning.one(a, Character.highSurrogate(c));
          b = Meaning.two(b, Character.highSurrogate(c));
          c = Character.lowSurrogate(c);
        }
      }
      a = Meaning.one(a, c);
      b = Meaning.two(b, c);
    }
    one = a;
    two = b;
  }

  private int escaped() {
    int c = in.next();
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> hex() << 12 | hex() << 8 | hex() << 4 | hex();
      default -> throw missing("has no escape like this");
    };
  }

  private int hex() {
    int c = in.next();
    int digit = c < 0x80 ? Character.digit(c, 16) : -1;
    if (digit < 0) {
      throw missing("has no escape like this");
    }
    return digit;
  }

  private void word(String word) {
    for (int i = 0; i < word.length(); i++) {
      if (!in.takes(word.charAt(i))) {
        throw missing("has no JSON value");
      }
    }
    one = Meaning.ONE;
    two = Meaning.TWO;
    kind(word.charAt(0));
  }

  private void number() {
    number.setLength(0);
    boolean plain = true;
    take('-');
    if (!take('0')) {
      digits();
    }
    if (take('.')) {
      digits();
      plain = false;
    }
    if (take('e') || take('E')) {
      if (!take('+')) {
        take('-');
      }
      digits();
      plain = false;
    }
    textOne = Meaning.textOne(number);
    textTwo = Meaning.textTwo(number);
    CharSequence meant = plain ? whole() : JsonText.number(number.toString());
    one = Meaning.textOne(meant);
    two = Meaning.textTwo(meant);
    kind('#');
  }

  /** As {@link JsonText#number} has it, for a number of digits alone: most are. */
  private CharSequence whole() {
    int zeros = 0;
    while (zeros < number.length() && number.charAt(number.length() - 1 - zeros) == '0') {
      zeros++;
    }
    number.setLength(number.length() - zeros);
    if (number.isEmpty() || number.charAt(number.length() - 1) == '-') {
      return number.append('0');
    }
    return number.append('e').append(zeros);
  }

  private void digits() {
    int before = number.length();
    int c = in.peek();
    while (c >= '0' && c <= '9') {
      number.append((char) c);
      in.next();
      c = in.peek();
    }
    if (number.length() == before) {
      throw missing("has no JSON value");
    }
    if (number.length() > JsonReader.LARGEST) {
      throw in.wrong("has a number without an end");
    }
  }

  private boolean take(char expected) {
    boolean taken = in.takes(expected);
    if (taken) {
      number.append(expected);
    }
    return taken;
  }

  private void kind(char kind) {
    this.kind = kind;
    one = Meaning.one(one, kind);
    two = Meaning.two(two, kind);
  }

  private RuntimeException missing(String what) {
    return in.peek() == ByteWindow.END ? cutOff() : in.wrong(what);
  }

  private RuntimeException cutOff() {
    return in.wrong("ends in the middle of its data, as if cut off");
  }
}
