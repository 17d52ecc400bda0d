package dev.syncline.server.document.automerge;

import dev.syncline.core.model.SyncException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Reads the CBOR (RFC 8949) that automerge-repo clients write, and walks past all other. Lengths
 * are checked against what is left; nesting is bounded. Confined to one thread.
 */
final class CborInput {

  private static final int MAX_DEPTH = 16;
  private static final int UNSIGNED = 0;
  private static final int NEGATIVE = 1;
  private static final int BYTES = 2;
  private static final int TEXT = 3;
  private static final int ARRAY = 4;
  private static final int MAP = 5;
  private static final int TAG = 6;
  private static final int BREAK = 0xff;
  private static final int INDEFINITE = 31;

  private final Input in;

  /** Major type and additional information of the item that was last begun. */
  private int major;

  private int info;
  private long argument;

  CborInput(byte[] bytes) {
    this.in = new Input(bytes, 0, bytes.length);
  }

  boolean isEmpty() {
    return in.isEmpty();
  }

  /** Begins a map; answers its number of entries, or -1 if it ends with a {@link #end}. */
  int map() {
    begin();
    return container(MAP, 2);
  }

  /** Begins an array; answers its number of items, or -1 if it ends with a {@link #end}. */
  int array() {
    begin();
    return container(ARRAY, 1);
  }

  /** Whether the next item ends a container of unknown length; takes it if so. */
  boolean end() {
    if (in.isEmpty() || (in.array()[in.at()] & 0xff) != BREAK) {
      return false;
    }
    in.skip(1);
    return true;
  }

  /** The next item is null or undefined: takes it if so. */
  boolean absent() {
    if (in.isEmpty()) {
      return false;
    }
    int next = in.array()[in.at()] & 0xff;
    if (next != 0xf6 && next != 0xf7) {
      return false;
    }
    in.skip(1);
    return true;
  }

  /** Whether the next item is a text. */
  boolean atText() {
    return !in.isEmpty() && (in.array()[in.at()] & 0xff) >>> 5 == TEXT;
  }

  /** A text of at most {@code max} bytes of UTF-8. */
  String text(int max) {
    begin();
    if (major != TEXT || info == INDEFINITE) {
      throw invalid("a text was expected");
    }
    int length = length();
    if (length > max) {
      throw invalid("a text is longer than " + max + " bytes");
    }
    Input slice = in.slice(length);
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(slice.array(), slice.at(), length))
          .toString();
    } catch (CharacterCodingException e) {
      throw new SyncException.Invalid("a text is not UTF-8", e);
    }
  }

  /** A byte string, tagged as a typed array or not, as a cursor over it. */
  Input bytes() {
    begin();
    if (major == TAG) {
      begin();
    }
    if (major != BYTES || info == INDEFINITE) {
      throw invalid("a byte string was expected");
    }
    return in.slice(length());
  }

  /** A whole number from 0 to 2^53, as an integer or, as JavaScript writes large ones, a double. */
  long whole() {
    begin();
    double value = -1;
    if (major == UNSIGNED) {
      // Beyond 2^53 a double rounds, perhaps down to it.
      value = argument < 0 || argument > 1L << 53 ? -1 : argument;
    } else if (major == 7 && info == 27) {
      value = Double.longBitsToDouble(argument);
    } else if (major == 7 && info == 26) {
      value = Float.intBitsToFloat((int) argument);
    }
    if (!(value >= 0 && value <= 0x1p53) || value != Math.rint(value)) {
      throw invalid("a whole number was expected");
    }
    return (long) value;
  }

  /** True only for CBOR's true; anything else is walked past. */
  boolean isTrue() {
    int start = in.at();
    skip();
    return in.at() - start == 1 && (in.array()[start] & 0xff) == 0xf5;
  }

  /** Walks past one item, whatever it is. */
  void skip() {
    skip(MAX_DEPTH);
  }

  private void skip(int depth) {
    if (depth == 0) {
      throw invalid("items are nested too deeply");
    }
    begin();
    switch (major) {
      case UNSIGNED, NEGATIVE -> {}
      case BYTES, TEXT -> skipString(depth);
      case ARRAY -> skipItems(container(ARRAY, 1), 1, depth);
      case MAP -> skipItems(container(MAP, 2), 2, depth);
      case TAG -> skip(depth - 1);
      default -> {
        if (info == INDEFINITE) {
          throw invalid("an end was found where an item was expected");
        }
      }
    }
  }

  private void skipString(int depth) {
    if (info != INDEFINITE) {
      in.skip(length());
      return;
    }
    while (!end()) {
      skip(depth - 1);
    }
  }

  private void skipItems(int count, int unit, int depth) {
    if (count >= 0) {
      for (int i = 0; i < count * unit; i++) {
        skip(depth - 1);
      }
      return;
    }
    while (!end()) {
      skip(depth - 1);
    }
  }

  private int container(int expected, int unit) {
    if (major != expected) {
      throw invalid(expected == MAP ? "a map was expected" : "an array was expected");
    }
    if (info == INDEFINITE) {
      return -1;
    }
    if (argument < 0 || argument > in.left() / unit) {
      throw invalid("a length reaches past the end of the frame");
    }
    return (int) argument;
  }

  private int length() {
    if (argument < 0 || argument > in.left()) {
      throw invalid("a length reaches past the end of the frame");
    }
    return (int) argument;
  }

  private void begin() {
    int head = in.u8();
    major = head >>> 5;
    info = head & 0x1f;
    argument =
        switch (info) {
          case 24 -> in.u8();
          case 25 -> big(2);
          case 26 -> big(4);
          case 27 -> big(8);
          case 28, 29, 30 -> throw invalid("a reserved length form was used");
          case INDEFINITE -> {
            if (major == UNSIGNED || major == NEGATIVE || major == TAG) {
              throw invalid("a number or a tag has no end");
            }
            yield INDEFINITE;
          }
          default -> info;
        };
  }

  private long big(int count) {
    long value = 0;
    for (int i = 0; i < count; i++) {
      value = (value << 8) | in.u8();
    }
    return value;
  }

  private static SyncException.Invalid invalid(String why) {
    return new SyncException.Invalid("not sound CBOR: " + why);
  }
}
