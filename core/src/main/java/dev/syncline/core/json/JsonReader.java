package dev.syncline.core.json;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/**
 * Reads JSON as RFC 8259 has it and nothing more: UTF-8 without a byte order mark, no comments, no
 * name twice in an object. Loops where it could recurse, so that no nesting can overflow the stack.
 */
public final class JsonReader {

  /** The largest text that is read as a whole, in bytes. */
  public static final int LARGEST = 16 << 20;

  /** Deeper than anybody writes. A merge does recurse, and then needs some 200 KB of stack. */
  public static final int DEEPEST = 128;

  /** A file of 8 MB seldom has more; where they are takes 12 MB a version. */
  public static final int MOST_VALUES = 1_000_000;

  private final JsonScanner scanner;
  private final Repeated repeated;
  private final Deque<Container> open = new ArrayDeque<>();
  private int[] starts = new int[256];
  private int[] ends = new int[256];
  private int[] nexts = new int[256];
  private int count;
  private String refusal = "";

  /** A container whose end has not come. */
  private record Container(int value, char end, Set<String> names) {}

  /** What is said to a name that occurs twice in an object. */
  public enum Repeated {
    REFUSED,
    /** Both are read; whoever looks takes the last one, as most programs do. */
    READ
  }

  private JsonReader(String source, Repeated repeated) {
    this.scanner = new JsonScanner(source);
    this.repeated = repeated;
  }

  public static JsonReading read(byte[] contents) {
    return read(contents, Repeated.REFUSED);
  }

  public static JsonReading read(byte[] contents, Repeated repeated) {
    if (contents.length > LARGEST) {
      return new JsonReading.Refused("larger than " + (LARGEST >> 20) + " MiB");
    }
    String source;
    try {
      source = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(contents)).toString();
    } catch (CharacterCodingException e) {
      return new JsonReading.Refused("not UTF-8");
    }
    if (source.startsWith("\ufeff")) {
      return new JsonReading.Refused("it begins with a byte order mark");
    }
    return new JsonReader(source, repeated).document(source);
  }

  private JsonReading document(String source) {
    if (!values()) {
      return new JsonReading.Refused(
          refusal.isEmpty() ? "no JSON at character " + scanner.at() : refusal);
    }
    return new JsonReading.Read(
        new JsonDocument(
            source,
            Arrays.copyOf(starts, count),
            Arrays.copyOf(ends, count),
            Arrays.copyOf(nexts, count)));
  }

  /** Reads value after value until the document ends; false if it doesn't end well. */
  private boolean values() {
    while (true) {
      scanner.skipSpace();
      char first = scanner.peek();
      boolean opens = first == '{' || first == '[';
      if (!(opens ? open(first) : scalar(first))) {
        return false;
      }
      if (opens && !scanner.takes(open.element().end())) {
        if (first == '{' && !name()) {
          return false;
        }
        continue;
      }
      if (opens) {
        close();
      }
      switch (afterValue()) {
        case ANOTHER -> {}
        case END -> {
          return true;
        }
        case NO_JSON -> {
          return false;
        }
      }
    }
  }

  private enum After {
    ANOTHER,
    END,
    NO_JSON
  }

  private After afterValue() {
    while (!open.isEmpty()) {
      scanner.skipSpace();
      Container inside = open.element();
      if (scanner.takes(',')) {
        return inside.end() == '}' && !name() ? After.NO_JSON : After.ANOTHER;
      }
      if (!scanner.takes(inside.end())) {
        return After.NO_JSON;
      }
      close();
    }
    scanner.skipSpace();
    return scanner.isAtEnd() ? After.END : After.NO_JSON;
  }

  private boolean open(char first) {
    if (open.size() == DEEPEST) {
      return refuse("nested deeper than " + DEEPEST);
    }
    boolean object = first == '{';
    open.push(new Container(count, object ? '}' : ']', object ? new HashSet<>() : Set.of()));
    boolean begun = begin() && scanner.takes(first);
    scanner.skipSpace();
    return begun;
  }

  private void close() {
    ended(open.pop().value());
  }

  private boolean scalar(char first) {
    int value = count;
    if (!begin() || !(first == '"' ? scanner.skipString() : scanner.skipNumberOrWord())) {
      return false;
    }
    ended(value);
    return true;
  }

  private boolean name() {
    scanner.skipSpace();
    int start = scanner.at();
    if (scanner.peek() != '"' || !scalar('"')) {
      return false;
    }
    String name = JsonText.decoded(scanner.since(start));
    if (repeated == Repeated.REFUSED && !open.element().names().add(name)) {
      return refuse("a name occurs twice in an object: character " + start);
    }
    scanner.skipSpace();
    return scanner.takes(':');
  }

  private boolean begin() {
    if (count == MOST_VALUES) {
      return refuse("more than " + MOST_VALUES + " values");
    }
    if (count == starts.length) {
      starts = Arrays.copyOf(starts, 2 * count);
      ends = Arrays.copyOf(ends, 2 * count);
      nexts = Arrays.copyOf(nexts, 2 * count);
    }
    starts[count++] = scanner.at();
    return true;
  }

  private void ended(int value) {
    ends[value] = scanner.at();
    nexts[value] = count;
  }

  private boolean refuse(String reason) {
    refusal = reason;
    return false;
  }
}
